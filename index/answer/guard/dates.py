"""Dates and times of day of a claim, and whether its evidence says them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from index.answer.guard.finding import Finding, contradicted, missing
from index.answer.guard.wording import Wording, same_matter
from index.types import Span

_MONTHS = {
    name: number
    for number, names in enumerate(
        """january/jan february/feb march/mar april/apr may june/jun july/jul august/aug
        september/sept/sep october/oct november/nov december/dec""".split(),
        1,
    )
    for name in names.split("/")
}
_WEEKDAYS = {
    day: number
    for number, day in enumerate("monday tuesday wednesday thursday friday saturday sunday".split())
}
_ORDINAL_WORDS = {
    word: number
    for number, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
        twenty-first""".split(),
        1,
    )
}
_DECADES = {
    word: 1900 + 10 * tens
    for tens, word in enumerate(
        "twenties thirties forties fifties sixties seventies eighties nineties".split(), 2
    )
}


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is told. A decade or century is a range of years."""

    text: str
    span: Span
    first_year: int | None = None
    last_year: int | None = None
    month: int | None = None
    day: int | None = None
    #: Monday is 0.
    weekday: int | None = None
    #: Since midnight.
    minute: int | None = None
    #: "before", "after" or "".
    relation: str = ""


_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:1\d{3}|20\d\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?<![\w-])(?P<year>\d{4})-(?P<month_number>[01]\d)-(?P<day>[0-3]\d)(?![\w-])",
        rf"\b(?P<day>{_DAY})\s+(?:of\s+)?(?P<month>{_MONTH})\b\.?(?:,?\s+(?P<year>{_YEAR})\b)?",
        rf"\b(?P<month>{_MONTH})\b\.?\s+(?P<day>{_DAY})\b(?!\s?%)(?:,?\s+(?P<year>{_YEAR})\b)?",
        rf"\b(?P<month>{_MONTH})\b\.?(?:,|\s+of)?\s+(?P<year>{_YEAR})\b",
        r"\b(?P<decade>1\d\d0|20\d0)['’]?s\b",
        r"(?<![\w.,$£€])['’]?(?P<short_decade>[2-9]0)['’]?s\b",
        rf"\bthe\s+(?P<spelt_decade>{'|'.join(_DECADES)})\b",
        rf"\b(?P<century>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(_ORDINAL_WORDS)})[\s-]+centur(?:y|ies)",
        r"\b(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?:\s?(?P<half>[ap])\.?m\b\.?)?(?!\d|\s?%)",
        r"\b(?P<hour>1[0-2]|[1-9])\s?(?P<half>[ap])\.?m\b\.?",
        rf"(?<![\w.,£$€-])(?P<year>{_YEAR})(?:[-–—](?P<last>{_YEAR}|\d\d))?(?![\w%]|[.,]\d)"
        r"(?!\s+(?:[a-z]+[^s\W]s|people|men|women|children|miles?|km|feet|percent|million)\b)",
        rf"\b(?P<weekday>{'|'.join(_WEEKDAYS)})s?\b",
        rf"\b(?P<month>{_MONTH})\b",
    )
)
_BEFORE = re.compile(
    r"\b(?:before|until|till|prior\s+to|by|no\s+later\s+than)\s+(?:the\s+)?\Z", re.I
)
_AFTER = re.compile(r"\b(?:after|since|from|following|later\s+than)\s+(?:the\s+)?\Z", re.I)
_WORDY = frozenset({"may", "march", "mar", "sun", "sat", "second"})


def dates(text: str) -> tuple[When, ...]:
    """The dates of ``text`` in order; of two that overlap, the fuller one."""
    found: list[When] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(*match.span())
            free = all(span.end <= d.span.start or d.span.end <= span.start for d in found)
            if free and not _is_word(match):
                found.append(_when(text, match, span))
    return tuple(sorted(found, key=lambda when: when.span.start))


def _is_word(match: re.Match[str]) -> bool:
    """Whether "may" and "march" stand for something else than months."""
    month = match.groupdict().get("month")
    return month is not None and month.lower() in _WORDY and not month[0].isupper()


def _when(text: str, match: re.Match[str], span: Span) -> When:
    part = {name: value.lower() for name, value in match.groupdict().items() if value}
    first, last = _years(part)
    month = _MONTHS[part["month"]] if "month" in part else None
    before = text[max(0, span.start - 20) : span.start]
    return When(
        match[0],
        span,
        first,
        last,
        int(part["month_number"]) if "month_number" in part else month,
        int(re.sub(r"\D", "", part["day"])) if "day" in part else None,
        _WEEKDAYS[part["weekday"]] if "weekday" in part else None,
        _minute(part),
        "before" if _BEFORE.search(before) else "after" if _AFTER.search(before) else "",
    )


def _years(part: dict[str, str]) -> tuple[int | None, int | None]:
    if "century" in part:
        digits = re.sub(r"\D", "", part["century"])
        number = int(digits) if digits else _ORDINAL_WORDS[part["century"]]
        return 100 * number - 100, 100 * number
    if "decade" in part:
        return int(part["decade"]), int(part["decade"]) + 9
    if "short_decade" in part:
        return 1900 + int(part["short_decade"]), 1909 + int(part["short_decade"])
    if "spelt_decade" in part:
        start = _DECADES[part["spelt_decade"]]
        return start, start + 9
    if "year" not in part:
        return None, None
    first = int(part["year"])
    last = part.get("last", "")
    return first, int(f"{first}"[: 4 - len(last)] + last) if last else first


def _minute(part: dict[str, str]) -> int | None:
    if "hour" not in part:
        return None
    hour = int(part["hour"])
    if "half" in part:
        hour = hour % 12 + (12 if part["half"] == "p" else 0)
    return 60 * hour + int(part.get("minute", "0"))


def check_dates(
    claim: Wording,
    evidence: Wording,
    said: Sequence[When],
    quoted: Sequence[When],
    around: Sequence[When],
) -> Iterator[Finding]:
    """What is wrong with the dates ``said``, given those ``quoted`` and those of the text
    ``around`` the quote, which may supply a year."""
    for when in said:
        if any(_says(other, when) for other in quoted) or _in_parts(when, quoted, around):
            continue
        rivals = [other for other in quoted if _excludes(when, other)]
        if rivals and same_matter(claim, evidence):
            yield contradicted(f"It says “{when.text}”; the quote says “{rivals[0].text}”.")
        else:
            yield missing(f"The quote does not say “{when.text}”.")
    for when in said:
        opposed = [
            other
            for other in quoted
            if when.relation and other.relation and when.relation != other.relation
        ]
        if any(_same_day(when, other) for other in opposed):
            yield contradicted(f"The quote puts it {opposed[0].relation} “{when.text}”.")


_PARTS = tuple(f.name for f in fields(When) if f.name in {"month", "day", "weekday", "minute"})


def _says(quoted: When, said: When) -> bool:
    """Whether all that is said of a date follows from the quoted one."""
    for name in _PARTS:
        mine = getattr(said, name)
        if mine is not None and mine != getattr(quoted, name):
            return False
    return _years_follow(quoted, said)


def _years_follow(quoted: When, said: When) -> bool:
    if said.first_year is None or said.last_year is None:
        return True
    if quoted.first_year is None or quoted.last_year is None:
        return False
    # "before 1990" follows from "in 1985", but not from "before 1985".
    if said.relation == "before" and not quoted.relation and quoted.last_year < said.first_year:
        return True
    if said.relation == "after" and not quoted.relation and quoted.first_year > said.last_year:
        return True
    ends = {quoted.first_year, quoted.last_year}
    inside = said.first_year <= quoted.first_year and quoted.last_year <= said.last_year
    # "from 1990 to 1997" says that it began in 1990.
    return inside or (said.first_year == said.last_year and said.first_year in ends)


def _in_parts(said: When, quoted: Sequence[When], around: Sequence[When]) -> bool:
    """Whether day and month stand in the quote and the year beside it."""
    if said.month is None or said.first_year is None:
        return False
    dayless = When(said.text, said.span, None, None, said.month, said.day)
    near = (*quoted, *around)
    return any(_says(q, dayless) and q.first_year is None for q in quoted) and any(
        _years_follow(other, said) for other in near
    )


def _excludes(said: When, quoted: When) -> bool:
    """Whether both tell the same sort of date, and another one."""
    if said.first_year is not None and quoted.first_year is not None:
        return not _years_follow(quoted, said) or any(_differ(said, quoted, n) for n in _PARTS)
    return any(_differ(said, quoted, name) for name in _PARTS)


def _differ(one: When, other: When, part: str) -> bool:
    mine, theirs = getattr(one, part), getattr(other, part)
    return mine is not None and theirs is not None and mine != theirs


def _same_day(one: When, other: When) -> bool:
    parts = (*_PARTS, "first_year", "last_year")
    return all(getattr(one, name) == getattr(other, name) for name in parts)
