"""Numbers in running text: which they are, and which are only names for things."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

from index.facts.extraction.locale_words import locale_words

_SPELT = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen twenty""".split()
    )
} | {
    word: 10 * tens
    for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)
}
_SPELT_GERMAN = {
    word: value
    for value, word in enumerate(
        "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split(), 2
    )
}
_MAGNITUDES = {
    "hundred": 100,
    "thousand": 1000,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "bn": 10**9,
    "millionen": 10**6,
    "milliarden": 10**9,
}
_FRACTIONS = "½⅓⅔¼¾⅛"
_SIGNS = "£$€¥₹₽₩₺"
#: Units beside those that CLDR names.
_UNITS = frozenset(
    """% percent prozent kroner kronor crowns mark marks francs cent cents pence pounds tablespoon
    tablespoons teaspoon teaspoons tonnes tons tonnen knots seemeilen decibels db hectares acres
    euro euros dollars g kg mg ml l km m cm mm km² mph kmh kwh minuten stunden jahre tage wochen
    monate meter kilometer metre metres kilometre kilometres centimetre centimetres millimetre
    millimetres litre litres millilitres gramme grammes""".split()
)
#: Words of CLDR's units that are more often something else.
_NO_UNITS = frozenset(
    """quarter quarters in at to us a an st nd rd th second night point points dot dots part
    parts""".split()
)
#: A number behind one of these is a name and measures nothing: "plot 17", "version 3.7".
LABELS = frozenset(
    """plot layer line lines pier room chapter page figure table section nr number version versions
    code force gate route level article paragraph step class windows python release apartment flat
    platform track volume issue part phase stage episode season grade highway row box telephone
    phone act bus buses article unit formula flight""".split()
)
_BLOCKED = re.compile(
    r"https?://\S+|`[^`]*`|\b[A-Z]+-\d[\w-]*|\b\d+(?:\.\d+){2,}\w*|\b\d+\.x\b|\S+@\S+"
    r"|\A\s*(?:[-*•]\s+)?\(?\d{1,3}[.)]\s|\b\d{3}\s\d{4}\b|\bto\s+\d{4,}\b(?=\W*\Z)"
)
_RANGE = re.compile(r"\d\s?[-–]\s?\d")


def blocked_spans(text: str) -> list[tuple[int, int]]:
    """Where numbers are addresses, keys, versions or marks of a list."""
    return [match.span() for match in _BLOCKED.finditer(text)]


@cache
def number_pattern(language: str | None) -> re.Pattern[str]:
    """Finds numbers, with groups ``sign``, ``number``, ``magnitude`` and ``unit``."""
    words = locale_words(language)
    group, decimal = re.escape(words.group.strip() or " "), re.escape(words.decimal)
    digits = (
        rf"\d{{1,3}}(?:{group}\d{{3}})+(?:{decimal}\d+)?|\d+(?:{decimal}\d+|[{_FRACTIONS}])?"
        rf"|[{_FRACTIONS}]"
    )
    known = _SPELT_GERMAN if (language or "").startswith("de") else _SPELT
    spelt = "|".join(sorted(set(known) - {"zero", "one"}, key=len, reverse=True))
    units = ({*words.units, *words.currencies} | _UNITS) - _NO_UNITS
    unit = "|".join(re.escape(u) for u in sorted(units, key=len, reverse=True) if len(u) < 25)
    return re.compile(
        rf"(?P<sign>[{_SIGNS}])?(?<![\w.,:/–-])(?<!\d\s)"
        rf"(?P<number>(?:{digits})(?:\s?[-–]\s?(?:{digits})(?=[\s-]?[a-z%]))?"
        rf"|\b(?:{spelt})(?:-(?:{spelt}|one))?\b)"
        rf"(?![\d:/]|[.,]\d|-(?:quarters?|thirds?|fold|year))(?:[\s-]?(?P<magnitude>{'|'.join(_MAGNITUDES)})\b)?"
        rf"(?:[\s\u00a0-]*(?P<unit>%|°\s?[CF]\b|per\s+cent\b|(?:(?:square|cubic)\s+)?"
        rf"(?:{unit})(?![\w’'])))?",
        re.IGNORECASE,
    )


def is_label(before: str, language: str | None) -> bool:
    """Whether the number that follows ``before`` only names a thing."""
    name = rf"\b(?:{'|'.join(sorted(LABELS))})\s+(?:[\d.]+\s+(?:and|to|or)\s+)?\Z"
    if re.search(name, before, re.IGNORECASE):
        return True
    # "Gate 4"; but in German every noun has a capital.
    return not (language or "").startswith("de") and bool(
        re.search(r"\b[A-Z]\w+\s+\Z", before) and not re.search(r"\A\W*\w+\s+\Z", before)
    )


def read_number(number: str, magnitude: str | None, language: str | None) -> str | None:
    """A plain decimal; for a range two, with a slash; None for what is no number."""
    words = locale_words(language)
    factor = _MAGNITUDES[magnitude.lower()] if magnitude else 1
    if _RANGE.search(number):
        return None if magnitude else re.sub(r"\s?[-–]\s?", "/", number)
    if number[-1] in _FRACTIONS:
        whole = int(number[:-1] or 0)
        return format(round(Decimal(whole + unicodedata.numeric(number[-1])), 3).normalize(), "f")
    if number[0].isdigit():
        plain = number.replace(words.group, "").replace(words.decimal, ".")
        return format((Decimal(plain) * factor).normalize(), "f")
    known = _SPELT | _SPELT_GERMAN
    return str(sum(known[part] for part in number.lower().split("-")) * factor)
