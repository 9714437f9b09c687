"""The time that the loopback Discord goes by, which a test may move forward."""

from __future__ import annotations

import time
from datetime import UTC, datetime


class Clock:
    """Unix time in seconds, plus whatever a test has advanced it by.

    Deadlines (3 s, 15 min) and timestamps follow it; rate-limit windows and heartbeats do not,
    because the client really sleeps through those.
    """

    def __init__(self) -> None:
        self._ahead_s = 0.0

    def now(self) -> float:
        return time.time() + self._ahead_s

    def advance(self, seconds: float) -> None:
        if seconds < 0:
            raise ValueError("Discord's clock only goes forward")
        self._ahead_s += seconds

    def stamp(self) -> str:
        """The present in the form of Discord's timestamps."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat(timespec="microseconds")
