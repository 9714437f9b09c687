from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
import pytest_asyncio

from bot.cooldown import BURST, Cooldown
from bot.errors import CoolingDown, QueueFull, ServiceError, ShuttingDown, TookTooLong
from bot.service import AnswerService, Place
from bot.workers import Workers
from index import Progress
from index.types import Answer
from tests.bot.scripted import ScriptedEngine, answered, document

Make = Callable[..., AnswerService]


@pytest_asyncio.fixture
async def make() -> AsyncIterator[Make]:
    made: list[AnswerService] = []

    def build(engine: ScriptedEngine, **options: Any) -> AnswerService:
        service = AnswerService(engine, **{"queue_size": 10, "timeout_s": 10.0, **options})
        made.append(service)
        return service

    yield build
    for service in made:
        service.close()


class Gate(ScriptedEngine):
    """Answers when it is opened, and says how many are at it."""

    def __init__(self) -> None:
        super().__init__(self._wait)
        self.open = threading.Event()
        self.at_work = 0
        self.most_at_work = 0
        self._lock = threading.Lock()

    def _wait(self, question: str) -> Answer:
        with self._lock:
            self.at_work += 1
            self.most_at_work = max(self.most_at_work, self.at_work)
        assert self.open.wait(10)
        with self._lock:
            self.at_work -= 1
        return answered(document(), question=question)


async def until(look: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not look():  # noqa: ASYNC110 - what is waited for happens in another thread
            await asyncio.sleep(0.005)


async def test_answers_come_from_the_engine(make: Make) -> None:
    engine = ScriptedEngine()
    answer = await make(engine).ask("When?", documents={"harbour.txt"})
    assert answer.question == "When?"
    assert engine.scopes == [{"harbour.txt"}]


async def test_no_more_than_the_workers_work_and_the_rest_learn_their_place(make: Make) -> None:
    engine = Gate()
    service = make(engine, workers=2)
    places: list[Place] = []
    tasks = [asyncio.create_task(service.ask(str(n), on_wait=places.append)) for n in range(5)]
    await until(lambda: engine.at_work == 2 and service.waiting == 3)
    assert [place.position for place in places] == [1, 2, 3]
    assert service.working == 2
    engine.open.set()
    answers = await asyncio.gather(*tasks)
    assert [answer.question for answer in answers] == list("01234")
    assert engine.most_at_work == 2
    assert (service.working, service.waiting) == (0, 0)


async def test_the_queue_has_an_end(make: Make) -> None:
    engine = Gate()
    service = make(engine, workers=1, queue_size=1)
    first = asyncio.create_task(service.ask("1"))
    await until(lambda: engine.at_work == 1)
    second = asyncio.create_task(service.ask("2"))
    await until(lambda: service.waiting == 1)
    with pytest.raises(QueueFull):
        await service.ask("3")
    engine.open.set()
    assert (await first).question == "1"
    assert (await second).question == "2"


async def test_a_hung_question_is_given_up_and_the_next_is_answered(make: Make) -> None:
    hung = threading.Event()

    def say(question: str) -> Answer:
        if question == "hang":
            hung.wait(30)
        return answered(document(), question=question)

    service = make(ScriptedEngine(say), workers=1, timeout_s=0.05)
    for _ in range(3):
        with pytest.raises(TookTooLong):
            await service.ask("hang")
    service._timeout_s = 10
    assert (await service.ask("next")).question == "next"
    hung.set()
    assert (await service.ask("after")).question == "after"


async def test_one_who_leaves_the_queue_gives_up_the_place(make: Make) -> None:
    engine = Gate()
    service = make(engine, workers=1)
    first = asyncio.create_task(service.ask("1"))
    await until(lambda: engine.at_work == 1)
    second = asyncio.create_task(service.ask("2"))
    third = asyncio.create_task(service.ask("3"))
    await until(lambda: service.waiting == 2)
    second.cancel()
    await until(lambda: service.waiting == 1)
    engine.open.set()
    assert (await first).question == "1"
    assert (await third).question == "3"
    assert engine.asked == ["1", "3"]


async def test_draining_finishes_what_is_at_hand_and_takes_nothing_new(make: Make) -> None:
    engine = Gate()
    service = make(engine, workers=1)
    at_hand = [asyncio.create_task(service.ask(str(n))) for n in range(3)]
    await until(lambda: engine.at_work == 1)
    draining = asyncio.create_task(service.drain(10))
    await asyncio.sleep(0)
    with pytest.raises(ShuttingDown):
        await service.ask("late")
    engine.open.set()
    assert await draining is True
    assert [(await task).question for task in at_hand] == ["0", "1", "2"]


async def test_draining_does_not_wait_for_ever(make: Make) -> None:
    engine = Gate()
    service = make(engine, workers=1)
    task = asyncio.create_task(service.ask("1"))
    await until(lambda: engine.at_work == 1)
    assert await service.drain(0.02) is False
    engine.open.set()
    await task


async def test_an_engine_error_reaches_the_asker_and_nobody_else(make: Make) -> None:
    def say(question: str) -> Answer:
        if question == "bad":
            raise RuntimeError("broken")
        return answered(document(), question=question)

    service = make(ScriptedEngine(say), workers=1)
    with pytest.raises(RuntimeError, match="broken"):
        await service.ask("bad")
    assert (await service.ask("good")).question == "good"


async def test_questions_go_on_during_a_rebuild_and_there_is_only_one(make: Make) -> None:
    engine = ScriptedEngine()
    engine.rebuild_gate.clear()
    service = make(engine)
    steps: list[Progress] = []
    rebuild = asyncio.create_task(service.rebuild(steps.append))
    await until(lambda: bool(steps))
    with pytest.raises(ServiceError, match="already"):
        await service.rebuild()
    assert (await service.ask("meanwhile")).question == "meanwhile"
    engine.rebuild_gate.set()
    assert (await rebuild).build_id == "b2"
    assert engine.rebuilds == 1


async def test_a_newer_build_is_looked_for_between_questions(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.service.REFRESH_EVERY_S", 0.0)
    engine = ScriptedEngine()
    service = make(engine)
    await service.ask("1")
    await service.ask("2")
    assert engine.refreshes == 2


async def test_workers_replace_a_thread_that_is_given_up() -> None:
    workers = Workers(1, name="test")
    stuck = threading.Event()
    lost = asyncio.create_task(workers.run(lambda: stuck.wait(30)))
    await asyncio.sleep(0.02)
    lost.cancel()
    assert await asyncio.wait_for(workers.run(lambda: "free"), 10) == "free"
    assert workers.abandoned == 1
    stuck.set()
    await until(lambda: workers.abandoned == 0)
    assert await workers.run(lambda: "still free") == "still free"
    workers.close()


def test_cooldown_gives_a_few_at_once_and_then_one_each_time() -> None:
    now = [100.0]
    cooldown = Cooldown(3.0, clock=lambda: now[0])
    for _ in range(BURST):
        cooldown.take(1)
    with pytest.raises(CoolingDown) as refused:
        cooldown.take(1)
    assert 0 < refused.value.wait_s <= 3
    cooldown.take(2)  # somebody else is not kept waiting
    now[0] += 3.0
    cooldown.take(1)
    with pytest.raises(CoolingDown):
        cooldown.take(1)


def test_cooldown_remembers_a_bounded_number_of_users() -> None:
    now = [0.0]
    cooldown = Cooldown(3.0, clock=lambda: now[0])
    for user in range(25_000):
        now[0] += 0.0001
        cooldown.take(user)
    assert len(cooldown._buckets) <= 10_001


def test_cooldown_of_zero_is_none() -> None:
    cooldown = Cooldown(0.0)
    for _ in range(100):
        cooldown.take(1)
