"""The engine as an event loop needs it: a queue with an end, bounded workers, time-outs.

The models run in threads: onnxruntime and numpy release the interpreter lock while they
compute, so the loop keeps its beat (bench/discord_load.py prints the lag), and threads share one
copy of the models and see a new build at once.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.errors import QueueFull, ServiceError, ShuttingDown, TookTooLong
from bot.workers import Workers
from index import BuildReport, Progress
from index.errors import FootnoteError
from index.facts.answers import FactBook
from index.types import Answer, Document, Turn

log = logging.getLogger(__name__)

#: Seconds between two looks for a newer build.
REFRESH_EVERY_S = 2.0


class AnswerEngine(Protocol):
    """What the front ends need of :class:`index.Engine`. ``ask`` is called from several threads
    at once, ``refresh`` and ``rebuild`` from one at a time beside it."""

    @property
    def documents(self) -> tuple[Document, ...]: ...
    @property
    def build_id(self) -> str: ...
    @property
    def built_at(self) -> datetime: ...
    @property
    def passage_count(self) -> int: ...
    @property
    def reader_name(self) -> str: ...
    @property
    def fact_book(self) -> FactBook: ...
    def document(self, document_id: str) -> Document | None: ...
    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        documents: Collection[str] | None = None,
        on_settled: Callable[[str], None] | None = None,
    ) -> Answer: ...
    def check_text(self, text: str, *, documents: Collection[str] | None = None) -> Answer: ...
    def refresh(self) -> bool: ...
    def rebuild(
        self, progress: Callable[[Progress], None] | None = None, *, force: bool = False
    ) -> BuildReport: ...
    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue: 1 is next."""

    position: int
    #: Seconds until work on it starts, as far as recent questions tell.
    wait_s: float


class AnswerService:
    """Questions in, answers out, in order of arrival, ``workers`` at a time.

    At most ``queue_size`` questions wait. One that is worked on for longer than ``timeout_s``
    raises TookTooLong; its thread is left to end by itself and is replaced.
    """

    def __init__(
        self, engine: AnswerEngine, *, workers: int = 2, queue_size: int, timeout_s: float
    ) -> None:
        self.engine = engine
        self._free = workers
        self._slots = workers
        self._queue_size = queue_size
        self._timeout_s = timeout_s
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._answerers = Workers(workers, name="footnote-answer")
        self._caretaker = Workers(1, name="footnote-index")
        self._rebuilding = False
        self._refreshing = threading.Lock()
        self._refreshed_at = time.monotonic()
        self._typical_s = 0.2
        self._draining = False
        self._idle = asyncio.Event()
        self._idle.set()

    @property
    def waiting(self) -> int:
        """Questions in the queue."""
        return len(self._waiting)

    @property
    def working(self) -> int:
        """Questions that are being answered."""
        return self._slots - self._free

    @property
    def draining(self) -> bool:
        return self._draining

    async def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        documents: Collection[str] | None = None,
        on_wait: Callable[[Place], None] | None = None,
        on_settled: Callable[[str], None] | None = None,
    ) -> Answer:
        """The engine's answer. ``on_wait`` is told the place in the queue, once, if there is a
        wait; ``on_settled`` the proven part of an answer that is still being written. Both are
        called in the event loop and must not block. Raises QueueFull, TookTooLong,
        ShuttingDown and whatever the engine raises."""
        settled = _relay(on_settled)
        return await self._queue(
            lambda: self.engine.ask(question, history, documents=documents, on_settled=settled),
            on_wait,
        )

    async def check(
        self,
        text: str,
        *,
        documents: Collection[str] | None = None,
        on_wait: Callable[[Place], None] | None = None,
    ) -> Answer:
        """The verdicts on the claims of ``text``; waits its turn and raises as :meth:`ask`."""
        return await self._queue(lambda: self.engine.check_text(text, documents=documents), on_wait)

    async def _queue(
        self, work: Callable[[], Answer], on_wait: Callable[[Place], None] | None
    ) -> Answer:
        if self._draining:
            raise ShuttingDown
        await self._enter(on_wait)
        try:
            started = time.monotonic()
            answer = await self._work(work)
            self._typical_s += 0.1 * (time.monotonic() - started - self._typical_s)
            return answer
        finally:
            self._leave()

    async def rebuild(self, progress: Callable[[Progress], None] | None = None) -> BuildReport:
        """A fresh build beside the running one; questions go on meanwhile. ``progress`` is
        called in the event loop. One at a time: a second call raises ServiceError."""
        if self._rebuilding:
            raise ServiceError(
                "The documents are being read again already.",
                cure="Please wait until that is done.",
            )
        loop = asyncio.get_running_loop()

        def relay(step: Progress) -> None:
            if progress is not None:
                loop.call_soon_threadsafe(progress, step)

        self._rebuilding = True
        try:
            return await self._caretaker.run(lambda: self.engine.rebuild(relay))
        finally:
            self._rebuilding = False

    async def drain(self, timeout_s: float) -> bool:
        """Take no more questions and wait for those at hand. False when time ran out."""
        self._draining = True
        try:
            await asyncio.wait_for(self._idle.wait(), timeout_s)
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        self._draining = True
        self._answerers.close()
        self._caretaker.close()

    async def _enter(self, on_wait: Callable[[Place], None] | None) -> None:
        if self._free and not self._waiting:
            self._free -= 1
            self._idle.clear()
            return
        if len(self._waiting) >= self._queue_size:
            raise QueueFull(len(self._waiting))
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        position = len(self._waiting)
        try:
            if on_wait is not None:
                on_wait(Place(position, self._typical_s * position / self._slots))
            await turn
        except BaseException:
            if turn.done() and not turn.cancelled():
                self._leave()  # the slot was handed over just before we were cancelled
            elif turn in self._waiting:
                self._waiting.remove(turn)
            raise

    def _leave(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
        if self._free == self._slots:
            self._idle.set()

    async def _work(self, work: Callable[[], Answer]) -> Answer:
        try:
            return await asyncio.wait_for(
                self._answerers.run(lambda: self._answer(work)), self._timeout_s
            )
        except TimeoutError:
            log.warning("A question took longer than %g s; its thread is left", self._timeout_s)
            raise TookTooLong(self._timeout_s) from None

    def _answer(self, work: Callable[[], Answer]) -> Answer:
        self._look_for_newer_build()
        return work()

    def _look_for_newer_build(self) -> None:
        now = time.monotonic()
        if self._rebuilding or now - self._refreshed_at < REFRESH_EVERY_S:
            return
        if not self._refreshing.acquire(blocking=False):
            return
        try:
            self._refreshed_at = now
            if self.engine.refresh():
                log.info("Changed over to index build %s", self.engine.build_id)
        except FootnoteError as error:
            log.warning("A newer index cannot be used, the running one stays: %s", error)
        finally:
            self._refreshing.release()


def _relay(on_settled: Callable[[str], None] | None) -> Callable[[str], None] | None:
    """``on_settled`` for a worker's thread: called in this event loop, if that is still open."""
    if on_settled is None:
        return None
    loop = asyncio.get_running_loop()

    def relay(text: str) -> None:
        with suppress(RuntimeError):  # the loop has closed: nobody looks
            loop.call_soon_threadsafe(on_settled, text)

    return relay
