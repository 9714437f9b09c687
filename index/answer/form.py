"""Whether a span has the form that a question asks for: a date for "when", a number for "how many",
money for "how much does it cost", a name for "who". Only what is plainly of another form fails."""

from __future__ import annotations

import re

from index.store.lexical import words

_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion dozen half third quarter twice once several
    first second""".split()
)
_CALENDAR = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b"
)
_CALENDAR_WORD = re.compile(_CALENDAR, re.IGNORECASE)
_TIME_WORD = re.compile(
    _CALENDAR + r"|\b(?:century|year|month|week|day|today|tomorrow|yesterday|morning|evening|"
    r"night|ago|later|decade|era|period|war|spring|summer|autumn|fall|winter)s?\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\bwhen\b|\b(?:what|which)\s+(?:(?:is|was)\s+the\s+)?(?:\w+\s+)?"
    r"(?:year|date|day|month|century|decade|time)\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"\bexact(?:ly when)?\b.*\b(?:date|day)\b|\b(?:what|which)\s+date\b", re.I)
_WHO = re.compile(r"(?:who|whom|whose)\b", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\b(?:how\s+(?:many|much|old|far|long|high|tall|large|big|often|fast|deep|wide|heavy)|"
    r"(?:what|which)\s+(?:percent|percentage|number|rate|share|age|price|cost))\b"
    r"|^\s*[\w'’]+\s+(?:age|price|cost)\s*\??$",
    re.IGNORECASE,
)

#: What a quantity is measured in, as spans say it.
_MEASURES = {
    "time": r"\b(?:second|minute|hour|day|week|month|year|decade|centur(?:y|ie))s?\b",
    "money": r"[$€£¥]|\b(?:dollar|euro|pound|cent|yen|rouble|ruble|franc|kron(?:e|er|or))s?\b",
    "share": r"%|\bper\s?cent\b",
    "length": r"\b(?:met(?:re|er)|kilomet(?:re|er)|centimet(?:re|er)|mile|foot|feet|inch(?:e)?|"
    r"yard|km|cm|mm)s?\b",
    "mass": r"\b(?:gram|kilogram|tonne|ton|ounce|kg|lb)s?\b",
}
_MEASURE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _MEASURES.items()}
#: Which of them a question asks for, by its words. "How much" may ask for any, "how many" for those
#: that it names.
_ASKED = (
    (re.compile(r"\bhow\s+long\b", re.I), {"time", "length"}),
    (re.compile(r"\bhow\s+old\b|\bage\b", re.I), {"time"}),
    (
        re.compile(r"\bhow\s+(?:far|high|tall|deep|wide)\b", re.I),
        {"length", "time", "share", "money"},
    ),
    (re.compile(r"\bhow\s+heavy\b", re.I), {"mass"}),
    (re.compile(r"\bhow\s+much\s+money\b|\b(?:price|cost)\b", re.I), {"money", "share"}),
    (re.compile(r"\bpercent(?:age)?\b", re.I), {"share"}),
)
_HOW_MANY = re.compile(r"\bhow\s+many\s+((?:[\w'’-]+\s*){1,4})", re.IGNORECASE)


def fits(question: str, span: str) -> bool:
    """Whether ``span`` has the form that ``question`` asks for; True where none is asked for."""
    if _QUANTITY.search(question):
        return _has_number(span) and _has_measure(question, span)
    if _DATE.search(question):
        return bool(_DIGIT.search(span) or _CALENDAR_WORD.search(span))
    if _WHEN.search(question):
        return _has_number(span) or bool(_TIME_WORD.search(span))
    if _WHO.match(question):
        return any(char.isupper() for char in span)
    return True


def asks_for_date(question: str) -> bool:
    """Whether it asks when something is."""
    return bool(_WHEN.search(question) or _DATE.search(question))


def has_calendar_word(span: str) -> bool:
    """Whether ``span`` names a month or a day of the week."""
    return bool(_CALENDAR_WORD.search(span))


def _has_number(span: str) -> bool:
    return bool(_DIGIT.search(span)) or any(word in _NUMBER_WORDS for word in words(span))


def _has_measure(question: str, span: str) -> bool:
    """False if ``span`` is measured in something else than what is asked for."""
    given = {name for name, pattern in _MEASURE.items() if pattern.search(span)}
    if not given:
        return True
    many = _HOW_MANY.search(question)
    if many:
        named = {name for name, pattern in _MEASURE.items() if pattern.search(many[1])}
        return bool(given & named)
    return all(given & asked for pattern, asked in _ASKED if pattern.search(question))
