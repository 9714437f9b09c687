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


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph. ``first`` stands before it, ``rest`` before the lines that wrapping adds."""

    pieces: tuple[Piece, ...] = ()
    first: str = ""
    rest: str = ""


Page = tuple[Line, ...]
BLANK = Line()


def line(*pieces: Piece | str, first: str = "", rest: str | None = None) -> Line:
    """A line from pieces; a string is a plain one. ``rest`` defaults to ``first``."""
    made = tuple(Piece(piece) if isinstance(piece, str) else piece for piece in pieces)
    return Line(made, first, first if rest is None else rest)


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
