"""Answers with the extractive reader: a span, shown inside the sentence it stands in."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.answerer import Draft, Lookup, OnSettled
from index.answer.confidence import Confidence
from index.answer.evidence import Evidence, cut, sentence_evidence, span_evidence
from index.answer.features import Features, measure
from index.answer.proof import cite
from index.answer.question import Kind
from index.answer.read import read_hits
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.types import Citation, Document, Passage, Reading, Span

#: A second sentence is shown for why, how, yes or no if its score comes this near to the best.
NEAR_BEST = 0.92
MAX_SENTENCES = 2


class ReaderAnswerer:
    """The offline answerer: reads the hits and cites the sentence of the best span."""

    name = "reader"

    def __init__(self, reader: Reader, embedder: Embedder, confidence: Confidence) -> None:
        self._reader = reader
        self._embedder = embedder
        self._confidence = confidence

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        """The best span for a question that asks for one; sentences for why, how, yes or no."""
        readings = self.read(lookup)
        kind = lookup.question.kind
        evidence = self.choose(lookup, readings, kind)
        features = measure_shown(lookup, readings, evidence[0])
        highlight = readings[0].span if kind is Kind.SPAN else None
        citations = _citations(lookup, evidence, highlight)
        return Draft(
            text=" ".join(f"{c.quote} [{c.number}]" for c in citations),
            short_answer=cut(readings[0].passage, highlight) if highlight else None,
            citations=citations,
            confidence=self._confidence.probability(features, kind),
            readings=readings,
        )

    def read(self, lookup: Lookup) -> tuple[Reading, ...]:
        """What the reader finds in the hits, best first."""
        return read_hits(self._reader, lookup.resolved, lookup.hits)

    def choose(
        self, lookup: Lookup, readings: Sequence[Reading], kind: Kind
    ) -> tuple[Evidence, ...]:
        """The sentences to show, the one that bears the answer first."""
        if kind is Kind.SPAN:
            return (span_evidence(readings[0], lookup.vector, self._embedder),)
        ranked = sentence_evidence(
            lookup.resolved,
            lookup.vector,
            lookup.hits,
            self._embedder,
            _document(lookup, lookup.hits[0].passage).language,
        )
        near = [item for item in ranked if item.score >= NEAR_BEST * ranked[0].score]
        if kind is Kind.EXPLAIN:
            first = span_evidence(readings[0], lookup.vector, self._embedder)
            near = [first, *(item for item in near if item.sentence != first.sentence)]
        return tuple(near[:MAX_SENTENCES])


def measure_shown(lookup: Lookup, readings: Sequence[Reading], shown: Evidence) -> Features:
    """The evidence for ``shown``, measured in the document it stands in."""
    document = _document(lookup, shown.passage)
    return measure(
        lookup.resolved,
        shown,
        readings,
        lookup.hits,
        title=document.title,
        language=document.language,
    )


def _document(lookup: Lookup, passage: Passage) -> Document:
    document = lookup.build.document(passage.document_id)
    assert document is not None, passage.document_id  # a build holds its passages' documents
    return document


def _citations(
    lookup: Lookup, evidence: Sequence[Evidence], highlight: Span | None
) -> tuple[Citation, ...]:
    """One citation a sentence."""
    return tuple(
        cite(number, _document(lookup, item.passage), item.passage, item.sentence, highlight)
        for number, item in enumerate(evidence, 1)
    )
