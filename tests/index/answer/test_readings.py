"""Which of several readings is answered, and when the asker is asked back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index import Engine
from index.answer.answerer import Draft, Lookup, OnSettled
from index.answer.clock import Clock
from index.answer.followup.resolve import Resolution
from index.answer.proof import cite
from index.answer.readings import CHOICE_ENGINE, ask_back, weigh
from index.types import Status


class Weighing:
    """Knows what each reading is worth, and which passage answers it."""

    name = "weighing"

    def __init__(self, **worth: tuple[float, int]) -> None:
        self._worth = worth
        self.promises = dict.fromkeys(worth, 1.0)
        self.weighed: list[str] = []

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        confidence, rank = self._worth[lookup.resolved]
        passage = lookup.hits[rank].passage
        document = lookup.build.document(passage.document_id)
        assert document is not None
        return Draft("", None, (cite(1, document, passage, passage.sentences[0]),), confidence)

    def promise(self, lookup: Lookup) -> float:
        return self.promises[lookup.resolved]

    def weigh(self, lookup: Lookup) -> Draft:
        self.weighed.append(lookup.resolved)
        return self.answer(lookup)


@pytest.fixture
def lookups(engine: Engine) -> tuple[Lookup, ...]:
    found = engine.look_up("Who will Witkoff meet?")
    assert found is not None
    return tuple(replace(found, resolution=Resolution(text)) for text in ("a", "b"))


@pytest.mark.parametrize(
    ("a", "b", "read", "choices"),
    [
        ((0.9, 0), (0.85, 1), "a", ("a", "b")),
        ((0.9, 0), (0.6, 1), "a", ()),
        ((0.2, 0), (0.9, 1), "b", ()),
        ((0.9, 0), (0.9, 0), "a", ()),
        ((0.2, 0), (0.1, 1), "a", ()),
    ],
    ids=["as good", "surer", "only one is answered", "one sentence", "none is answered"],
)
def test_only_readings_with_answers_of_their_own_are_asked_back(
    lookups: tuple[Lookup, ...],
    a: tuple[float, int],
    b: tuple[float, int],
    read: str,
    choices: tuple[str, ...],
) -> None:
    lookup, found = weigh(lookups, Weighing(a=a, b=b), 0.5)
    assert (lookup.resolved, found) == (read, choices)


@pytest.mark.parametrize(
    ("a", "b", "read"),
    [(1.0, -1.0, "a"), (-1.0, 1.0, "b"), (-1.0, -1.0, "a")],
    ids=["the first", "the second", "neither"],
)
def test_a_reading_that_promises_nothing_is_not_read_in_full(
    lookups: tuple[Lookup, ...], a: float, b: float, read: str
) -> None:
    answerer = Weighing(a=(0.9, 0), b=(0.9, 1))
    answerer.promises = {"a": a, "b": b}
    lookup, choices = weigh(lookups, answerer, 0.5)
    assert (lookup.resolved, choices, answerer.weighed) == (read, (), [])


def test_what_is_asked_back_lists_the_readings(lookups: tuple[Lookup, ...]) -> None:
    answer = ask_back(lookups[0], ("Where was Rubio?", "Where was Macron?"), Clock())
    assert answer.status is Status.NOT_FOUND and answer.engine == CHOICE_ENGINE
    assert answer.text.endswith("\n1. Where was Rubio?\n2. Where was Macron?")
    assert answer.turn.choices == answer.choices
