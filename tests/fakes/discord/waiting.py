"""Waiting for something to come true, without polling."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Watchable:
    """Something that changes, and that a test can wait on."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def changed(self) -> None:
        """Wakes everyone who waits on this object, so that they look again."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(
        self, look: Callable[[], T | None], timeout_s: float, what: str = "what the test waits for"
    ) -> T:
        """The first truthy result of ``look``; TimeoutError naming ``what`` after ``timeout_s``."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout_s
        while not (found := look()):
            waiter = loop.create_future()
            self._waiters.add(waiter)
            try:
                async with asyncio.timeout_at(deadline):
                    await waiter
            except TimeoutError:
                raise TimeoutError(f"{what}: not within {timeout_s} s") from None
            finally:
                self._waiters.discard(waiter)
        return found
