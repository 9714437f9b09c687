"""The documents that are answered from: the welcome, and what ``/sources`` lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from bot.terminal.examples import EXAMPLES_KEY
from bot.terminal.exits import UsageError
from bot.terminal.page import Line, Page, faint, item, line, marker, stack, strong, title
from bot.terminal.wording import counted
from index.types import Document

#: Titles that the welcome names before it only counts.
TITLES_SHOWN = 3
#: Documents that are named where another one was asked for.
_MOST_NAMED = 5


def welcome_page(documents: Sequence[Document], examples: Sequence[str]) -> Page:
    """The first thing that is seen: what is answered from, and what may be asked."""
    shown = [line(strong(d.title), first="  ") for d in documents[:TITLES_SHOWN]]
    if len(documents) > TITLES_SHOWN:
        shown.append(line(faint(f"and {len(documents) - TITLES_SHOWN} more"), first="  "))
    tries = [item(marker("  › "), question) for question in examples]
    return stack(
        (line(title("Footnote"), " answers from"), *shown),
        (line("Ask, for example:"), *tries) if tries else (),
        (line(faint("/help lists the commands. Ctrl-D leaves.")),),
    )


def documents_page(documents: Sequence[Document], passage_counts: Mapping[str, int]) -> Page:
    """Every document with its date and its size, and the size of the whole."""
    rows: list[Line] = []
    for number, document in enumerate(documents, start=1):
        label = f"{number:2}. "
        rows.append(item(marker(label), strong(document.title)))
        facts = _facts(document, passage_counts[document.id])
        rows.append(line(faint(" · ".join(facts)), first=" " * len(label)))
    passages = counted(sum(passage_counts.values()), "passage")
    total = f"{counted(len(documents), 'document')}, {passages}"
    return stack(rows, (line(faint(total)),))


def document_page(document: Document, passages: int) -> Page:
    """All that is known about one document, which is cut into so many ``passages``."""
    facts = [
        ("file", document.source),
        ("published", document.published.isoformat() if document.published else "unknown"),
        ("language", document.language or "unknown"),
        ("characters", f"{len(document.text):,}"),
        ("passages", f"{passages:,}"),
        ("sha256", document.sha256),
        *sorted(item for item in document.metadata.items() if item[0] != EXAMPLES_KEY),
    ]
    return (
        line(strong(document.title)),
        *(item(faint(f"  {name:<11}"), value) for name, value in facts),
    )


def _facts(document: Document, passages: int) -> list[str]:
    published = document.published.isoformat() if document.published else "no date"
    size = f"{len(document.text):,} characters"
    return [document.id, published, size, counted(passages, "passage")]


def find_document(documents: tuple[Document, ...], wanted: str) -> Document:
    """By number, id or title, forgiving misspellings. Raises UsageError for an unknown one."""
    if wanted.isdecimal() and 1 <= int(wanted) <= len(documents):
        return documents[int(wanted) - 1]
    names = dict(enumerate(_names(documents)))
    match = process.extractOne(
        wanted, names, scorer=fuzz.WRatio, processor=str.casefold, score_cutoff=60
    )
    if match is None:
        known = ", ".join(document.id for document in documents[:_MOST_NAMED])
        more = " and others" if len(documents) > _MOST_NAMED else ""
        raise UsageError(f"There is no document {wanted}.", cure=f"There is: {known}{more}.")
    return documents[match[2] // 2]


def _names(documents: tuple[Document, ...]) -> list[str]:
    return [name for document in documents for name in (document.id, document.title)]
