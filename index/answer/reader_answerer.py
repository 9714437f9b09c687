"""Answers with the extractive reader: a span, shown inside the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.answerer import Draft, Lookup
from index.answer.confidence import Confidence
from index.answer.evidence import (
    MAX_SENTENCES,
    NEAR_BEST,
    Evidence,
    sentence_evidence,
    span_evidence,
)
from index.answer.features import Features, measure, sentence_text
from index.answer.proof import cite
from index.answer.question import Kind
from index.answer.read import read_hits
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.types import Citation, Reading, Span


class ReaderAnswerer:
    """The offline answerer: reads the hits and cites the sentence of the best span."""

    name = "reader"

    def __init__(self, reader: Reader, embedder: Embedder, confidence: Confidence) -> None:
        self._reader = reader
        self._embedder = embedder
        self._confidence = confidence

    def answer(self, lookup: Lookup) -> Draft:
        """The best span for a question that asks for one; sentences for why, how, yes or no."""
        readings = read_hits(self._reader, lookup.resolved, lookup.hits)
        evidence = self._evidence(lookup, readings)
        highlight = readings[0].span if lookup.question.kind is Kind.SPAN else None
        citations = _citations(lookup, evidence, highlight)
        return Draft(
            text=" ".join(f"{c.quote} [{c.number}]" for c in citations),
            short_answer=_text(lookup, highlight) if highlight else None,
            citations=citations,
            confidence=self._confidence.probability(features(lookup, readings, evidence[0])),
            readings=readings,
        )

    def _evidence(self, lookup: Lookup, readings: Sequence[Reading]) -> list[Evidence]:
        by_span = span_evidence(readings[0])
        if lookup.question.kind is Kind.SPAN:
            return [by_span]
        language = _language(lookup)
        ranked = sentence_evidence(
            lookup.resolved, lookup.vector, lookup.hits, self._embedder, language
        )
        near = [item for item in ranked if item.score >= NEAR_BEST * ranked[0].score]
        if lookup.question.kind is Kind.YES_NO:
            return near[:MAX_SENTENCES]
        others = [item for item in near if item.sentence != by_span.sentence]
        return [by_span, *others][:MAX_SENTENCES]


def features(lookup: Lookup, readings: Sequence[Reading], shown: Evidence) -> Features:
    """The evidence for showing the first of ``readings``, or the sentence ``shown``."""
    span = readings[0].span
    document = lookup.build.document(readings[0].passage.document_id)
    return measure(
        lookup.resolved,
        readings,
        lookup.hits,
        _text_of(readings[0].passage.text, readings[0].passage.start, span),
        sentence_text(shown.passage, shown.sentence),
        title=document.title if document else "",
        language=_language(lookup),
    )


def _language(lookup: Lookup) -> str | None:
    document = lookup.build.document(lookup.hits[0].passage.document_id)
    return document.language if document else None


def _text_of(text: str, start: int, span: Span) -> str:
    return text[span.start - start : span.end - start]


def _text(lookup: Lookup, span: Span) -> str:
    passage = next(
        h.passage
        for h in lookup.hits
        if h.passage.start <= span.start and span.end <= h.passage.end
    )
    return _text_of(passage.text, passage.start, span)


def _citations(
    lookup: Lookup, evidence: Sequence[Evidence], highlight: Span | None
) -> tuple[Citation, ...]:
    """One citation a sentence, in reading order where both are of one document."""
    citations: list[Citation] = []
    for number, item in enumerate(evidence, 1):
        document = lookup.build.document(item.passage.document_id)
        assert document is not None, item.passage.document_id
        citations.append(cite(number, document, item.passage, item.sentence, highlight))
    return tuple(citations)
