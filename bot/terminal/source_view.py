"""A quote in its surroundings: what ``/source 1`` opens."""

from __future__ import annotations

from dataclasses import dataclass

from bot.terminal.page import (
    Line,
    Page,
    Piece,
    Tone,
    faint,
    item,
    line,
    marker,
    stack,
    title,
    warning,
)
from bot.terminal.rendering import cut, place_pieces
from index.types import Citation, Document, Hit, Span

#: Text shown before and after the quote, in characters.
CONTEXT_CHARS = 400


@dataclass(frozen=True, slots=True)
class Place:
    """A quote and where it stands."""

    label: str
    title: str
    heading: str | None
    document_id: str
    #: Of the document as it was cited; None where the place is not a citation.
    document_sha256: str | None
    span: Span
    quote: str
    highlight: Span | None = None


def cited(citation: Citation) -> Place:
    return Place(
        label=f"[{citation.number}]",
        title=citation.title,
        heading=citation.passage.heading,
        document_id=citation.document_id,
        document_sha256=citation.document_sha256,
        span=Span(citation.start, citation.end),
        quote=citation.quote,
        highlight=citation.highlight,
    )


def retrieved(number: int, hit: Hit, title: str) -> Place:
    passage = hit.passage
    return Place(
        label=f"{number}.",
        title=title,
        heading=passage.heading,
        document_id=passage.document_id,
        document_sha256=None,
        span=Span(passage.start, passage.end),
        quote=passage.text,
    )


def source_page(place: Place, document: Document | None) -> Page:
    """Where the quote stands, the text before it, the quote, the text after it."""
    current = document if _still_there(place, document) else None
    head = [item(marker(f"{place.label} "), *place_pieces(title(place.title), place.heading))]
    if current is None:
        head.append(line(warning("The source has changed since; this is the quote as it was.")))
        return stack(head, _quote(place))
    head.append(line(faint(_position(place, current))))
    return stack(
        head,
        _context(_before(current.text, place.span.start)),
        _quote(place),
        _context(_after(current.text, place.span.end)),
    )


def _still_there(place: Place, document: Document | None) -> bool:
    if document is None:
        return False
    if place.document_sha256 not in {None, document.sha256}:
        return False
    return document.text[place.span.start : place.span.end] == place.quote


def _position(place: Place, document: Document) -> str:
    row = document.text.count("\n", 0, place.span.start) + 1
    return (
        f"{document.source}, line {row}, "
        f"characters {place.span.start}–{place.span.end} of {len(document.text)}"
    )


def _quote(place: Place) -> Page:
    """The quote behind a bar, its short answer strong; the bar reads without colour too."""
    toned = []
    if place.highlight is not None:
        shift = place.span.start
        toned.append(
            (Span(place.highlight.start - shift, place.highlight.end - shift), Tone.STRONG)
        )
    rows: list[Line] = []
    pieces: list[Piece] = []
    for piece in cut(place.quote, toned):
        head, *others = piece.text.split("\n")
        pieces.append(Piece(head, piece.tone))
        for other in others:
            rows.append(line(*pieces, first="│ "))
            pieces = [Piece(other, piece.tone)]
    return (*rows, line(*pieces, first="│ "))


def _context(text: str) -> Page:
    return tuple(line(faint(row.strip())) for row in text.split("\n") if row.strip())


def _before(text: str, end: int) -> str:
    start = max(0, end - CONTEXT_CHARS)
    if start == 0:
        return text[:end]
    cut_text = text[start:end]
    return "…" + (cut_text.partition(" ")[2] or cut_text)


def _after(text: str, start: int) -> str:
    end = start + CONTEXT_CHARS
    if end >= len(text):
        return text[start:]
    cut_text = text[start:end]
    return (cut_text.rpartition(" ")[0] or cut_text) + "…"
