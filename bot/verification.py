"""Whether answers that were given still rest on what the documents say today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Protocol

from bot.ledger import AnswerRecord
from index.types import Document, Status


class Quoted(Protocol):
    """What a citation says of its place, in code points of its document."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...

    @property
    def quote(self) -> str: ...


class Standing(IntEnum):
    """How a quote fares, best first."""

    STANDS = 0
    #: Word for word, but no longer at its old place.
    MOVED = 1
    CHANGED = 2
    #: Its document is no longer among the sources.
    GONE = 3


def standing(citation: Quoted, document: Document | None) -> Standing:
    """``document`` is the one that was cited, as it is today."""
    if document is None:
        return Standing.GONE
    if document.text[citation.start : citation.end] == citation.quote:
        return Standing.STANDS
    return Standing.MOVED if citation.quote in document.text else Standing.CHANGED


@dataclass(frozen=True, slots=True)
class Fallen:
    """An answer that lost a quote: the worst of what happened to its quotes."""

    record: AnswerRecord
    standing: Standing


@dataclass(slots=True)
class Verification:
    """Counts answers by the worst standing among their quotes, and keeps those that fell."""

    counts: Counter[Standing] = field(default_factory=Counter)
    fallen: list[Fallen] = field(default_factory=list)

    @property
    def answers(self) -> int:
        return self.counts.total()

    def add(
        self, records: Iterable[AnswerRecord], document_of: Callable[[str], Document | None]
    ) -> None:
        """Look at each of ``records`` that quotes something."""
        for record in records:
            cited = record.answer.citations
            if record.answer.status is not Status.ANSWERED or not cited:
                continue
            worst = max(standing(c, document_of(c.document_id)) for c in cited)
            self.counts[worst] += 1
            if worst >= Standing.CHANGED:
                self.fallen.append(Fallen(record, worst))
