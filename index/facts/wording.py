"""An entry in one line of plain text, every part of it with the marker of its proof."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from index.facts.types import Detail, DetailKind, Fact, FactKind
from index.types import Span

#: Cites a sentence, with the part to stress, and returns its "[n]".
Citer = Callable[[Span, Span | None], str]

_PLURALS = {
    FactKind.PERSON: ("person", "people"),
    FactKind.PLACE: ("place", "places"),
    FactKind.ORGANISATION: ("organisation", "organisations"),
    FactKind.DATE: ("date or time", "dates and times"),
    FactKind.FIGURE: ("figure", "figures"),
    FactKind.QUOTATION: ("quotation", "quotations"),
    FactKind.POST: ("embedded post", "embedded posts"),
}
#: Characters shown before and behind an entry that nothing else explains.
AROUND_CHARS = 40
#: Marks of bold print in Markdown. They are the document's; a line about it needs none.
_BOLD = re.compile(r"\*\*|__")
#: A month in letters tells the order of a date's parts.
_SPELT_OUT = re.compile(r"[^\W\d_]{3}")


def plural(kind: FactKind, count: int) -> str:
    """ "3 people"."""
    return f"{count} {_PLURALS[kind][count != 1]}"


def describe(fact: Fact, text: str, cite: Citer, *, whole: bool = False) -> str:
    """The entry with what its own sentence says of it; of a person one role. ``whole``: with the
    words around it where no sentence says anything; :func:`listed` has the rest. ``text`` is that
    of the document."""
    if fact.kind in {FactKind.QUOTATION, FactKind.POST}:
        return _spoken(fact, cite)
    mark = cite(fact.sentence, fact.name.span)
    if fact.kind is FactKind.DATE:
        return f"{_dated(fact)} {mark}"
    if fact.kind is FactKind.FIGURE:
        return f"{_figure(fact, text)} {mark}"
    said = [d for d in fact.details if d.kind in {DetailKind.ROLE, DetailKind.SORT}]
    here = [d for d in said if d.sentence == fact.sentence][:1]
    there = [] if here or whole else said[:1]
    if whole and not said:
        return f"{flat_name(fact)}: {_around(fact, text)} {mark}"
    line = f"{flat_name(fact)}{''.join(f': {flat(d.excerpt.text)}' for d in here)} {mark}"
    return "; ".join([line, *_cited(there, cite)])


def listed(fact: Fact, cite: Citer) -> tuple[list[str], list[str]]:
    """The other roles of a person or sorts of a place, and the other names, each cited."""
    said = [d for d in fact.details if d.kind in {DetailKind.ROLE, DetailKind.SORT}]
    first = next((d for d in said if d.sentence == fact.sentence), None)
    aliases = [d for d in fact.details if d.kind is DetailKind.ALIAS]
    return _cited((d for d in said if d is not first), cite), _cited(aliases, cite)


def _cited(details: Iterable[Detail], cite: Citer) -> list[str]:
    return [f"{flat(d.excerpt.text)} {cite(d.sentence, d.excerpt.span)}" for d in details]


def _figure(fact: Fact, text: str) -> str:
    """ "10%: reciprocal tariff, down from 20%, 24% and 25%"; where no detail tells what it is,
    with the words around it."""
    name = flat_name(fact)
    if not fact.details:
        return f"{name}: {_around(fact, text)}"
    said = [flat(text) for text in fact.texts(DetailKind.MEASURES) if flat(text) not in name]
    said += [f"for {flat(text)}" for text in fact.texts(DetailKind.OF)]
    before = fact.texts(DetailKind.BEFORE)
    if before:
        said.append(f"{_direction(fact, before)} {enumeration(map(flat, before))}")
    said += [f"later {flat(text)}" for text in fact.texts(DetailKind.AFTER)]
    return f"{name}: {', '.join(said)}" if said else name


def _around(fact: Fact, text: str) -> str:
    """The words of the sentence about the entry's name, cut between words."""
    start = max(fact.sentence.start, fact.name.start - AROUND_CHARS)
    end = min(fact.sentence.end, fact.name.end + AROUND_CHARS)
    while start > fact.sentence.start and not text[start - 1].isspace():
        start -= 1
    while end < fact.sentence.end and not text[end].isspace():
        end += 1
    opening = "… " if start > fact.sentence.start else ""
    closing = " …" if end < fact.sentence.end else ""
    return f"{opening}{flat(text[start:end])}{closing}"


def _direction(fact: Fact, before: Iterable[str]) -> str:
    """ "down from" or "up from" where all earlier values are on one side, else "before"."""
    try:
        now = Decimal(fact.value or "")
        values = [Decimal(_digits(text)) for text in before]
    except InvalidOperation:
        return "before"
    if all(value > now for value in values):
        return "down from"
    return "up from" if all(value < now for value in values) else "before"


def _digits(text: str) -> str:
    """The number in a plain figure such as "20%"; nothing where words or marks could change it."""
    found = re.fullmatch(r"[£$€]?(\d+(?:\.\d+)?)\s?(?:%|[a-z ]*)", text)
    return found[1] if found else ""


def enumeration(parts: Iterable[str], link: str = "and") -> str:
    """ "20%, 24% and 25%"; nothing for no parts."""
    *some, last = list(parts) or [""]
    return f"{', '.join(some)} {link} {last}" if some else last


def _spoken(fact: Fact, cite: Citer) -> str:
    said = f"“{flat_name(fact)}”"
    who = [d for d in fact.details if d.kind in {DetailKind.SPEAKER, DetailKind.AUTHOR}]
    mark = cite(fact.sentence, fact.name.span)
    if not who:
        return f"{said} {mark}"
    speaker, *named = who
    by = flat(speaker.excerpt.text)
    when = "".join(f", {flat(text)}" for text in fact.texts(DetailKind.POSTED))
    if not named:
        return f"{said} — {by}{when} {mark}"
    # "he", and whom the text named before.
    name = flat(named[0].excerpt.text)
    other = cite(named[0].sentence, named[0].excerpt.span)
    return f"{said} — {name} ({by}) {mark}{f' {other}' if other != mark else ''}"


def _dated(fact: Fact) -> str:
    name = flat_name(fact)
    value = fact.value
    unclear = fact.relative or not _SPELT_OUT.search(name)
    if value is not None and unclear and value not in name and not value.startswith("T"):
        name += f" ({value.replace('/', ' to ').replace('T', ' ')})"
    event = fact.texts(DetailKind.EVENT)
    if event and flat(event[0]).startswith(name):
        return flat(event[0])
    return f"{name}: {flat(event[0])}" if event else name


def flat_name(fact: Fact) -> str:
    """What the entry is called, in one line."""
    return flat(fact.name.text)


def flat(text: str) -> str:
    """Text of the document in one line, without marks of bold print."""
    return " ".join(_BOLD.sub("", text).split())
