"""What an entry must bear out: its excerpts are verbatim, and stand in the sentences cited."""

from __future__ import annotations

from collections.abc import Iterable

from index.facts.types import Excerpt, Fact, FactKind
from index.types import Document, Span

#: Shorter, a name says nothing.
MIN_NAME_CHARS = {FactKind.PERSON: 2, FactKind.PLACE: 2, FactKind.ORGANISATION: 2}


def proven(document: Document, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The entries that hold, without the details that do not."""
    kept: list[Fact] = []
    for fact in facts:
        if faults(document, fact):
            continue
        kept.append(fact)
    return tuple(kept)


def faults(document: Document, fact: Fact) -> list[str]:
    """What is wrong with the proof of ``fact``; empty if it holds."""
    found: list[str] = []
    rows = [(fact.name, fact.sentence), *((d.excerpt, d.sentence) for d in fact.details)]
    for excerpt, sentence in rows:
        if document.text[excerpt.start : excerpt.end] != excerpt.text or not excerpt.text.strip():
            found.append(f"{excerpt.text!r} is not what the document says there")
        if not _inside(excerpt, sentence):
            found.append(f"{excerpt.text!r} is not in the sentence cited for it")
    if len(fact.name.text) < MIN_NAME_CHARS.get(fact.kind, 1):
        found.append(f"{fact.name.text!r} is too short to be a name")
    if fact.sentence not in fact.mentions and fact.kind not in {FactKind.QUOTATION, FactKind.POST}:
        found.append(f"{fact.name.text!r} is not among its own mentions")
    return found


def _inside(excerpt: Excerpt, sentence: Span) -> bool:
    return sentence.start <= excerpt.start < excerpt.end <= sentence.end
