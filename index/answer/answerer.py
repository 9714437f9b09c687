"""The seam between looking up and answering: whoever answers gets a Lookup and gives a Draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from index.answer.followup.resolve import Resolution
from index.answer.question import Question
from index.models.embedder import Vectors
from index.store.build import Build
from index.types import Citation, Hit, Reading, RejectedClaim, Status

if TYPE_CHECKING:
    from index.facts.answers import FactBook

#: Hears the text that is settled so far, each time that more of it is; must return at once.
OnSettled = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question and what retrieval found for it; at least one hit."""

    question: Question
    #: How it is looked up: spelling mended, follow-ups resolved.
    resolution: Resolution
    #: Of the resolved question; a unit vector.
    vector: Vectors
    hits: tuple[Hit, ...]
    build: Build
    #: The fact sheets, read when they are first asked for. Raises IndexBuildError.
    facts: Callable[[], FactBook]

    @property
    def resolved(self) -> str:
        """The question as it is looked up."""
        return self.resolution.text


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer with its proof, before it is decided whether it is good enough to show."""

    text: str
    short_answer: str | None
    citations: tuple[Citation, ...]
    #: Calibrated probability that it is right, 0..1.
    confidence: float
    readings: tuple[Reading, ...] = ()
    rejected: tuple[RejectedClaim, ...] = ()
    #: None: decided by the confidence.
    status: Status | None = None
    #: Who spoke, where it was not the answerer itself.
    engine: str | None = None
    #: What whoever asked should know about how the answer came about.
    notice: str | None = None
    #: Why it may be no answer; told where it is not shown.
    objection: str | None = None


class Answerer(Protocol):
    """Turns what was found into an answer."""

    @property
    def name(self) -> str:
        """What ``Answer.engine`` shows."""

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        """Answers from ``lookup.hits`` alone. An answerer that takes its time tells
        ``on_settled`` what stands already."""

    def promise(self, lookup: Lookup) -> float:
        """How likely, in logits, its best hit holds an answer, told at a glance; ``lookup`` has
        hits."""

    def weigh(self, lookup: Lookup) -> Draft:
        """What an answer from ``lookup`` would be worth, told quickly: one of several readings of
        a question is to be chosen."""
