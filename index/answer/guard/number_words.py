"""Numbers as they are written out, and the words around them: magnitudes, units, bounds."""

from __future__ import annotations

from decimal import Decimal

CARDINALS = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
        fifteen sixteen seventeen eighteen nineteen""".split()
    )
} | {
    word: 10 * tens
    for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
ORDINALS = {
    word: value
    for value, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
        thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth
        twentieth""".split(),
        1,
    )
}
MAGNITUDES = {
    "hundred": 10**2,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "m": 10**6,
    "mn": 10**6,
    "bn": 10**9,
    "k": 10**3,
}
#: Read as magnitudes behind a sum of money only.
SHORT_MAGNITUDES = frozenset("m mn bn k".split())
#: Shares, in percent.
FRACTIONS = {
    "half": Decimal(50),
    "quarter": Decimal(25),
    "quarters": Decimal(25),
    "third": Decimal(100) / 3,
    "thirds": Decimal(100) / 3,
    "fifth": Decimal(20),
    "fifths": Decimal(20),
    "tenth": Decimal(10),
    "tenths": Decimal(10),
}
DOZENS = {"dozen": 12, "score": 20}

CURRENCY_SIGNS = {"$": "dollar", "£": "pound sterling", "€": "euro", "¥": "yen", "₹": "rupee"}

#: Kind, then its units, each by its words and how many of the base unit it is.
_UNITS = """
share: %/percent/percentage 1
dollar: dollar/dollars/usd 1
pound sterling: gbp 1
cent: cent/cents 1
euro: euro/euros/eur 1
yen: yen 1
rupee: rupee/rupees 1
length: mm 0.001, cm 0.01, m/meter/meters/metre/metres 1
length: km/kilometer/kilometers/kilometre/kilometres 1000, mile/miles/mi 1609.344
length: inch/inches 0.0254, foot/feet/ft 0.3048, yard/yards 0.9144
mass: g/gram/grams 0.001, kg/kilogram/kilograms 1, tonne/tonnes 1000
mass: ounce/ounces 0.028349523, lb/lbs 0.45359237
ton: ton/tons 1
duration: ms/millisecond/milliseconds 0.001, seconds 1, minute/minutes 60, hour/hours 3600
duration: day/days 86400, week/weeks 604800, fortnight 1209600
months: month/months 1, year/years 12, decade/decades 120, century/centuries 1200
speed: kmh/kph 1000, mph 1609.344
area: acre/acres 4046.8564, hectare/hectares 10000
volume: liter/liters/litre/litres 1
gallon: gallon/gallons 1
celsius: °c/celsius 1
fahrenheit: °f/fahrenheit 1
degree: degree/degrees 1
bytes: kb 1000, mb 1000000, gb 1000000000, tb 1000000000000
"""
UNITS = {
    word: (kind, Decimal(unit.split()[1]))
    for kind, units in (row.split(": ") for row in _UNITS.strip().splitlines())
    for unit in units.split(", ")
    for word in unit.split()[0].split("/")
}

#: Words before a number that make it a bound, the longer ones first.
BOUNDS = (
    ("<", "no more than|not more than|at most|up to|as many as|as much as|less than|fewer than"),
    (">", "no less than|no fewer than|at least|more than|upwards of|in excess of|greater than"),
    ("<", "under|below|maximum of|smaller than|shorter than|lower than"),
    (">", "over|above|exceeding|exceeds|exceeded|minimum of|higher than|larger than|longer than"),
    ("~", "about|around|approximately|roughly|some|nearly|almost|circa|ca|c|estimated|close to"),
)
