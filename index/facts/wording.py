"""An entry in one line of plain text, every part of it with the marker of its proof."""

from __future__ import annotations

from collections.abc import Callable, Iterable

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
_LABELS = {
    DetailKind.ALIAS: "also",
    DetailKind.OF: "for",
    DetailKind.BEFORE: "before",
    DetailKind.AFTER: "after",
}


def first_line(kind: FactKind, count: int) -> str:
    """ "3 people", above a list."""
    return f"{count} {_PLURALS[kind][count != 1]}:"


def describe(fact: Fact, cite: Citer, *, whole: bool = False) -> str:
    """The entry and its details; in a list only those that stand in the sentence of the entry,
    or the first."""
    mark = cite(fact.sentence, fact.name.span)
    if fact.kind in {FactKind.QUOTATION, FactKind.POST}:
        return f"{_spoken(fact)} {mark}"
    if fact.kind is FactKind.DATE:
        return f"{_dated(fact)} {mark}"
    details = list(fact.details) if whole else _brief(fact)
    here = [d for d in details if d.sentence == fact.sentence and _says_more(fact, d)]
    there = [d for d in details if d.sentence != fact.sentence]
    parts = [f"{_flat(fact.name.text)}{_said(here)} {mark}"]
    parts += [f"{_label(d)} {cite(d.sentence, d.excerpt.span)}" for d in there]
    return "; ".join(parts)


def _brief(fact: Fact) -> list[Detail]:
    """What a list shows of an entry: no aliases, and one role."""
    shown = [d for d in fact.details if d.kind is not DetailKind.ALIAS]
    if fact.kind is FactKind.PERSON:
        here = [d for d in shown if d.sentence == fact.sentence]
        return (here or shown)[:1]
    return shown


def _says_more(fact: Fact, detail: Detail) -> bool:
    """Whether a detail adds to the name: "members" does not to "31 members"."""
    return detail.kind is not DetailKind.MEASURES or _flat(detail.excerpt.text) not in _flat(
        fact.name.text
    )


def _said(details: Iterable[Detail]) -> str:
    text = "; ".join(_label(detail) for detail in details)
    return f": {text}" if text else ""


def _label(detail: Detail) -> str:
    label = _LABELS.get(detail.kind)
    text = _flat(detail.excerpt.text)
    return f"{label} {text}" if label else text


def _spoken(fact: Fact) -> str:
    who = [*fact.texts(DetailKind.SPEAKER), *fact.texts(DetailKind.AUTHOR)]
    when = fact.texts(DetailKind.POSTED)
    said = f"“{_flat(fact.name.text)}”"
    return " ".join([said, *(f"— {', '.join(map(_flat, [*who, *when]))}" for _ in who[:1])])


def _dated(fact: Fact) -> str:
    name = _flat(fact.name.text)
    value = fact.value
    if value is not None and (fact.relative or value not in name) and not value.startswith("T"):
        name += f" ({value.replace('/', ' to ').replace('T', ' ')})"
    event = fact.texts(DetailKind.EVENT)
    if event and _flat(event[0]).startswith(name):
        return _flat(event[0])
    return f"{name}: {_flat(event[0])}" if event else name


def _flat(text: str) -> str:
    return " ".join(text.split())
