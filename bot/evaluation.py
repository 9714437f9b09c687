"""How well questions with known answers are answered: rightly, wrongly, or refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.types import Answer, Status


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the sentences of the documents that answer it; none if they do not."""

    question: str
    quotes: tuple[str, ...]


class Outcome(StrEnum):
    """What became of a question."""

    RIGHT = "answered rightly"
    #: The first quote is none of those that answer it.
    WRONG = "answered wrongly"
    #: The documents do answer it.
    MISSED = "refused, though answered there"
    REFUSED = "refused rightly"
    #: The documents do not answer it.
    INVENTED = "answered, though not answered there"


@dataclass(frozen=True, slots=True)
class Result:
    """What a question got from an engine that shows whatever it has."""

    case: Case
    answer: Answer

    @property
    def first_is_right(self) -> bool:
        """Whether the best quote is one of those that answer the question, shown or not."""
        cited = self.answer.citations
        return bool(cited) and is_right_quote(cited[0].quote, self.case.quotes)

    def outcome(self, threshold: float) -> Outcome:
        """What it would have been at ``threshold``, the lowest confidence that is shown."""
        shown = self.answer.status is Status.ANSWERED and self.answer.confidence >= threshold
        if not self.case.quotes:
            return Outcome.INVENTED if shown else Outcome.REFUSED
        if not shown:
            return Outcome.MISSED
        return Outcome.RIGHT if self.first_is_right else Outcome.WRONG


@dataclass(frozen=True, slots=True)
class Score:
    """Shares at one threshold, 0..1; None where there was no such question."""

    threshold: float
    #: Of the questions that the documents answer.
    answered_rightly: float | None
    #: Of those that they do not answer.
    refused: float | None
    #: Of all that was shown.
    right_of_shown: float | None


def score(results: Sequence[Result], threshold: float) -> Score:
    outcomes = [result.outcome(threshold) for result in results]

    def share(wanted: Outcome, *among: Outcome) -> float | None:
        total = sum(each in among for each in outcomes)
        return outcomes.count(wanted) / total if total else None

    right, wrong, invented = Outcome.RIGHT, Outcome.WRONG, Outcome.INVENTED
    return Score(
        threshold,
        share(right, right, wrong, Outcome.MISSED),
        share(Outcome.REFUSED, Outcome.REFUSED, invented),
        share(right, right, wrong, invented),
    )


def is_right_quote(quote: str, sentences: Iterable[str]) -> bool:
    """Whether a shown quote is one of the acceptable sentences.

    Splitters differ at captions, list markers and abbreviations, so a quote may hold more than
    the sentence, or at least half of it. White space is not compared: sources are hard-wrapped.
    """
    shown = " ".join(quote.split())
    for sentence in (" ".join(s.split()) for s in sentences):
        if sentence in shown or (shown in sentence and 2 * len(shown) >= len(sentence)):
            return True
    return False
