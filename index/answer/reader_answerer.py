"""Answers with the extractive reader: a span, shown inside the sentence it stands in."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from index.answer.answerer import Draft, Lookup, OnSettled
from index.answer.confidence import Confidence
from index.answer.evidence import Evidence, cut, sentence_evidence, span_evidence
from index.answer.features import Features, measure
from index.answer.followup.nearness import Nearness
from index.answer.guard.finding import Finding
from index.answer.premises import false_premise
from index.answer.proof import cite, sentence_span
from index.answer.question import Kind
from index.answer.read import read_hits, without
from index.answer.roles import tell_role
from index.answer.second_look import look_again
from index.ingest.cues import cue
from index.models.embedder import Embedder
from index.models.reader import Reader
from index.store.lexical import STOP_WORDS, words
from index.types import Citation, Document, Passage, Reading, Span, Status

#: A second sentence is shown for why, how, yes or no if its score comes this near to the best.
NEAR_BEST = 0.92
MAX_SENTENCES = 2
#: What a logit of nearness is worth in the score of a sentence.
NEARNESS_SCALE = 0.1
#: "Tell me more": what a sentence gains that begins so soon behind one that was shown.
NEXT_BONUS = 0.5
NEXT_GAP_CHARS = 400
#: Before what the nearest sentence contradicts in the question, "it".
_MISFIT = "The nearest sentence does not fit the question."
#: What a sentence, unlike a heading, ends with.
SENTENCE_ENDS = tuple(".!?…:;\"'”’)]|")

#: Whatever the threshold is.
NOTHING = Draft("", None, (), confidence=0.0, status=Status.NOT_FOUND)


class ReaderAnswerer:
    """The offline answerer: reads the hits and cites the sentence of the best span."""

    name = "reader"

    def __init__(self, reader: Reader, embedder: Embedder, confidence: Confidence) -> None:
        self._reader = reader
        self._embedder = embedder
        self._confidence = confidence

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        """The best span for a question that asks for one; sentences for why, how, yes or no; for
        "tell me more" those that were not shown yet."""
        if lookup.resolution.wants_more:
            return self._more(lookup)
        if not _says_something(lookup.resolved):
            return NOTHING
        in_reach = {hit.passage.document_id for hit in lookup.hits}
        role = tell_role(lookup.resolved, in_reach, lookup.facts)
        if role is not None:
            return role
        readings = self.read(lookup)
        kind = lookup.question.kind
        evidence = self.choose(lookup, readings, kind)
        if not evidence:
            return NOTHING
        objection = self.objection(lookup, evidence[0], kind)
        features = self.measure(lookup, readings, evidence[0], objection)
        highlight = readings[0].span if kind is Kind.SPAN else None
        citations = _citations(lookup, evidence, highlight)
        return Draft(
            text=" ".join(f"{c.quote} [{c.number}]" for c in citations),
            short_answer=cut(readings[0].passage, highlight) if highlight else None,
            citations=citations,
            confidence=self._confidence.probability(features, kind),
            readings=readings,
            objection=f"{_MISFIT} {objection.reason}" if objection else None,
        )

    def promise(self, lookup: Lookup) -> float:
        """The reader's verdict on the best hit, in logits."""
        passage = lookup.hits[0].passage
        text = without(passage.text, lookup.resolution.given)
        return self._reader.read(lookup.resolved, [text], [cue(passage)])[0].verdict

    def weigh(self, lookup: Lookup) -> Draft:
        """The answer itself: it is made quickly."""
        return self.answer(lookup)

    def read(self, lookup: Lookup) -> tuple[Reading, ...]:
        """What the reader finds in the hits, at a second look at the best of it; best first."""
        question, given = lookup.resolved, lookup.resolution.given
        candidates = read_hits(
            self._reader,
            question,
            lookup.hits,
            Nearness(lookup.resolution.after),
            lambda passage: _document(lookup, passage).text,
            given,
        )
        return look_again(self._reader, self._embedder, question, lookup.vector, candidates, given)

    def choose(
        self, lookup: Lookup, readings: Sequence[Reading], kind: Kind
    ) -> tuple[Evidence, ...]:
        """The sentences to show, the one that bears the answer first; none where the hits hold
        nothing but headings and no span is asked for."""
        if kind is Kind.SPAN:
            return (span_evidence(readings[0], lookup.vector, self._embedder),)
        ranked = sentence_evidence(
            lookup.resolved,
            lookup.vector,
            lookup.hits,
            self._embedder,
            _document(lookup, lookup.hits[0].passage).language,
        )
        near = _near_best(_by_nearness(ranked, Nearness(lookup.resolution.after)))
        if kind is Kind.EXPLAIN:
            first = span_evidence(readings[0], lookup.vector, self._embedder)
            near = [first, *(item for item in near if item.sentence != first.sentence)]
        return tuple(near[:MAX_SENTENCES])

    def objection(self, lookup: Lookup, shown: Evidence, kind: Kind) -> Finding | None:
        """What the sentence of ``shown`` contradicts in the question. Whoever asks whether
        something is so takes nothing for granted."""
        if kind is Kind.YES_NO:
            return None
        document = _document(lookup, shown.passage)
        around = " ".join((document.title, shown.passage.heading or "", shown.passage.text))
        return false_premise(lookup.resolved, cut(shown.passage, shown.sentence), around)

    def measure(
        self,
        lookup: Lookup,
        readings: Sequence[Reading],
        shown: Evidence,
        objection: Finding | None,
    ) -> Features:
        """The evidence for ``shown``, measured in the document it stands in."""
        document = _document(lookup, shown.passage)
        return measure(
            lookup.resolved,
            shown,
            readings,
            lookup.hits,
            title=document.title,
            language=document.language,
            passage_count=len(lookup.build.passages),
            alone=self._alone(lookup, readings, shown),
            contradicted=objection is not None,
        )

    def _alone(self, lookup: Lookup, readings: Sequence[Reading], shown: Evidence) -> float:
        """The reader's verdict on the sentence of ``shown`` by itself."""
        for reading in readings:
            same = sentence_span(reading.passage, reading.span) == shown.sentence
            if same and reading.alone is not None and reading.passage.id == shown.passage.id:
                return reading.alone
        sentence = cut(shown.passage, shown.sentence)
        return self._reader.read(lookup.resolved, [sentence], [cue(shown.passage)])[0].verdict

    def _more(self, lookup: Lookup) -> Draft:
        """The next best sentences: those that answer the question before, and above all those
        that stand behind what was shown."""
        shown = lookup.resolution.shown
        ranked = sentence_evidence(
            lookup.resolved,
            lookup.vector,
            lookup.hits,
            self._embedder,
            _document(lookup, lookup.hits[0].passage).language,
        )
        fresh = [
            replace(item, score=item.score + _behind(item, shown))
            for item in ranked
            if (item.passage.document_id, item.sentence) not in shown and _tells(item)
        ]
        if not fresh:
            return NOTHING
        fresh.sort(key=lambda item: -item.score)
        evidence = _near_best(fresh)[:MAX_SENTENCES]
        features = self.measure(lookup, (), evidence[0], None)
        citations = _citations(lookup, evidence, None)
        return Draft(
            text=" ".join(f"{c.quote} [{c.number}]" for c in citations),
            short_answer=None,
            citations=citations,
            confidence=self._confidence.probability(features, Kind.YES_NO),
            # Further evidence was asked for, and this is it, however little it says by itself.
            status=Status.ANSWERED if shown else None,
        )


def _says_something(question: str) -> bool:
    """Whether any of its words is more than a function word; "a" or "and why" is near to all."""
    said = words(question)
    return not said or any(word not in STOP_WORDS for word in said)


def _by_nearness(ranked: Sequence[Evidence], near: Nearness) -> list[Evidence]:
    """``ranked`` anew, with what was shown last in mind."""
    moved = [
        replace(item, score=item.score + NEARNESS_SCALE * near.bonus(item.passage, item.sentence))
        for item in ranked
    ]
    return sorted(moved, key=lambda item: -item.score)


def _near_best(ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best of ``ranked``, and those whose score comes near to it."""
    # The best stays whatever its score: a share of one below 0 lies above it.
    return [
        *ranked[:1],
        *(item for item in ranked[1:] if item.score >= NEAR_BEST * ranked[0].score),
    ]


def _behind(item: Evidence, shown: Collection[tuple[str, Span]]) -> float:
    """What it counts that a sentence goes on where a shown one of its passage ends."""
    gaps = [
        item.sentence.start - span.end
        for document_id, span in shown
        if document_id == item.passage.document_id and item.passage.start <= span.end
    ]
    ahead = [gap for gap in gaps if gap >= 0]
    return NEXT_BONUS if ahead and min(ahead) <= NEXT_GAP_CHARS else 0.0


def _tells(item: Evidence) -> bool:
    """Whether it is a sentence rather than a heading or a name."""
    return cut(item.passage, item.sentence).rstrip()[-1:] in SENTENCE_ENDS


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
