"""Discord's ids: 64-bit integers whose upper bits are milliseconds since 2015."""

from __future__ import annotations

from tests.fakes.discord.clock import Clock

EPOCH_MS = 1_420_070_400_000


class Snowflakes:
    """Hands out ids that never repeat and always grow."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        by_time = (int(self._clock.now() * 1000) - EPOCH_MS) << 22
        self._last = max(self._last + 1, by_time)
        return self._last
