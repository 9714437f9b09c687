"""Where the time of a question goes."""

from __future__ import annotations

import time
from collections.abc import Mapping


class Clock:
    """Milliseconds by stage."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        """Ends ``stage``, or a further part of it; the next begins."""
        now = time.perf_counter()
        spent = (now - self._last) * 1000
        self._laps[stage] = round(self._laps.get(stage, 0.0) + spent, 2)
        self._last = now

    def stop(self) -> Mapping[str, float]:
        """The stages so far, and the ``total`` since the clock was made."""
        return self._laps | {"total": round((time.perf_counter() - self._start) * 1000, 2)}
