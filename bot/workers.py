"""A bounded set of daemon threads whose results arrive in an event loop.

The standard executor joins its threads when the interpreter ends, so that one hung model call
would keep a stopped bot alive; and it has no notion of a thread given up for lost.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")

#: Hung threads that are replaced; with more, new work waits for one of them to come back.
MOST_ABANDONED = 16


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[], Any]
    future: asyncio.Future[Any]
    loop: asyncio.AbstractEventLoop


class Workers:
    """At most ``count`` threads at work, besides those whose caller has given up."""

    def __init__(self, count: int, *, name: str) -> None:
        self._count = count
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._threads = 0
        self._idle = 0
        self._abandoned = 0

    @property
    def abandoned(self) -> int:
        """Threads that still work on something nobody waits for."""
        return self._abandoned

    async def run(self, work: Callable[[], T]) -> T:
        """The result of ``work()``, run in a thread. When the caller is cancelled the thread
        goes on by itself and another one takes its place."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put(_Job(work, future, loop))
        self._grow()
        return await future

    def close(self) -> None:
        """Let idle threads end; busy ones end after their work, or with the process."""
        with self._lock:
            threads = self._threads
        for _ in range(threads):
            self._jobs.put(None)

    def _grow(self) -> None:
        with self._lock:
            room = self._count + min(self._abandoned, MOST_ABANDONED) - self._threads
            if room <= 0 or self._idle >= self._jobs.qsize():
                return
            self._threads += 1
        threading.Thread(target=self._serve, name=self._name, daemon=True).start()

    def _serve(self) -> None:
        while True:
            with self._lock:
                if self._threads > self._count + self._abandoned:
                    self._threads -= 1  # a lost thread came back: one too many
                    return
                self._idle += 1
            job = self._jobs.get()
            with self._lock:
                self._idle -= 1
            if job is None:
                with self._lock:
                    self._threads -= 1
                self._grow()  # for what was put behind the end
                return
            if not job.future.cancelled():
                self._perform(job)

    def _perform(self, job: _Job) -> None:
        lost = threading.Event()

        def watch(future: asyncio.Future[Any]) -> None:
            if future.cancelled() and not lost.is_set():
                lost.set()
                with self._lock:
                    self._abandoned += 1
                self._grow()

        try:
            job.loop.call_soon_threadsafe(job.future.add_done_callback, watch)
        except RuntimeError:  # the loop has closed: nobody waits
            return
        try:
            result, error = job.work(), None
        except BaseException as raised:  # noqa: BLE001 - handed to the caller, whatever it is
            result, error = None, raised
        try:
            job.loop.call_soon_threadsafe(self._settle, job, result, error, lost)
        except RuntimeError:
            return

    def _settle(
        self, job: _Job, result: Any, error: BaseException | None, lost: threading.Event
    ) -> None:
        if lost.is_set():
            with self._lock:
                self._abandoned -= 1
            return
        lost.set()
        if job.future.cancelled():
            return
        if error is None:
            job.future.set_result(result)
        else:
            job.future.set_exception(error)
