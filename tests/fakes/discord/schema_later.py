"""A schema for measurements: it looks at everything, but not while the watch is running."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.schema import Schema, read_document


class PostponedSchema(Schema):
    """Keeps one payload of each shape, and validates them when it is asked to.

    Validating a new shape takes up to some tenths of a second, for which the loopback Discord
    would deliver nothing and time nothing rightly.
    """

    def __init__(self) -> None:
        super().__init__(read_document())
        self._pending: dict[tuple[str, object], tuple[str, Any]] = {}

    def _check(self, pointer: str, body: Any) -> str | None:
        self._pending.setdefault((pointer, self._abstraction.shape(body)), (pointer, body))
        return None

    def findings(self) -> Iterator[str]:
        """What was wrong with all that was looked at."""
        for pointer, body in self._pending.values():
            problem = self._validate(pointer, body)
            if problem is not None:
                yield f"{pointer}: {problem}"
