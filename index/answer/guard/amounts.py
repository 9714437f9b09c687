"""Whether the quantities of a claim stand in its evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from index.answer.guard.finding import Finding, contradicted, missing
from index.answer.guard.quantities import COUNT, ORDINAL, Quantity
from index.answer.guard.wording import Wording, same_matter

#: Kinds that a looser one may stand for.
_NARROWER = {"degree": ("celsius", "fahrenheit")}
#: "about 90" is borne out by 86 to 94.
ABOUT = Decimal("0.05")
#: "nearly" and "over" are borne out by a number at most so many times as large.
FAR = Decimal(2)


def check_amounts(
    claim: Wording, evidence: Wording, said: Sequence[Quantity], quoted: Sequence[Quantity]
) -> Iterator[Finding]:
    """What is wrong with the quantities ``said`` by the claim, given those ``quoted``."""
    for quantity in said:
        if quantity.weak:
            continue
        fitting = [q for q in quoted if _bears_out(quantity, q)]
        if not fitting:
            yield _objection(quantity, quoted, same=same_matter(claim, evidence))
        elif crossed := _crossed(quantity, fitting, quoted):
            yield crossed
    yield from _turned_change(claim, evidence, said, quoted)


def _bears_out(said: Quantity, quoted: Quantity) -> bool:
    if said.kind != quoted.kind and quoted.kind not in _NARROWER.get(said.kind, ()):
        return False
    low, high = sorted((abs(said.value), abs(quoted.value)))
    if said.bound == "~":
        return high - low <= ABOUT * high
    if said.bound in {"<", ">"}:
        if quoted.bound == said.bound and said.value == quoted.value:
            return True
        beyond = quoted.value > said.value if said.bound == ">" else quoted.value < said.value
        opposite = quoted.bound in {"<", ">"} and quoted.bound != said.bound
        return beyond and not opposite and high <= FAR * low
    return _equal(said, quoted.value)


def _equal(said: Quantity, value: Decimal) -> bool:
    """Equal, or equal once rounded as "1.2 million" rounds 1,234,567."""
    if said.value == value:
        return True
    if "." not in said.text and said.value % 1 == 0 and said.kind not in {"length", "mass"}:
        return False
    digits = len(re.sub(r"\D", "", said.text).lstrip("0"))
    return digits >= 2 and abs(said.value - value) <= abs(value) * Decimal(10) ** (1 - digits) / 2


def _objection(said: Quantity, quoted: Sequence[Quantity], *, same: bool) -> Finding:
    rivals = [q for q in quoted if _rivals(said, q)]
    if rivals and same:
        return contradicted(f"It says {_shown(said)}; the quote says {_shown(rivals[0])}.")
    equal = [q for q in quoted if q.value == said.value and q.kind != said.kind]
    if equal and same:
        return contradicted(f"It says {_shown(said)}; the quote says {_shown(equal[0])}.")
    return missing(f"The quote does not say {_shown(said)}.")


def _rivals(said: Quantity, quoted: Quantity) -> bool:
    """Whether the two measure the same, so that one excludes the other."""
    if said.kind != quoted.kind:
        return False
    if said.kind in {COUNT, ORDINAL}:
        return bool(said.nouns & quoted.nouns) or (said.kind == COUNT and not said.nouns)
    return True


def _crossed(
    said: Quantity, fitting: Sequence[Quantity], quoted: Sequence[Quantity]
) -> Finding | None:
    """The right number for the wrong thing: "24% on the EU" where the quote has 20% on the EU and
    24% on Japan; "four goals" where it has three goals and four assists."""
    for attached in (lambda q: frozenset({q.of} if q.of else ()), lambda q: q.nouns):
        mine = attached(said)
        if not mine or not all(attached(q) for q in fitting):
            continue
        if any(mine & attached(q) for q in fitting):
            continue
        others = [q for q in quoted if mine & attached(q) and q.kind == said.kind]
        if others and said.kind != ORDINAL:
            return contradicted(f"It says {_shown(said)}; the quote says {_shown(others[0])}.")
    return None


_CHANGE = re.compile(r"\bfrom\b[^.;]{0,40}?\Z", re.IGNORECASE)


def _change(text: Wording, found: Sequence[Quantity]) -> tuple[Decimal, Decimal] | None:
    """Before and after, of "from 26% to 10%", "10%, down from 26%"."""
    for first, second in pairwise(found):
        before = text.text[max(0, first.span.start - 24) : first.span.start]
        between = text.text[first.span.end : second.span.start]
        if first.kind != second.kind or len(between) > 60:
            continue
        if re.search(r"\b(?:down|up|reduced|raised|increased|cut)?\s*from\b", between):
            return second.value, first.value
        if re.search(r"\bto\b", between) and re.search(r"\bfrom\s+\S*\s*\Z", before):
            return first.value, second.value
    return None


def _turned_change(
    claim: Wording, evidence: Wording, said: Sequence[Quantity], quoted: Sequence[Quantity]
) -> Iterator[Finding]:
    mine, theirs = _change(claim, said), _change(evidence, quoted)
    if mine and theirs and mine[0] != mine[1] and mine == theirs[::-1]:
        yield contradicted("The quote tells this change the other way round.")


def _shown(quantity: Quantity) -> str:
    bound = {"<": "at most ", ">": "more than ", "~": "about "}.get(quantity.bound, "")
    of = f" for {quantity.of}" if quantity.of else ""
    return f"“{bound}{quantity.text}{of}”"
