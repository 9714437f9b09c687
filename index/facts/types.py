"""What a fact sheet is made of. Every piece of text in it is cut from the document.

For every excerpt, ``document.text[excerpt.start:excerpt.end] == excerpt.text``, and it lies in
the sentence that is cited for it; :mod:`index.facts.proof` tests that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from index.types import Span


class Topic(StrEnum):
    """What can be looked up."""

    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    FIGURES = "figures"
    QUOTES = "quotes"
    TIMELINE = "timeline"
    SUMMARY = "summary"
    FACT = "fact"


class FactKind(StrEnum):
    """What an entry is about."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    DATE = "date"
    FIGURE = "figure"
    QUOTATION = "quotation"
    #: An embedded social media post.
    POST = "post"


class DetailKind(StrEnum):
    """What an excerpt says of the entry it belongs to."""

    #: Of a person: office, profession, kinship, or what they are said to do.
    ROLE = "role"
    #: Another name that the text uses.
    ALIAS = "alias"
    #: Of a place: what the text calls it.
    SORT = "sort"
    #: Of a date: what happened or will happen.
    EVENT = "event"
    #: Of a figure: the thing that is counted or measured.
    MEASURES = "measures"
    #: Of a figure: whom or what it holds for.
    OF = "of"
    #: Of a figure: the earlier value.
    BEFORE = "before"
    #: Of a figure: the later value.
    AFTER = "after"
    #: Of a quotation: who said it, in the words of the text.
    SPEAKER = "speaker"
    #: Of a post: who posted it.
    AUTHOR = "author"
    #: Of a post: its date.
    POSTED = "posted"


class Excerpt(NamedTuple):
    """A piece of the document, with its offsets."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Detail:
    """An excerpt that says something about an entry, and the sentence it stands in."""

    kind: DetailKind
    excerpt: Excerpt
    sentence: Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One entry: what it is called in the text, the sentence that is cited, and its details."""

    kind: FactKind
    name: Excerpt
    sentence: Span
    details: tuple[Detail, ...] = ()
    #: The sentences that speak of it, in order, ``sentence`` among them.
    mentions: tuple[Span, ...] = ()
    #: Of a date: ISO 8601, a day, a month, a year or an interval such as
    #: "2025-04-07/2025-04-13"; with "T19:00" where a time is told. Of a figure: a plain decimal,
    #: or two with a slash for a range.
    #: None where the text and its publication date do not tell.
    value: str | None = None
    #: True if ``value`` needed the publication date.
    relative: bool = False
    #: How central it is to its document, 0..1, comparable within a kind.
    centrality: float = 0.0

    def texts(self, kind: DetailKind) -> tuple[str, ...]:
        """The excerpts of that kind."""
        return tuple(d.excerpt.text for d in self.details if d.kind is kind)


class SummaryLength(StrEnum):
    """How long a summary is."""

    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


#: Sentences at most, by length.
SUMMARY_SENTENCES = {SummaryLength.SHORT: 2, SummaryLength.MEDIUM: 4, SummaryLength.LONG: 8}


@dataclass(frozen=True, slots=True)
class FactSheet:
    """All entries of one document."""

    document_id: str
    document_sha256: str
    #: By kind in the order of FactKind, the most central first; quotations, posts and figures in
    #: reading order.
    facts: tuple[Fact, ...] = ()
    #: The dated entries in the order of time; those whose time is unknown stand where the text
    #: has them.
    timeline: tuple[Fact, ...] = ()
    #: Sentences of the long summary, the most important first.
    summary: tuple[Span, ...] = ()

    def of(self, kind: FactKind) -> tuple[Fact, ...]:
        """The entries of that kind."""
        return tuple(fact for fact in self.facts if fact.kind is kind)

    def summarise(self, length: SummaryLength) -> tuple[Span, ...]:
        """The sentences of the summary of that length, in reading order."""
        return tuple(sorted(self.summary[: SUMMARY_SENTENCES[length]]))
