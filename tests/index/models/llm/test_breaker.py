from __future__ import annotations

import pytest

from index.errors import LlmError
from index.models.llm.breaker import FIRST_PAUSE_S, LONGEST_PAUSE_S, MOST_FAILURES, Breaker

PASSING = LlmError("It is out of order.", cure="See its log.", retryable=True)
LASTING = LlmError("Its key is wrong.", cure="Correct it.", lasting=True)


class Watch:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_it_opens_after_some_failures_in_a_row() -> None:
    breaker = Breaker(Watch())
    for _ in range(MOST_FAILURES - 1):
        breaker.failed(PASSING)
        breaker.check()
    breaker.failed(PASSING)
    with pytest.raises(LlmError, match="out of order"):
        breaker.check()


def test_a_success_between_failures_keeps_it_closed() -> None:
    breaker = Breaker(Watch())
    for _ in range(3 * MOST_FAILURES):
        breaker.failed(PASSING)
        breaker.succeeded()
        breaker.check()


def test_what_lasts_opens_it_at_once() -> None:
    breaker = Breaker(Watch())
    breaker.failed(LASTING)
    with pytest.raises(LlmError, match="key is wrong"):
        breaker.check()


def test_after_the_pause_one_may_try_and_the_others_wait() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    breaker.failed(LASTING)
    watch.now = FIRST_PAUSE_S
    breaker.check()
    with pytest.raises(LlmError):
        breaker.check()
    breaker.succeeded()
    breaker.check()


def test_the_pause_doubles_up_to_a_bound() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    breaker.failed(LASTING)
    pause_s = FIRST_PAUSE_S
    for _ in range(10):
        watch.now += pause_s
        breaker.check()
        breaker.failed(LASTING)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
        watch.now += pause_s - 0.1
        with pytest.raises(LlmError):
            breaker.check()
        watch.now += 0.1 - pause_s


def test_calls_under_way_do_not_lengthen_the_pause() -> None:
    watch = Watch()
    breaker = Breaker(watch)
    for _ in range(MOST_FAILURES + 5):
        breaker.failed(PASSING)
    watch.now = FIRST_PAUSE_S
    breaker.check()


def test_the_failure_is_a_new_one_each_time() -> None:
    breaker = Breaker(Watch())
    breaker.failed(LASTING)
    raised = []
    for _ in range(2):
        with pytest.raises(LlmError, match="key is wrong") as caught:
            breaker.check()
        raised.append(caught.value)
    assert raised[0] is not raised[1] and LASTING not in raised
