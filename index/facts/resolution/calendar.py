"""What a date means: in ISO 8601, with the help of the publication date where it is known."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from index.facts.extraction.dates import FoundDate

_FUTURE = re.compile(r"\b(?:will|shall|is\s+to|are\s+to|due|expected)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Resolved:
    """``value`` and ``relative`` are as in ``Fact``. A key may rest on a guessed year; a value
    never does."""

    value: str | None = None
    relative: bool = False
    #: The day to order it by.
    key: date | None = None
    #: About how many days after the day of writing it is, where that day is unknown.
    from_writing: int | None = None
    #: Whether the sentence looks ahead.
    ahead: bool = False


def anchor_year(dates: Iterable[FoundDate], published: date | None) -> int | None:
    """The year to order dates without one by: of publication, else of the last whole day told."""
    if published is not None:
        return published.year
    years = [d.year for d in dates if d.year is not None and d.day is not None]
    return max(years, default=None)


def resolve_date(
    found: FoundDate, sentence: str, published: date | None, anchor: int | None
) -> Resolved:
    """What ``found``, in the text ``sentence``, means."""
    return replace(_resolve(found, sentence, published, anchor), ahead=looks_ahead(sentence))


def looks_ahead(sentence: str) -> bool:
    """Whether a sentence tells what is to come."""
    return bool(_FUTURE.search(sentence))


def _resolve(
    found: FoundDate, sentence: str, published: date | None, anchor: int | None
) -> Resolved:
    if found.year is not None:
        return _absolute(found)
    if found.relative is not None:
        return _relative(found.relative, published)
    if found.month is not None:
        if published is None:
            return Resolved(key=_day(anchor, found.month, found.day))
        day = _nearest(found, sentence, published)
        return Resolved(_iso(day.year, found.month, found.day, found.time), True, day)
    if found.weekday is not None:
        return _weekday(found, sentence, published)
    return Resolved(f"T{found.time}" if found.time else None)


def _absolute(found: FoundDate) -> Resolved:
    assert found.year is not None
    if found.decade:
        end = found.year + 9
        return Resolved(f"{found.year}-01-01/{end}-12-31", False, date(found.year, 1, 1))
    if found.day and not _day_exists(found.year, found.month or 1, found.day):
        return Resolved()
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
        return Resolved(from_writing=1 if looks_ahead(sentence) else -2)
    ahead = looks_ahead(sentence)
    back = (published.weekday() - found.weekday) % 7
    day = published - timedelta(days=back)
    if ahead and back:
        day += timedelta(days=7)
    return Resolved(_iso(day.year, day.month, day.day, found.time), True, day)


#: About how far from the day of writing, in days; the longer phrase first.
_DISTANCE = {
    "last year": -365, "last month": -31, "last week": -7, "last weekend": -5, "last night": -1,
    "yesterday": -1, "today": 0, "tonight": 0, "this": 0, "later this": 2, "earlier this": -2,
    "tomorrow": 1, "next week": 7, "next weekend": 8, "next month": 31, "next year": 365,
    "last": -90, "next": 90,
}  # fmt: skip


def _relative(words: str, published: date | None) -> Resolved:
    if published is None:
        fitting = [phrase for phrase in _DISTANCE if phrase in words]
        return Resolved(from_writing=_DISTANCE[max(fitting, key=len)])
    days = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1}
    for word, shift in days.items():
        if words.endswith(word):
            day = published + timedelta(days=shift)
            return Resolved(day.isoformat(), True, day)
    match = re.search(r"(last|this|next)\s+(week|month|year|weekend)\Z", words)
    if match is None:
        return Resolved()
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
