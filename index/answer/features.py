"""What speaks for and against an answer, as numbers: the input of the confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from index.answer.evidence import Evidence, covered, cut
from index.answer.form import fits
from index.store.lexical import STOP_WORDS, content_words, words
from index.types import Hit, Reading, Span

#: Margins and leads beyond these, in logits, say no more.
MIN_MARGIN, MAX_MARGIN = -10.0, 15.0
MAX_LEAD = 10.0
MAX_VERDICT = 10.0
MANY_PASSAGES = 1000

_NUMBER = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Features:
    """The evidence for one answer. All are about 0..1, or logits / 10."""

    #: Margin of the reading that is shown, in logits / 10, clipped to -1..1.5.
    margin: float
    #: By how much it leads the best reading of another span, in logits / 10, -1..1.
    lead: float
    #: The reader's verdict on its passage, in logits / 10, -1..1.
    verdict: float
    #: Cosine of the question and the sentence that is shown.
    similarity: float
    #: Share of the question's content words that stand in the passage, its heading or title.
    coverage: float
    #: The same for the sentence alone.
    sentence_coverage: float
    #: Share of the question's names and numbers that stand in the passage, its heading or title.
    names: float
    #: 1 / rank of the passage.
    rank: float
    #: 1 if the span has the form that was asked for (who: a name, when: a date), or any will do.
    fits: float
    #: 1 in an index of one passage, down to 0 from MANY_PASSAGES on, by their logarithm: the fewer
    #: there are, the less there is to take for the answer.
    few: float
    #: The reader's verdict on the sentence that is shown, read by itself, in logits / 10, -1..1.
    alone: float
    #: 0 if that sentence contradicts what the question takes for granted, else 1.
    premises: float


FEATURE_NAMES = tuple(field.name for field in fields(Features))


def vector(features: Features) -> tuple[float, ...]:
    """The features in the order of ``FEATURE_NAMES``."""
    return tuple(float(value) for value in astuple(features))


def measure(
    question: str,
    shown: Evidence,
    readings: Sequence[Reading],
    hits: Sequence[Hit],
    *,
    title: str,
    language: str | None,
    passage_count: int,
    alone: float,
    contradicted: bool,
) -> Features:
    """The evidence for showing ``shown`` as the answer to ``question``, found among
    ``passage_count`` passages.

    ``alone`` is the reader's verdict on the sentence by itself, in logits; ``contradicted`` says
    that the sentence denies what the question takes for granted.
    """
    passage = shown.passage
    mine = next((r for r in readings if r.passage.id == passage.id), None)
    span = mine.span if mine else Span(passage.start, passage.start)
    margin = mine.margin if mine else MIN_MARGIN
    others = [r.margin for r in readings if r is not mine and not _overlap(r, mine)]
    lead = margin - max(others) if others else MAX_LEAD
    rank = next(rank for rank, hit in enumerate(hits, 1) if hit.passage.id == passage.id)
    around = f"{title} {passage.heading or ''} {passage.text}"
    wanted = content_words(question)
    return Features(
        margin=_clip(margin, MIN_MARGIN, MAX_MARGIN) / 10,
        lead=_clip(lead, -MAX_LEAD, MAX_LEAD) / 10,
        verdict=_clip(mine.verdict if mine else -MAX_VERDICT, -MAX_VERDICT, MAX_VERDICT) / 10,
        similarity=shown.similarity,
        coverage=covered(wanted, around, language),
        sentence_coverage=covered(wanted, cut(passage, shown.sentence), language),
        names=covered(names_and_numbers(question), around, language),
        rank=1 / rank,
        fits=float(fits(question, cut(passage, span))),
        few=max(0.0, 1 - math.log(passage_count, MANY_PASSAGES)),
        alone=_clip(alone, -MAX_VERDICT, MAX_VERDICT) / 10,
        premises=float(not contradicted),
    )


def _clip(value: float, low: float, high: float) -> float:
    return min(max(value, low), high)


def _overlap(one: Reading, other: Reading | None) -> bool:
    return (
        other is not None
        and one.passage.document_id == other.passage.document_id
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )


def names_and_numbers(question: str) -> list[str]:
    """The folded words of ``question`` that are written with a capital, and its numbers."""
    tokens = question.split()
    found: list[str] = []
    for position, token in enumerate(tokens):
        bare = token.strip(".,;:!?()\"'“”‘’")
        capital = bare[:1].isupper() and (position > 0 or bare[1:] != bare[1:].lower())
        if capital or _NUMBER.search(bare):
            found.extend(word for word in words(bare) if word not in STOP_WORDS and word != "s")
    return found
