"""A record of all traffic, to be read when a test has failed."""

from __future__ import annotations

import json
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

LONGEST_BODY = 600


@dataclass(frozen=True, slots=True)
class Entry:
    at_s: float
    direction: str
    what: str
    body: Any = None

    def render(self, started_s: float) -> str:
        line = f"{self.at_s - started_s:8.3f} {self.direction} {self.what}"
        if self.body is None:
            return line
        text = json.dumps(self.body, ensure_ascii=False, default=repr)
        if len(text) > LONGEST_BODY:
            text = f"{text[:LONGEST_BODY]}… ({len(text)} characters)"
        return f"{line}  {text}"


class Transcript:
    """The latest ``capacity`` entries. ``>`` came from the client, ``<`` went to it."""

    def __init__(self, capacity: int = 5_000) -> None:
        self._started_s = time.monotonic()
        self._entries: deque[Entry] = deque(maxlen=capacity)

    def received(self, what: str, body: Any = None) -> None:
        self._entries.append(Entry(time.monotonic(), ">", what, body))

    def sent(self, what: str, body: Any = None) -> None:
        self._entries.append(Entry(time.monotonic(), "<", what, body))

    def note(self, what: str) -> None:
        """Something that was neither sent nor received, such as an injected fault."""
        self._entries.append(Entry(time.monotonic(), "!", what))

    def matching(self, what: str) -> list[Entry]:
        """Entries whose headline contains ``what``, e.g. ``"POST /channels/"``."""
        return [entry for entry in self._entries if what in entry.what]

    def render(self, last: int = 80) -> str:
        shown = list(self._entries)[-last:]
        left_out = len(self._entries) - len(shown)
        head = [f"({left_out} earlier entries)"] if left_out else []
        return "\n".join(head + [entry.render(self._started_s) for entry in shown])
