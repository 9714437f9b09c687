"""A stream with a deadline, whatever the library under it does."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Item(Generic[T]):
    value: T


@dataclass(frozen=True, slots=True)
class _End:
    error: BaseException | None = None


def before(deadline: float, source: Callable[[], Iterator[T]]) -> Iterator[T]:
    """The items of ``source()``; raises TimeoutError at ``deadline`` (of ``time.monotonic``).

    The source runs in a thread of its own: a library that hangs in a name look-up or between two
    bytes cannot keep the caller. A thread that is left ends at the library's own time-out, or
    with the next item.
    """
    box: queue.SimpleQueue[_Item[T] | _End] = queue.SimpleQueue()
    left = threading.Event()

    def pump() -> None:
        try:
            for value in source():
                if left.is_set():
                    return
                box.put(_Item(value))
        except BaseException as error:  # noqa: BLE001 - handed to the caller, whatever it is
            box.put(_End(error))
        else:
            box.put(_End())

    threading.Thread(target=pump, name="footnote-llm", daemon=True).start()
    try:
        while True:
            try:
                item = box.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise TimeoutError from None
            if isinstance(item, _End):
                if item.error is not None:
                    raise item.error
                return
            yield item.value
    finally:
        left.set()
