"""A language model that can be relied on to answer in time or to fail clearly."""

from __future__ import annotations

import logging
import random
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterator, Sequence

from index.errors import LlmError
from index.models.llm import failures
from index.models.llm.allowance import Allowance
from index.models.llm.breaker import Breaker
from index.models.llm.messages import Chunk, Message, Transport, Usage, estimate_tokens
from index.models.llm.pump import before

log = logging.getLogger(__name__)

#: Calls for one question, the first included.
MOST_TRIES = 3
#: The longest pause before the second try; it doubles, and any part of it is waited ("full
#: jitter", Brooker 2015), so that many bots do not come back at the same moment.
BACKOFF_S = 0.5


class LanguageModel:
    """Streams answers of one model: bounded in time, in tokens and in money. Thread-safe."""

    def __init__(
        self,
        name: str,
        connect: Callable[[], Transport],
        allowance: Allowance,
        *,
        timeout_s: float,
        max_tokens: int,
        breaker: Breaker | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self._connect = connect
        self._connecting = threading.Lock()
        self._transport: Transport | None = None
        self._allowance = allowance
        self._timeout_s = timeout_s
        self._max_tokens = max_tokens
        self._breaker = breaker or Breaker()
        self._sleep = sleep

    def prepare(self) -> None:
        """Connects now, in place of with the first question; a failure is logged and comes again
        then. Not in the background: LlamaIndex cannot be imported by two threads at once, and
        the building of an index imports it too."""
        try:
            self._connected()
        except LlmError as error:
            log.warning("%s", error)

    def stream(self, messages: Sequence[Message]) -> Generator[str, None, None]:
        """The answer, piece by piece, at most ``max_tokens`` long.

        Raises LlmError, before the first piece or in the middle. A call is repeated only while
        nothing has been said.
        """
        asked = sum(estimate_tokens(message.text) for message in messages)
        with self._allowance.booked(Usage(asked, self._max_tokens)) as use:
            use(Usage())  # nothing, until a call is made
            # Behind the budget: a trial that the budget refuses would tell nothing of the model.
            self._breaker.check()
            transport = self._connected()
            deadline = time.monotonic() + self._timeout_s
            meter = _Meter(asked, use)
            yield from self._tries(lambda: transport(messages), deadline, meter)

    def _connected(self) -> Transport:
        with self._connecting:
            if self._transport is None:
                try:
                    self._transport = self._connect()
                except Exception as error:  # noqa: BLE001, RUF100 - see _tries
                    failure = self._explained(error)
                    self._breaker.failed(failure)
                    raise failure from None
            return self._transport

    def _tries(
        self, open_stream: Callable[[], Iterator[Chunk]], deadline: float, meter: _Meter
    ) -> Iterator[str]:
        for number in range(1, MOST_TRIES + 1):
            said = False
            try:
                for text in self._call(open_stream, deadline, meter):
                    if not said:
                        # Now, for whoever listens may leave before the end.
                        self._breaker.succeeded()
                    said = True
                    yield text
            except Exception as error:  # noqa: BLE001, RUF100 - every library has its own tree
                failure = self._explained(error)
            else:
                if said:
                    return
                failure = failures.said_nothing(self.name)
            pause_s = self._pause_s(number, failure.retry_after_s)
            late = time.monotonic() + pause_s >= deadline
            if said or not failure.retryable or number == MOST_TRIES or late:
                self._breaker.failed(failure)
                raise failure
            self._sleep(pause_s)

    def _call(
        self, open_stream: Callable[[], Iterator[Chunk]], deadline: float, meter: _Meter
    ) -> Iterator[str]:
        meter.begin()
        for chunk in before(deadline, open_stream):
            meter.count(chunk)
            if chunk.text:
                yield chunk.text
            if meter.output > self._max_tokens:
                return  # the limit was asked for, but not every server heeds it

    def _explained(self, error: Exception) -> LlmError:
        # Without its message, which may quote a part of the key.
        frames = "".join(traceback.format_tb(error.__traceback__))
        log.debug("%s failed: %s\n%s", self.name, type(error).__name__, frames)
        return failures.explain(error, self.name)

    def _pause_s(self, number: int, retry_after_s: float | None) -> float:
        if retry_after_s is not None:
            return retry_after_s
        return random.uniform(0, BACKOFF_S * 2.0 ** (number - 1))


class _Meter:
    """Counts what all tries for one question use: as the provider tells, else estimated."""

    def __init__(self, asked: int, use: Callable[[Usage], None]) -> None:
        self._asked = asked
        self._use = use
        self._before = Usage()
        self._now = Usage()
        self._bytes = 0

    @property
    def output(self) -> int:
        """Tokens said in this try."""
        return self._now.output

    def begin(self) -> None:
        """Another try."""
        self._before = self._total()
        self._now = Usage(self._asked, 0)
        self._bytes = 0
        self._use(self._total())

    def count(self, chunk: Chunk) -> None:
        """Counts one piece."""
        self._bytes += len(chunk.text.encode("utf-8", "replace"))
        told = chunk.usage
        self._now = Usage(
            told.input if told and told.input else self._now.input,
            # Rather too few, for a limit must not cut off what is allowed: four bytes a token.
            told.output if told and told.output else self._bytes // 4,
        )
        self._use(self._total())

    def _total(self) -> Usage:
        return Usage(self._before.input + self._now.input, self._before.output + self._now.output)
