"""Writing to standard output, with failures told from those of everything else."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


class OutputError(Exception):
    """Standard output cannot be written: nobody reads it any more, or the disk is full."""

    def __init__(self, reason: OSError) -> None:
        super().__init__(reason)
        self.reason = reason


@contextmanager
def output_errors() -> Iterator[None]:
    """Turns an OSError into an OutputError."""
    try:
        yield
    except OSError as error:
        raise OutputError(error) from None


def write_line(text: str) -> None:
    """Writes ``text`` and a line end to standard output, at once. Raises OutputError."""
    with output_errors():
        sys.stdout.write(text + "\n")
        sys.stdout.flush()
