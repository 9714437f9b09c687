"""Where pages are shown: a terminal, through rich, or a plain stream for files and pipes.

Everything that a front end prints for people passes a screen, and a screen passes every piece
through :func:`~bot.terminal.safety.visible`. Rich markup is never parsed.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol, TextIO

from bot.terminal.output import output_errors
from bot.terminal.page import Line, Tone
from bot.terminal.safety import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

#: Longer lines are hard to read, however wide the window is.
MAX_WIDTH = 100
#: Narrower windows get lines of this width, wrapped by the terminal.
MIN_WIDTH = 16

_STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.TITLE: "bold cyan",
    Tone.MARKER: "cyan",
    Tone.FAINT: "dim",
    Tone.WARNING: "yellow",
    Tone.GOOD: "green",
}


class Screen(Protocol):
    """Shows pages."""

    def show(self, page: Iterable[Line]) -> None:
        """Raises OutputError."""
        ...

    def preview(self) -> AbstractContextManager[Callable[[Iterable[Line]], None]]:
        """A place for pages that are seen for a while, each in place of the one before; none is
        left at the end. Nothing is shown where nobody looks."""
        ...


class PlainScreen:
    """Plain text without wrapping, so that a line can be searched for."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def show(self, page: Iterable[Line]) -> None:
        with output_errors():
            for line in page:
                text = "".join(visible(piece.text) for piece in (line.first, *line.pieces))
                self._stream.write(text.rstrip() + "\n")
            self._stream.flush()

    def preview(self) -> AbstractContextManager[Callable[[Iterable[Line]], None]]:
        return nullcontext(lambda page: None)


class RichScreen:
    """A terminal: wrapped to its width, bold and colour where it has them."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def show(self, page: Iterable[Line]) -> None:
        with output_errors():
            for line in page:
                for row in self._rows(line):
                    self._console.print(row, no_wrap=True, overflow="ignore", crop=False)

    @contextmanager
    def preview(self) -> Iterator[Callable[[Iterable[Line]], None]]:
        from rich.console import Group
        from rich.live import Live

        live = Live(console=self._console, transient=True, auto_refresh=False)

        def show(page: Iterable[Line]) -> None:
            with output_errors():
                if not live.is_started:
                    live.start()
                live.update(
                    Group(*(row for line in page for row in self._rows(line))), refresh=True
                )

        try:
            yield show
        finally:
            live.stop()

    def _rows(self, line: Line) -> list[Text]:
        from rich.text import Text

        pieces = [(visible(piece.text), _STYLES[piece.tone]) for piece in line.pieces]
        width = max(min(_width(self._console), MAX_WIDTH) - len(line.rest), MIN_WIDTH)
        first = (visible(line.first.text), _STYLES[line.first.tone])
        wrapped = Text.assemble(*pieces).wrap(self._console, width)
        return [
            _trimmed(Text.assemble(first if number == 0 else (line.rest, "dim"), row))
            for number, row in enumerate(wrapped)
        ]


def _width(console: Console) -> int:
    # Rich takes every dumb terminal to be 80 columns wide.
    return shutil.get_terminal_size().columns if console.is_dumb_terminal else console.width


def _trimmed(row: Text) -> Text:
    row.rstrip()
    return row


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person looks at ``stream``; False for a stream that is closed or missing."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def open_screen(stream: TextIO | None = None, *, styled: bool = True) -> Screen:
    """The screen for ``stream`` (default: standard output). ``styled=False`` allows no bold and
    no colour even on a terminal. ``NO_COLOR`` and ``TERM=dumb`` are honoured."""
    stream = sys.stdout if stream is None else stream
    if not is_terminal(stream):
        return PlainScreen(stream)
    from rich.console import Console

    plain = not styled or os.environ.get("TERM") in {"dumb", "unknown"}
    console = Console(
        file=stream,
        color_system=None if plain else "auto",
        highlight=False,
        markup=False,
        emoji=False,
    )
    return RichScreen(console)
