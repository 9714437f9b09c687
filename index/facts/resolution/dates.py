"""Dates with what happened then, and the timeline that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.facts.extraction.dates import FoundDate
from index.facts.extraction.sentences import Sentence
from index.facts.resolution.calendar import anchor_year, resolve_date
from index.facts.types import Fact, FactKind


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry and the day to order it by, if one can be told."""

    fact: Fact
    key: date | None


def resolve_dates(
    found: Sequence[tuple[Sentence, FoundDate]], published: date | None
) -> tuple[Dated, ...]:
    """One entry for each date of each sentence, in the order of the text."""
    anchor = anchor_year((item for _, item in found), published)
    dated: list[Dated] = []
    for sentence, item in found:
        resolved = resolve_date(item, sentence.text, published, anchor)
        fact = Fact(
            FactKind.DATE,
            item.excerpt,
            sentence.span,
            mentions=(sentence.span,),
            value=resolved.value,
            relative=resolved.relative,
        )
        dated.append(Dated(fact, resolved.key))
    return tuple(dated)


def make_timeline(dated: Sequence[Dated]) -> tuple[Fact, ...]:
    """The entries in the order of time. One without a known day follows the dated one that the
    text has before it; times of day alone are left out."""
    last = date.min
    keyed: list[tuple[date, int, Fact]] = []
    for position, item in enumerate(dated):
        if item.fact.value and item.fact.value.startswith("T"):
            continue
        last = item.key or last
        keyed.append((last, position, item.fact))
    return tuple(fact for _, _, fact in sorted(keyed, key=lambda row: row[:2]))
