"""What a date means: in ISO 8601, with the help of the publication date where it is known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.facts.extraction.dates import FoundDate

_FUTURE = re.compile(r"\b(?:will|shall|is\s+to|are\s+to|due|expected|until|next|by)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """``value`` is as in ``Fact.value``; ``key`` orders the timeline, earliest first.

    A key may rest on a guessed year; a value never does.
    """

    value: str | None
    relative: bool
    key: date | None


def anchor_year(dates: Iterable[FoundDate], published: date | None) -> int | None:
    """The year to order dates without one by: that of publication, else the latest day told."""
    if published is not None:
        return published.year
    years = [d.year for d in dates if d.year is not None and d.month is not None]
    return max(years, default=None)


def resolve_date(
    found: FoundDate, sentence: str, published: date | None, anchor: int | None
) -> Resolved:
    """What ``found``, in the text ``sentence``, means."""
    if found.year is not None:
        return _absolute(found)
    if found.relative is not None:
        return _relative(found.relative, published)
    if found.weekday is not None and found.month is None:
        return _weekday(found, sentence, published)
    if found.month is not None:
        year = published.year if published else None
        if year is None or published is None:
            return Resolved(None, False, _day(anchor, found.month, found.day))
        day = _nearest(found, sentence, published)
        value = _iso(day.year, found.month, found.day, found.time)
        return Resolved(value, True, day)
    return Resolved(f"T{found.time}" if found.time else None, False, None)


def _absolute(found: FoundDate) -> Resolved:
    assert found.year is not None
    if found.decade:
        end = found.year + 9
        return Resolved(f"{found.year}-01-01/{end}-12-31", False, date(found.year, 1, 1))
    if found.day and not _day_exists(found.year, found.month or 1, found.day):
        return Resolved(None, False, None)
    value = _iso(found.year, found.month, found.day, found.time)
    return Resolved(value, False, _day(found.year, found.month, found.day))


def _iso(year: int, month: int | None, day: int | None, time: str | None) -> str:
    parts = [f"{year:04d}", *(f"{part:02d}" for part in (month, day) if part is not None)]
    return "-".join(parts) + (f"T{time}" if time and day else "")


def _day_exists(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _day(year: int | None, month: int | None, day: int | None) -> date | None:
    if year is None or not _day_exists(year, month or 1, day or 1):
        return None
    return date(year, month or 1, day or 1)


def _nearest(found: FoundDate, sentence: str, published: date) -> date:
    """The day of that name before publication, or after it where the sentence looks ahead."""
    month, day = found.month or 1, found.day or 1
    years = [
        d
        for year in (published.year - 1, published.year, published.year + 1)
        if (d := _day(year, month, day))
    ]
    ahead = bool(_FUTURE.search(sentence))
    month_start = published.replace(day=1)
    fitting = [d for d in years if (d >= month_start if ahead else d <= published)]
    return min(fitting or years, key=lambda d: abs((d - published).days))


def _weekday(found: FoundDate, sentence: str, published: date | None) -> Resolved:
    if published is None or found.weekday is None:
        return Resolved(None, False, None)
    ahead = bool(re.search(r"\b(?:will|due|expected)\b", sentence))
    back = (published.weekday() - found.weekday) % 7
    day = published - timedelta(days=back)
    if ahead and back:
        day += timedelta(days=7)
    return Resolved(_iso(day.year, day.month, day.day, found.time), True, day)


def _relative(words: str, published: date | None) -> Resolved:
    if published is None:
        return Resolved(None, False, None)
    days = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1}
    for word, shift in days.items():
        if words.endswith(word):
            day = published + timedelta(days=shift)
            return Resolved(day.isoformat(), True, day)
    match = re.search(r"(last|this|next)\s+(week|month|year|weekend)\Z", words)
    if match is None:
        return Resolved(None, False, None)
    step = {"last": -1, "this": 0, "next": 1}[match[1]]
    if match[2] == "year":
        return Resolved(f"{published.year + step:04d}", True, date(published.year + step, 1, 1))
    if match[2] == "month":
        months = published.year * 12 + published.month - 1 + step
        first = date(months // 12, months % 12 + 1, 1)
        return Resolved(f"{first:%Y-%m}", True, first)
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=step)
    start, end = (5, 6) if match[2] == "weekend" else (0, 6)
    first, last = monday + timedelta(days=start), monday + timedelta(days=end)
    return Resolved(f"{first.isoformat()}/{last.isoformat()}", True, first)
