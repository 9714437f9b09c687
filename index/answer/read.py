"""Reads retrieved passages in order of promise, and stops when the answer is clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.answer.evidence import cut
from index.answer.followup.nearness import Nearness
from index.answer.form import fits
from index.answer.proof import sentence_span
from index.answer.short_answer import mended
from index.answer.tables import Table, table_around
from index.ingest.cues import cue
from index.models.reader import Reader
from index.types import BlockKind, Hit, Passage, Reading, Span

#: Passages read at a time, and at most. On 360 questions of the calibration articles and 388 of our
#: own about short texts, two at a time until the margin is clear reads 4.2 and 4.8 of six, and the
#: right sentence comes first for .842 and .845; reading all six it does for .833 and .845.
BATCH = 2
MAX_READ = 6
#: A score, in logits, from which further reading changed almost no answer.
CLEAR_MARGIN = 2.0
#: What a place further down in retrieval costs, in logits.
RANK_PENALTY = 0.25
#: What a span costs that has not the form asked for: no date for "when", no name for "who".
MISFIT_PENALTY = 1.5
#: What a caption or a heading costs, in logits: the text says it better, if it says it.
CAPTION_PENALTY = 1.0
HEADING_PENALTY = 3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading, and its margin less what else speaks against it, in logits."""

    reading: Reading
    score: float


def read_hits(
    reader: Reader,
    question: str,
    hits: Sequence[Hit],
    near: Nearness,
    text_of: Callable[[Passage], str],
    given: Sequence[str] = (),
) -> tuple[Candidate, ...]:
    """What the reader finds in ``hits`` (best first), best reading first.

    ``text_of`` a passage is that of its whole document. ``given`` are answers that the reader
    does not get to see, so that it finds another one.

    Readings are ordered by their margin, less penalties for the rank of their passage, for a
    caption, a heading or the heading row of a table, and for a span of the wrong form.
    """
    found: list[Candidate] = []
    for start in range(0, min(len(hits), MAX_READ), BATCH):
        part = hits[start : min(start + BATCH, MAX_READ)]
        texts = [without(hit.passage.text, given) for hit in part]
        windows = reader.read(question, texts, [cue(hit.passage) for hit in part])
        for rank, (hit, window) in enumerate(zip(part, windows, strict=True), start):
            span = _inside_sentence(hit.passage, window.span)
            table = table_around(text_of(hit.passage), span)
            if table is not None:
                span = _in_table(table, question, hit.passage, span)
            span = mended(question, hit.passage, span)
            reading = Reading(hit.passage, span, window.margin, window.verdict)
            score = window.margin - _penalty(question, reading, rank)
            if table is not None and table.is_heading(span):
                score -= HEADING_PENALTY
            found.append(Candidate(reading, score + near.bonus(hit.passage, span)))
        if max(candidate.score for candidate in found) >= CLEAR_MARGIN:
            break
    return tuple(sorted(found, key=lambda candidate: -candidate.score))


def without(text: str, given: Sequence[str]) -> str:
    """``text`` with blanks in the place of ``given``, so that offsets hold."""
    for answer in given:
        text = text.replace(answer, " " * len(answer))
    return text


def _in_table(table: Table, question: str, passage: Passage, span: Span) -> Span:
    """The cell that ``question`` asks for, if it stands in ``passage``; else ``span``."""
    cell = table.cell(question)
    inside = cell is not None and passage.start <= cell.start and cell.end <= passage.end
    return cell if cell is not None and inside else span


def _penalty(question: str, reading: Reading, rank: int) -> float:
    """What speaks against a reading beside its margin, in logits; ``rank`` counts from 0."""
    penalty = RANK_PENALTY * rank
    if not fits(question, cut(reading.passage, reading.span)):
        penalty += MISFIT_PENALTY
    if reading.passage.kind is BlockKind.CAPTION:
        penalty += CAPTION_PENALTY
    sentence = sentence_span(reading.passage, reading.span)
    if cut(reading.passage, sentence) == reading.passage.heading:
        penalty += HEADING_PENALTY
    return penalty


def _inside_sentence(passage: Passage, span: Span) -> Span:
    """``span``, from passage to document offsets, cut to the sentence that holds most of it: a
    span may run from a heading into the text below."""
    start, end = passage.start + span.start, passage.start + span.end
    sentence = sentence_span(passage, Span(start, end))
    return Span(max(start, sentence.start), min(end, sentence.end))
