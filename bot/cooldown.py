"""How often one user may ask."""

from __future__ import annotations

import time
from collections.abc import Callable

from bot.errors import CoolingDown

#: Questions that may come at once: a thought, its correction, a follow-up, and one to spare.
BURST = 4
#: Users remembered; full buckets are forgotten first, which changes nothing for them.
MOST_USERS = 10_000


class Cooldown:
    """A bucket of :data:`BURST` questions for each user, refilled with one every
    ``seconds`` (0: no limit). The clock is monotonic: it does not jump."""

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._buckets: dict[int, tuple[float, float]] = {}

    def take(self, user: int) -> None:
        """Count one question of ``user``. Raises CoolingDown when the bucket is empty."""
        if self._seconds <= 0:
            return
        now = self._clock()
        level, at = self._buckets.get(user, (float(BURST), now))
        level = min(float(BURST), level + (now - at) / self._seconds)
        if level < 1:
            raise CoolingDown((1 - level) * self._seconds)
        self._buckets[user] = (level - 1, now)
        if len(self._buckets) > MOST_USERS:
            self._forget(now)

    def _forget(self, now: float) -> None:
        full_after_s = BURST * self._seconds
        fresh = {u: b for u, b in self._buckets.items() if now - b[1] < full_after_s}
        newest = sorted(fresh.items(), key=lambda item: item[1][1])[-MOST_USERS // 2 :]
        self._buckets = dict(newest)
