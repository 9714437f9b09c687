"""The ``document`` option of a command: what is offered, and what was meant."""

from __future__ import annotations

from discord import app_commands
from rapidfuzz import fuzz, process, utils

from index.types import Document

#: Discord's limits for autocompletion.
_MOST_CHOICES = 25
_CHOICE_CHARS = 100
#: Likeness, 0..100, above which a typed title is taken for a document's.
_LIKENESS = 60


def document_choices(documents: tuple[Document, ...], typed: str) -> list[app_commands.Choice[str]]:
    """What to offer for what is typed so far."""
    return [
        app_commands.Choice(name=_short(document.title), value=value_of(document))
        for document in _ranked(documents, typed)[:_MOST_CHOICES]
    ]


def find_document(documents: tuple[Document, ...], chosen: str) -> frozenset[str]:
    """The document that was chosen, or typed by id or title; empty when there is none."""
    for document in documents:
        if chosen in {document.id, document.title, value_of(document)}:
            return frozenset({document.id})
    ranked = _ranked(documents, chosen)
    return frozenset({ranked[0].id} if chosen.strip() and ranked else ())


def value_of(document: Document) -> str:
    """What stands for a document in a choice: its id, or its hash where that is too long."""
    return document.id if len(document.id) <= _CHOICE_CHARS else document.sha256


def _short(title: str) -> str:
    flat = " ".join(title.split()) or "Untitled"
    return flat if len(flat) <= _CHOICE_CHARS else flat[: _CHOICE_CHARS - 1] + "…"


def _ranked(documents: tuple[Document, ...], typed: str) -> list[Document]:
    """All documents when nothing is typed, else those like it, the likest first."""
    if not typed.strip():
        return sorted(documents, key=lambda document: document.title.casefold())
    names = [f"{document.title} {document.id}" for document in documents]
    found = process.extract(
        typed,
        names,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=_MOST_CHOICES,
        score_cutoff=_LIKENESS,
    )
    return [documents[index] for _, _, index in found]
