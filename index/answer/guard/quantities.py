"""Quantities of a text: numbers in figures or words, with unit, bound and what they count."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from index.answer.guard.number_words import (
    BOUNDS,
    CARDINALS,
    CURRENCY_SIGNS,
    DOZENS,
    FRACTIONS,
    MAGNITUDES,
    ORDINALS,
    SHORT_MAGNITUDES,
    UNITS,
)
from index.store.lexical import STOP_WORDS, stem
from index.types import Span

#: What ``Quantity.kind`` is for places in an order, and for plain counts.
ORDINAL, COUNT = "ordinal", "count"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as a text uses it."""

    #: In the base unit of its kind.
    value: Decimal
    kind: str
    #: As it is written, with its unit.
    text: str
    span: Span
    #: "<", ">", "~" or "" for exactly.
    bound: str = ""
    #: Stems of what is counted.
    nouns: frozenset[str] = frozenset()
    #: The name that it directly holds for: "20% on the EU".
    of: str = ""
    #: "one" is more often a pronoun, and "score" a verb: they may bear out, but need not be.
    weak: bool = False


_TOKEN = re.compile(
    r"(?P<ordinal>(?<![\w.,])\d+(?:st|nd|rd|th)\b)"
    r"|(?P<digits>(?<![\w.])(?<!\d,)(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![.,]?\d))"
    r"|(?P<glued>\w*\d[\w.,]*\w)"
    r"|(?P<word>°[CF]\b|[^\W\d_]+)|(?P<sign>[£$€¥₹])|(?P<percent>%)|(?P<other>[^\s\w])"
)
_BOUND_PATTERNS = tuple(
    (sign, re.compile(rf"\b(?:{words})\s+(?:an?\s+|the\s+)?[£$€¥₹]?\Z", re.IGNORECASE))
    for sign, words in BOUNDS
)
_MORE_BEHIND = re.compile(r"\A\s*(?:\+|or\s+(?:more|above|over)\b|and\s+(?:more|above)\b)")
_LESS_BEHIND = re.compile(r"\A\s*or\s+(?:less|fewer|below|under)\b")
_NAME_BEHIND = re.compile(
    r"\s+(?:on|for|in|from|against|to|of)\s+(?:the\s+)?(?P<of>[A-ZÀ-Ž][\w’'-]*(?:\s[A-ZÀ-Ž][\w’'-]*)*)"
)
#: "1. First do this", "Do the following: 1."
_LIST_MARK = re.compile(r"(?:\A|\n)\s*(?P<mark>\(?\d{1,2}[.)])\s")
#: A number and the next one share the unit that only the latter has: "20, 24 and 25 percent".
_LISTED = re.compile(r"\A\s*(?:,|and|or|to|-|–|,\s*and|,\s*or)\s*\Z")
_NOT_COUNTED = STOP_WORDS | frozenset(
    """more less fewer times only each per other later earlier ago until since after before during
    while over under between most out up down""".split()
)
#: Words behind a number that are looked at for what it counts.
_NOUN_WORDS = 3


@dataclass(slots=True)
class _Tokens:
    """The tokens of a text, and a place among them."""

    text: str
    items: list[re.Match[str]]

    def kind(self, at: int) -> str:
        return self.items[at].lastgroup or "" if at < len(self.items) else ""

    def lower(self, at: int) -> str:
        return self.items[at][0].lower() if at < len(self.items) else ""


def quantities(text: str, taken: Iterable[Span] = ()) -> tuple[Quantity, ...]:
    """The quantities of ``text`` in order; none lies in a span of ``taken`` (dates), and the
    numbers of a list are none."""
    blocked = (*taken, *(Span(*match.span("mark")) for match in _LIST_MARK.finditer(text)))
    items = [
        match
        for match in _TOKEN.finditer(text)
        if not any(a < match.end() and match.start() < b for a, b in blocked)
    ]
    return _with_shared_units(text, list(_read_all(_Tokens(text, items))))


def _read_all(tokens: _Tokens) -> Iterator[Quantity]:
    at = 0
    while at < len(tokens.items):
        found = _ordinal(tokens, at) or _cardinal(tokens, at) or _fraction(tokens, at)
        if found is None:
            at += 1
            continue
        quantity, at = found
        yield quantity


def _ordinal(tokens: _Tokens, at: int) -> tuple[Quantity, int] | None:
    word = tokens.lower(at)
    if tokens.kind(at) == "ordinal":
        value = int(word[:-2])
    elif word in ORDINALS and not (at and tokens.lower(at - 1) in {*CARDINALS, "a", "at"}):
        value = ORDINALS[word]
    else:
        return None
    span = Span(*tokens.items[at].span())
    nouns = _nouns(tokens, at + 1)
    return Quantity(Decimal(value), ORDINAL, tokens.items[at][0], span, nouns=nouns), at + 1


def _fraction(tokens: _Tokens, at: int) -> tuple[Quantity, int] | None:
    """ "half", "a third", "two thirds", in percent; "a third party" is none."""
    word = tokens.lower(at)
    before = tokens.lower(at - 1) if at else ""
    if before == "-" and at > 1:
        before = tokens.lower(at - 2)
    if word not in FRACTIONS or (word != "half" and before not in {*CARDINALS, "a"}):
        return None
    if word != "half" and not word.endswith("s") and tokens.lower(at + 1) not in {"of", ".", ","}:
        return None
    times = CARDINALS.get(before, 1) if word != "half" else 1
    span = Span(*tokens.items[at].span())
    value = FRACTIONS[word] * times
    return Quantity(value, "share", tokens.items[at][0], span, weak=word == "half"), at + 1


def _cardinal(tokens: _Tokens, at: int) -> tuple[Quantity, int] | None:
    first = at
    sign = tokens.items[at][0] if tokens.kind(at) == "sign" else ""
    at += bool(sign)
    read = _number(tokens, at, money=bool(sign))
    if read is None:
        return None
    value, at, plain_one = read
    kind, factor, at = _unit(tokens, at, sign)
    start, end = tokens.items[first].start(), tokens.items[at - 1].end()
    return (
        Quantity(
            value * factor,
            kind,
            tokens.text[start:end],
            Span(start, end),
            bound=_bound(tokens.text, start, end),
            nouns=_nouns(tokens, at) if kind == COUNT else frozenset(),
            of=match["of"] if (match := _NAME_BEHIND.match(tokens.text, end)) else "",
            weak=plain_one and kind == COUNT,
        ),
        at,
    )


def _number(tokens: _Tokens, at: int, *, money: bool) -> tuple[Decimal, int, bool] | None:
    """The number at a place: its value, the place behind it, and whether it is a mere "one"."""
    total, first = Decimal(0), at
    part: Decimal | None = None
    while at < len(tokens.items):
        word, kind = tokens.lower(at), tokens.kind(at)
        if kind == "digits" and part is None and at == first:
            part = Decimal(word.replace(",", ""))
        elif word in CARDINALS and (part is None or _joins(part, CARDINALS[word])):
            part = (part or Decimal(0)) + CARDINALS[word]
        elif word in DOZENS and (part is not None or tokens.lower(at - 1) == "a"):
            part = (Decimal(1) if part is None else part) * DOZENS[word]
        elif word in MAGNITUDES and (money or word not in SHORT_MAGNITUDES):
            if part is None and (at == 0 or tokens.lower(at - 1) not in {"a", "one"}):
                break
            part = (Decimal(1) if part is None else part) * MAGNITUDES[word]
            if MAGNITUDES[word] > 100:
                total, part = total + part, Decimal(0)
        elif not (part is not None and _bridges(tokens, at)):
            break
        at += 1
    if part is None or at == first:
        return None
    value = total + part
    return value, at, at == first + 1 and tokens.lower(first) == "one"


def _joins(part: Decimal, value: int) -> bool:
    """Whether a written number goes on: "twenty" with "one", "two hundred" with "six"."""
    return (part >= 20 and part % 10 == 0 and value < 10) or (part % 100 == 0 and value < 100)


def _bridges(tokens: _Tokens, at: int) -> bool:
    """Whether "-" or "and" stands inside a written number."""
    word, before, after = tokens.lower(at), tokens.lower(at - 1), tokens.lower(at + 1)
    if word == "-":
        return (before in CARDINALS and after in CARDINALS) or after in {"million", "billion"}
    return word == "and" and before in MAGNITUDES and after in CARDINALS


def _unit(tokens: _Tokens, at: int, sign: str) -> tuple[str, Decimal, int]:
    """Kind, factor to its base unit, and the place behind the unit."""
    if sign:
        return CURRENCY_SIGNS[sign], Decimal(1), at
    near = at + (tokens.lower(at) in {"-", "‑"})
    word = tokens.lower(near)
    if word == "per" and tokens.lower(near + 1) == "cent":
        return "share", Decimal(1), near + 2
    if word in {"us", "square", "sq", "cubic"} and tokens.lower(near + 1) in UNITS:
        kind, factor = UNITS[tokens.lower(near + 1)]
        power = {"us": 1, "square": 2, "sq": 2, "cubic": 3}[word]
        return kind if power == 1 else f"{kind}^{power}", factor**power, near + 2
    # "degrees Celsius", "six consecutive years"
    second = tokens.lower(near + 1)
    if second in UNITS and len(second) > 2 and word not in _NOT_COUNTED and word.isalpha():
        kind, factor = UNITS[second]
        return kind, factor, near + 2
    if word in UNITS:
        kind, factor = UNITS[word]
        return kind, factor, near + 1
    numbered = tokens.lower(at - 2) == "number" if at > 1 else False
    return ORDINAL if numbered else COUNT, Decimal(1), at


def _bound(text: str, start: int, end: int) -> str:
    before = text[max(0, start - 24) : start]
    for sign, pattern in _BOUND_PATTERNS:
        if pattern.search(before):
            return sign
    if _MORE_BEHIND.match(text[end : end + 16]):
        return ">"
    return "<" if _LESS_BEHIND.match(text[end : end + 16]) else ""


def _nouns(tokens: _Tokens, at: int) -> frozenset[str]:
    """Stems of the words behind a number, up to the first that cannot be counted."""
    found: list[str] = []
    for place in range(at, min(at + _NOUN_WORDS + 1, len(tokens.items))):
        word = tokens.lower(place)
        if word == "-" and place == at:
            continue
        if tokens.kind(place) != "word" or word in _NOT_COUNTED or len(found) == _NOUN_WORDS:
            break
        found.append(word)
    return frozenset(stem(found))


def _with_shared_units(text: str, found: list[Quantity]) -> tuple[Quantity, ...]:
    for index in range(len(found) - 2, -1, -1):
        here, following = found[index], found[index + 1]
        bare = here.kind == COUNT and not here.nouns
        between = text[here.span.end : following.span.start]
        if bare and following.kind != ORDINAL and _LISTED.match(between):
            found[index] = replace(here, kind=following.kind, nouns=following.nouns)
            if following.kind in {kind for kind, _ in UNITS.values()}:
                found[index] = replace(found[index], value=here.value * _factor(following))
    return tuple(found)


def _factor(quantity: Quantity) -> Decimal:
    """The factor of the unit that a quantity is written with."""
    last = re.split(r"[\s\d-]+", quantity.text.lower())[-1]
    return UNITS[last][1] if last in UNITS else Decimal(1)
