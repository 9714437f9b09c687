"""Shows an answer while it grows, and never faster than Discord likes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

#: Seconds between two edits of one message.
EVERY_S = 1.0


class Drafts:
    """The newest draft at most once every ``every_s`` seconds; older ones are skipped."""

    def __init__(self, show: Callable[[str], Awaitable[None]], *, every_s: float = EVERY_S) -> None:
        self._show = show
        self._every_s = every_s
        self._next: str | None = None
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def put(self, text: str) -> None:
        """Shows ``text`` as soon as it may; returns at once."""
        if self._closed:
            return
        self._next = text
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    async def close(self) -> None:
        """Shows no more. Returns when what comes next may be shown: an edit that is on its way
        has arrived, and its second is over."""
        self._closed = True
        self._next = None
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._next is not None:
            text, self._next = self._next, None
            await self._show(text)
            await asyncio.sleep(self._every_s)
        self._task = None
