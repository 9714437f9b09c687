"""Dates and times of day, as the text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from index.facts.extraction.locale_words import FALLBACK, locale_words
from index.facts.extraction.names import opens_clause
from index.facts.extraction.sentences import Sentence
from index.facts.types import Excerpt


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a sentence: the parts that it names, and the words where it is relative."""

    excerpt: Excerpt
    year: int | None = None
    month: int | None = None
    day: int | None = None
    #: Monday is 0.
    weekday: int | None = None
    #: "19:00".
    time: str | None = None
    #: "autumn".
    season: str | None = None
    #: "last week": needs to know when the text was written.
    relative: str | None = None
    #: "1980s".
    decade: bool = False


@dataclass(frozen=True, slots=True)
class _Forms:
    #: With a day or a year: "Monday, 3 February 2025, at 22:00", "April 9", "June 2024".
    full: re.Pattern[str]
    #: Behind a preposition: "in June", "since 2009", "on Friday", "until 05:00".
    bare: re.Pattern[str]
    relative: re.Pattern[str] | None


def find_dates(sentence: Sentence, language: str | None) -> tuple[FoundDate, ...]:
    """The dates of a sentence in order; of two that overlap, the fuller one."""
    found: list[FoundDate] = []
    for date in _candidates(sentence, language):
        start, end = date.excerpt.span
        if all(end <= d.excerpt.start or d.excerpt.end <= start for d in found):
            found.append(date)
    return tuple(sorted(found, key=lambda date: date.excerpt.start))


def _candidates(sentence: Sentence, language: str | None) -> Iterator[FoundDate]:
    for code in dict.fromkeys((language or FALLBACK, FALLBACK)):
        forms = _forms(code)
        yield from _full(sentence, forms.full, code)
        yield from _bare(sentence, forms.bare, code)
        if forms.relative:
            for match in forms.relative.finditer(sentence.text):
                if match[0][0].isupper() and not opens_clause(sentence.text, match.start()):
                    continue  # "Legends of Tomorrow"
                excerpt = sentence.excerpt(*match.span())
                yield FoundDate(excerpt, relative=" ".join(match[0].lower().split()))
    yield from _numeric(sentence)


def _full(sentence: Sentence, pattern: re.Pattern[str], code: str) -> Iterator[FoundDate]:
    words = locale_words(code)
    for match in pattern.finditer(sentence.text):
        part = match.groupdict()
        month, day = part["month"] or part["month2"], part["day"] or part["day2"]
        year = part["year"] or part["year2"]
        if not (day or year) or (day and not 1 <= int(day) <= 31):
            continue
        if not month[:1].isupper() and code == FALLBACK:
            continue  # "may" and "march" are verbs
        text = match[0].rstrip(".")
        yield FoundDate(
            sentence.excerpt(match.start(), match.start() + len(text)),
            year=int(year) if year else None,
            month=words.months[month.lower()],
            day=int(day) if day else None,
            weekday=words.weekdays.get((part["weekday"] or "").lower()),
            time=_clock(part["time"]),
        )


def _bare(sentence: Sentence, pattern: re.Pattern[str], code: str) -> Iterator[FoundDate]:
    words = locale_words(code)
    for match in pattern.finditer(sentence.text):
        group = next(name for name, value in match.groupdict().items() if value)
        text, excerpt = match[group], sentence.excerpt(*match.span(group))
        if group == "name" and _NAMED_OF.search(sentence.text, 0, match.start(group)):
            continue  # "the River of May"
        key = text.lower()
        if group == "decade":
            yield FoundDate(excerpt, year=int(text[:4]), decade=True)
        elif group == "year":
            yield FoundDate(excerpt, year=int(text))
        elif group == "season":
            yield FoundDate(excerpt, season=key)
        elif group.startswith("clock"):
            yield FoundDate(excerpt, time=_clock(text))
        elif len(text) <= MAX_ABBREVIATED and code == FALLBACK and key != "may":
            continue  # "the Sun", "from Mar"
        elif text[:1].isupper() and key in words.months:
            yield FoundDate(excerpt, month=words.months[key])
        elif text[:1].isupper() and key in words.weekdays:
            yield FoundDate(excerpt, weekday=words.weekdays[key])


#: Months and weekdays so short stand alone for other things.
MAX_ABBREVIATED = 3
_NAMED_OF = re.compile(r"\b(?!\w+day\s)[A-ZÀ-Þ]\w+\s+of\s+\Z")
_ISO = re.compile(r"(?<![\w.-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
_CJK = re.compile(r"(\d{4})[年년]\s?(?:(\d{1,2})[月월]\s?)?(?:(\d{1,2})[日일])?")
_DOTTED = re.compile(r"(?<![\w.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\w)")


def _numeric(sentence: Sentence) -> Iterator[FoundDate]:
    """Dates in figures whose order is beyond doubt."""
    for pattern, order in ((_ISO, (1, 2, 3)), (_CJK, (1, 2, 3)), (_DOTTED, (3, 2, 1))):
        for match in pattern.finditer(sentence.text):
            year, month, day = (int(match[g]) if match[g] else None for g in order)
            if 1 <= (month or 1) <= 12 and 1 <= (day or 1) <= 31:
                yield FoundDate(sentence.excerpt(*match.span()), year=year, month=month, day=day)


_HALF = r"\s?(?:a\.m\.|p\.m\.|am\b|pm\b)"
#: "19:00", "7.30 pm", "7 pm"; "7.30" alone is as likely a number.
_TIME = (
    rf"(?:(?:[01]?\d|2[0-3]):[0-5]\d(?![\d:]|[.,]\d)(?:{_HALF})?"
    rf"|(?:1[0-2]|0?\d)(?:\.[0-5]\d)?{_HALF}"
    r"|(?:[01]?\d|2[0-3])[:.][0-5]\d(?=\s+Uhr\b))"
)
_YEAR = r"(?:1[0-9]|20)\d\d"
_RELATIVE = (
    r"\b(?:(?:early|late|earlier|later)\s+)?(?:(?:last|this|next)\s+(?:week|month|year|weekend|"
    r"night|spring|summer|autumn|fall|winter)|yesterday|tomorrow|tonight|today)\b"
)
#: What stands before a month, a weekday, a year or a time of day that is meant as a date.
_PREPOSITIONS = (
    r"in|on|since|from|until|till|by|after|before|during|of|about|around|between|to|and|circa|year|"
    r"spring|summer|autumn|winter|fall|am|im|seit|ab|bis|nach|vor|jahr|von|en|depuis|desde|à|"
    r"when|next"
)


@cache
def _forms(code: str) -> _Forms:
    words = locale_words(code)
    english = code.split("-")[0] == FALLBACK
    month, weekday = _either(words.months), _either(words.weekdays)
    clock = rf"(?:,?\s+(?:at\s+|um\s+)?(?P<time>{_TIME}(?:\s+(?:to|bis)\s+{_TIME})?))?"
    full = re.compile(
        rf"(?:\b(?P<weekday>{weekday})\b\.?,?\s+)?(?:"
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th|\.|º|er)?\s+(?:of\s+|de\s+)?(?P<month>{month})\b\.?"
        rf"(?:,?\s+(?:de\s+)?(?P<year>{_YEAR})\b)?"
        rf"|\b(?P<month2>{month})\b\.?(?:\s+(?P<day2>[0-3]?\d)(?:st|nd|rd|th)?\b(?![:.,]\d|\s?%))?"
        rf"(?:,?\s+(?:de\s+|of\s+)?(?P<year2>{_YEAR})\b)?){clock}",
        re.IGNORECASE,
    )
    half_day = rf"(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)?{_HALF}" if english else "(?!)"
    season = "spring|summer|autumn|winter" if english else "(?!)"
    bare = re.compile(
        rf"\b(?:{_PREPOSITIONS})\s+(?:(?:the|early|late|mid|year)\s+)*(?:"
        rf"(?P<name>{month}|{weekday})\b(?!\s*\d)(?!\s+(?-i:[A-ZÄÖÜ]))"
        rf"|(?P<decade>{_YEAR}s)\b"
        # "of 2000 files", "to 1500 people": a number that counts something
        rf"|(?P<year>{_YEAR})\b(?![.,:]\d|\s?%|[-–]\d|\s+[a-z]+s\b)"
        rf"|(?P<season>{season})\b(?!\s+(?:(?-i:[A-Z])|months|season|vacation|holidays?|camp|school|term|"
        rf"break|house|games|olympics|solstice))"
        rf"|(?P<clock>{_TIME}))"
        rf"|\b(?:at|um)\s+(?P<clock_at>{_TIME})"
        rf"|\b(?P<clock_alone>{half_day})",
        re.IGNORECASE,
    )
    return _Forms(full, bare, re.compile(_RELATIVE, re.IGNORECASE) if english else None)


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: -len(w))) or "(?!)"


def _clock(text: str | None) -> str | None:
    """The 24-hour form of a time of day: "19:00" for "7.00 pm"."""
    match = re.match(r"(\d{1,2})(?:[:.](\d\d))?\s?([ap])?", text or "", re.IGNORECASE)
    if match is None:
        return None
    hour = int(match[1])
    if match[3]:
        hour = hour % 12 + (12 if match[3].lower() == "p" else 0)
    return f"{hour:02d}:{match[2] or '00'}"
