"""A circuit breaker: a model that fails is left alone for a while, so that nobody waits for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from index.errors import LlmError

#: Failures in a row after which no call is made for a while.
MOST_FAILURES = 3
#: The first pause; it doubles with every trial that fails.
FIRST_PAUSE_S = 15.0
LONGEST_PAUSE_S = 600.0


class Breaker:
    """Closed: calls pass. Open: they are refused until the pause is over, then one may try.

    A failure that lasts (a wrong key) opens it at once. Thread-safe.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause_s = FIRST_PAUSE_S
        self._shut_until: float | None = None
        self._last: LlmError | None = None
        #: Whether it is not yet known how the last trial went.
        self._on_trial = False

    def check(self) -> None:
        """Raises the last failure again while the breaker is open."""
        with self._lock:
            if self._shut_until is None:
                return
            if self._clock() < self._shut_until:
                assert self._last is not None  # what opened it
                raise _again(self._last)
            # One caller tries; the others are refused until it is known how that went.
            self._shut_until = self._clock() + self._pause_s
            self._on_trial = True

    def succeeded(self) -> None:
        """A call went well."""
        with self._lock:
            self._failures = 0
            self._pause_s = FIRST_PAUSE_S
            self._shut_until = self._last = None
            self._on_trial = False

    def failed(self, error: LlmError) -> None:
        """A call failed, after its own retries."""
        with self._lock:
            self._failures += 1
            self._last = error
            # Calls that were under way when it opened fail too, and are no trials.
            if self._on_trial:
                self._on_trial = False
                self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
            if error.lasting or self._failures >= MOST_FAILURES:
                self._shut_until = self._clock() + self._pause_s


def _again(error: LlmError) -> LlmError:
    """A copy: an exception that is raised anew grows by its traceback each time."""
    return LlmError(
        error.what,
        cure=error.cure,
        retryable=error.retryable,
        lasting=error.lasting,
        retry_after_s=error.retry_after_s,
    )
