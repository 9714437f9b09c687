"""Reads retrieved passages in order of promise, and stops when the answer is clear."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.evidence import cut
from index.answer.features import fits
from index.answer.proof import sentence_span
from index.models.reader import Reader
from index.types import Hit, Passage, Reading, Span

#: Passages read at a time, and at most. On the calibration articles two at a time up to six, until
#: the margin is clear, reads half of what all eight hold, for half a point of right sentences.
BATCH = 2
MAX_READ = 6
#: A margin, in logits, from which further reading changed almost no answer.
CLEAR_MARGIN = 5.0
#: What a place further down in retrieval costs, in logits.
RANK_PENALTY = 0.25
#: What a span costs that has not the form asked for: no date for "when", no name for "who".
MISFIT_PENALTY = 1.5


def read_hits(reader: Reader, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
    """What the reader finds in ``hits`` (best first), best reading first.

    Readings are ordered by their margin, less a penalty for the rank of their passage and for a
    span of the wrong form.
    """
    found: list[tuple[float, Reading]] = []
    for start in range(0, min(len(hits), MAX_READ), BATCH):
        part = hits[start : min(start + BATCH, MAX_READ)]
        windows = reader.read(question, [hit.passage.text for hit in part])
        for rank, (hit, window) in enumerate(zip(part, windows, strict=True), start):
            span = _inside_sentence(hit.passage, window.span)
            misfit = 0.0 if fits(question, cut(hit.passage, span)) else MISFIT_PENALTY
            reading = Reading(hit.passage, span, window.margin)
            found.append((window.margin - RANK_PENALTY * rank - misfit, reading))
        if max(score for score, _ in found) >= CLEAR_MARGIN:
            break
    found.sort(key=lambda row: -row[0])
    return tuple(reading for _, reading in found)


def _inside_sentence(passage: Passage, span: Span) -> Span:
    """``span``, from passage to document offsets, cut to the sentence that holds most of it: a
    span may run from a heading into the text below."""
    start, end = passage.start + span.start, passage.start + span.end
    sentence = sentence_span(passage, Span(start, end))
    return Span(max(start, sentence.start), min(end, sentence.end))
