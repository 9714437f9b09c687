"""What a language calls months, days, countries, cities and units: from Babel's copy of CLDR.

Babel is loaded when an index is built, never for a question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from babel import Locale

FALLBACK = "en"
#: Names that CLDR has no entry for, or a longer one; by the code of the territory.
_SHORT_TERRITORIES = {
    "en": {
        "US": ("US", "U.S.", "USA", "U.S.A.", "United States of America", "America"),
        "GB": ("UK", "U.K.", "Britain", "Great Britain"),
        "AE": ("UAE",),
        "TR": ("Turkey",),
        "RU": ("Soviet Union", "USSR"),
        "MM": ("Burma",),
        "CI": ("Ivory Coast",),
    }
}
#: Unions in CLDR's list of territories: organisations to us.
UNIONS = frozenset({"EU", "UN", "EZ"})
#: Cities under the name that English texts use beside CLDR's.
_OTHER_CITIES = ("Kiev", "Kyiv", "Washington", "Beijing", "Geneva", "Barcelona", "Munich", "Milan")
#: Time zones named for no city.
_NO_CITY = frozenset({"GMT", "UTC", "UCT", "Center", "Eastern", "Pacific", "Central", "Mountain"})


@dataclass(frozen=True, slots=True)
class LocaleWords:
    """The words of one language."""

    #: Lower-case name or abbreviation to number, from 1.
    months: Mapping[str, int]
    #: Lower-case name to number, Monday is 0.
    weekdays: Mapping[str, int]
    #: Names of countries, continents and regions.
    territories: frozenset[str]
    #: Names of unions of countries.
    unions: frozenset[str]
    cities: frozenset[str]
    #: Lower-case words that follow a number: "kilometres", "km", "hours".
    units: frozenset[str]
    #: Names and signs of money: "euros", "€".
    currencies: frozenset[str]
    languages: frozenset[str]
    #: The sign before the fraction, and the one between thousands.
    decimal: str
    group: str


def is_english(language: str | None) -> bool:
    """Whether a text is English; one of unknown language is taken to be."""
    return (language or FALLBACK).lower().startswith("en")


@cache
def locale_words(language: str | None) -> LocaleWords:
    """The words of ``language`` (a BCP 47 tag); English where it is unknown."""
    from babel import Locale, UnknownLocaleError

    code = (language or FALLBACK).replace("_", "-")
    try:
        locale = Locale.parse(code.split("-")[0])
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse(FALLBACK)
    short = _SHORT_TERRITORIES.get(locale.language, {})
    symbols = locale.number_symbols.get("latn", {})
    return LocaleWords(
        months=dict(_numbered(locale.months)),
        weekdays=dict(_numbered(locale.days)),
        territories=frozenset(
            {
                name
                for territory, name in locale.territories.items()
                if territory not in UNIONS and territory not in {"001", "ZZ"} and len(name) > 1
            }
            | {name for names in short.values() for name in names}
        ),
        unions=frozenset({locale.territories[code] for code in UNIONS} | UNIONS - {"EZ"}),
        cities=frozenset({*_cities(locale), *_OTHER_CITIES}),
        units=frozenset(_units(locale)),
        currencies=frozenset(_currencies(locale)),
        languages=frozenset(locale.languages.values()),
        decimal=str(symbols.get("decimal", ".")),
        group=str(symbols.get("group", ",")),
    )


def _numbered(names: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in names.get(context, {}).get(width, {}).items():
                word = str(name).lower().rstrip(".")
                if len(word) >= 3 and not word.isdigit():
                    yield word, number
                    if number == 9 and word.startswith("sep"):
                        yield "sept", number


def _cities(locale: Locale) -> Iterator[str]:
    from babel.core import get_global

    named = {zone: data.get("city") for zone, data in locale.time_zones.items()}
    for zone in get_global("zone_territories"):
        area, _, place = zone.rpartition("/")
        city = str(named.get(zone) or place.replace("_", " "))
        if area and area not in {"Etc", "SystemV"} and city not in _NO_CITY and city.isascii():
            yield city


_UNIT_KINDS = (
    "length", "mass", "volume", "area", "duration", "speed", "temperature", "digital",
    "energy", "power", "pressure", "electric", "frequency", "angle-degree", "concentr-percent",
)  # fmt: skip


def _units(locale: Locale) -> Iterator[str]:
    for unit, widths in locale._data["unit_patterns"].items():
        if not str(unit).startswith(_UNIT_KINDS):
            continue
        for width in ("long", "short"):
            for pattern in _strings(widths.get(width, {})):
                word = pattern.replace("{0}", "").strip().lower()
                if "{" not in word and word.replace("°", "d").isalpha() and word.count(" ") == 0:
                    yield word


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif hasattr(value, "values"):
        for inner in value.values():
            yield from _strings(inner)


def _currencies(locale: Locale) -> Iterator[str]:
    for names in locale._data["currency_names_plural"].values():
        for name in _strings(names):
            yield name.lower().split()[-1]
    for name in locale.currencies.values():
        yield name.lower().split()[-1]
