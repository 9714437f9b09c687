"""What is shown, before it is known where: lines made of pieces with a tone each.

Rendering builds pages, a :class:`~bot.terminal.screen.Screen` shows them. A page reads in order
and makes sense without any colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Tone(StrEnum):
    """What a piece of text is, for the eye."""

    PLAIN = "plain"
    STRONG = "strong"
    TITLE = "title"
    MARKER = "marker"
    FAINT = "faint"
    WARNING = "warning"
    GOOD = "good"


class Piece(NamedTuple):
    """Text of one tone. It may hold anything; the screen makes it harmless."""

    text: str
    tone: Tone = Tone.PLAIN


NOTHING = Piece("")


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``first`` stands before it, ``rest`` before the lines that wrapping adds;
    both take the same room."""

    pieces: tuple[Piece, ...] = ()
    first: Piece = NOTHING
    rest: str = ""


Page = tuple[Line, ...]
BLANK = Line()


def line(*pieces: Piece | str, first: str = "") -> Line:
    """A line from pieces, every row of it after ``first``; a string is a plain piece."""
    return Line(_made(pieces), faint(first), first)


def item(label: Piece | str, *pieces: Piece | str) -> Line:
    """A line from pieces beside ``label``, its rows under one another."""
    (first,) = _made((label,))
    return Line(_made(pieces), first, " " * len(first.text))


def _made(pieces: Sequence[Piece | str]) -> tuple[Piece, ...]:
    return tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces)


def faint(text: str) -> Piece:
    return Piece(text, Tone.FAINT)


def strong(text: str) -> Piece:
    return Piece(text, Tone.STRONG)


def title(text: str) -> Piece:
    return Piece(text, Tone.TITLE)


def marker(text: str) -> Piece:
    return Piece(text, Tone.MARKER)


def warning(text: str) -> Piece:
    return Piece(text, Tone.WARNING)


def good(text: str) -> Piece:
    return Piece(text, Tone.GOOD)


def stack(*parts: Sequence[Line]) -> Page:
    """Pages under each other, with one blank line between those that are not empty."""
    page: list[Line] = []
    for part in parts:
        if part and page:
            page.append(BLANK)
        page.extend(part)
    return tuple(page)
