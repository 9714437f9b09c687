"""Dates with what happened then, and the timeline that they make."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from index.facts.extraction.clauses import clause_around
from index.facts.extraction.dates import FoundDate
from index.facts.extraction.sentences import Sentence
from index.facts.resolution.calendar import Resolved, anchor_year, resolve_date
from index.facts.types import Detail, DetailKind, Fact, FactKind


@dataclass(frozen=True, slots=True)
class Dated:
    """An entry and what orders it."""

    fact: Fact
    resolved: Resolved
    #: Whether the text tells the very day.
    to_the_day: bool
    #: Whether it comes round every year: "between May and September".
    recurs: bool = False


def resolve_dates(
    found: Sequence[tuple[Sentence, FoundDate]], published: date | None
) -> tuple[Dated, ...]:
    """One entry for each date of each sentence, in the order of the text."""
    anchor = anchor_year((item for _, item in found), published)
    dated: list[Dated] = []
    for sentence, item in found:
        resolved = resolve_date(item, sentence.text, published, anchor)
        event = clause_around(sentence, item.excerpt)
        fact = Fact(
            FactKind.DATE,
            item.excerpt,
            sentence.span,
            (Detail(DetailKind.EVENT, event, sentence.span),) if event else (),
            mentions=(sentence.span,),
            value=resolved.value,
            relative=resolved.relative,
        )
        recurs = _recurs(sentence, item)
        dated.append(Dated(fact, resolved, item.day is not None, recurs))
    return tuple(dated)


_SPELL = re.compile(
    r"\b(?:between|from)\s+[A-ZÀ-Þ]\w+\s+(?:and|to|until|till)\s+[A-ZÀ-Þ]\w+\b(?!\s+\d)"
)
_EVERY = re.compile(r"\b(?:each|every|always|usually|normally)\b")


def _recurs(sentence: Sentence, found: FoundDate) -> bool:
    """Whether a month or a weekday without a year is that of any year."""
    if found.year or found.day or found.relative:
        return False
    at = found.excerpt.start - sentence.span.start
    spells = [match.span() for match in _SPELL.finditer(sentence.text)]
    return any(a <= at < b for a, b in spells) or bool(_EVERY.search(sentence.text))


def make_timeline(dated: Sequence[Dated], published: date | None) -> tuple[Fact, ...]:
    """The entries in the order of time.

    "Yesterday" and its like stand about the day of writing: that of publication, else the last
    day that the text looks back on. What cannot be placed at all, such as "in autumn" or a time
    of day, is left out.
    """
    days = [d.resolved.key for d in dated if d.to_the_day and not d.resolved.ahead]
    written = published or max(filter(None, days), default=_SOME_DAY)
    placed: list[tuple[date, int, int, Fact]] = []
    for position, item in enumerate(dated):
        key, shift = item.resolved.key, item.resolved.from_writing
        if item.recurs:
            continue
        if key is not None:
            placed.append((key, 0, position, item.fact))
        elif shift is not None:
            # The text was written after the last day it tells of; "last week" may be later too.
            far = timedelta(days=shift if abs(shift) > _NEAR_DAYS else 0)
            placed.append((written + far, shift + _NEAR_DAYS + 1, position, item.fact))
    return tuple(fact for *_, fact in sorted(placed, key=lambda row: row[:3]))


#: Stands for the day of writing where a text tells no day at all.
_SOME_DAY = date(2000, 1, 1)
_NEAR_DAYS = 14
