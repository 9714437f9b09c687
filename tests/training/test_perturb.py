"""A near miss differs from the question, or the text, in the one detail that it is about."""

from __future__ import annotations

import random

import pytest

from tests.training.conftest import RIVER, TOWN
from training import perturb

POOL = perturb.pool(
    [RIVER, TOWN], ["Who built the largest bridge?", "Who built the tallest tower?"]
)


def test_details_by_kind() -> None:
    text = "Why did Maria Holt open 3 dams, 48,200 tonnes each, in May 1913?"
    found = [(d.kind, d.text) for d in perturb.details(text)]
    assert found == [
        ("name", "Maria Holt"),
        ("number", "3"),
        ("number", "48,200"),
        ("month", "May") if ("month", "May") in found else ("name", "May"),
        ("year", "1913"),
    ]


def test_question_words_are_no_names() -> None:
    assert perturb.details("In what year did it open? Which river?") == []


@pytest.mark.parametrize("seed", range(20))
def test_exchange_in_question(seed: int) -> None:
    question = "Who built the dam at Kardun in 1911?"
    changed = perturb.exchange_in_question(question, RIVER, "Maria Holt", POOL, random.Random(seed))
    if changed is not None:
        assert changed != question
        assert ("Kardun" in changed) != ("1911" in changed)
        assert "Maria Holt" not in changed


def test_exchange_in_question_finds_something() -> None:
    made = [
        perturb.exchange_in_question(
            "Who built the dam at Kardun?", RIVER, "Maria Holt", POOL, random.Random(seed)
        )
        for seed in range(20)
    ]
    assert any(made)


@pytest.mark.parametrize("seed", range(20))
def test_exchange_in_window_spares_the_answer(seed: int) -> None:
    start = RIVER.index("Maria Holt")
    made = perturb.exchange_in_window(
        "Who built the dam at Kardun?", RIVER, (start, start + 10), POOL, random.Random(seed)
    )
    assert made is not None
    changed, old, new = made
    assert old == "Kardun"
    assert old not in changed
    assert new in changed
    assert "Maria Holt" in changed


@pytest.mark.parametrize(
    ("text", "among", "expected"),
    [
        ("Who built the largest dam?", None, {"Who destroyed the largest dam?"}),
        ("Who was the king?", None, {"Who was the queen?"}),
        ("Who was it?", None, {None}),
        ("The first dam was opened.", "Who came first?", {"The last dam was opened."}),
    ],
)
def test_oppose(text: str, among: str | None, expected: set[str | None]) -> None:
    made = {perturb.oppose(text, random.Random(seed), among) for seed in range(12)}
    assert expected <= made
    assert text not in made


def test_opposites_go_both_ways() -> None:
    for word, others in perturb.OPPOSITES.items():
        assert all(word in perturb.OPPOSITES[other] and other != word for other in others)


def test_negate() -> None:
    made = {perturb.negate("What was built?", random.Random(seed)) for seed in range(12)}
    assert made == {"What was not built?", "What was never built?"}
    assert perturb.negate("What was not built?", random.Random(0)) is None


def test_replace_word_takes_one_that_fits_and_is_not_in_the_window() -> None:
    made = perturb.replace_word(
        "Who built the largest dam?", "the largest dam", POOL, random.Random(1)
    )
    assert made == "Who built the tallest dam?"


@pytest.mark.parametrize("seed", range(30))
def test_misspell_changes_one_word(seed: int) -> None:
    question = "Who opened the largest dam?"
    changed = perturb.misspell(question, random.Random(seed))
    pairs = list(zip(question.split(), changed.split(), strict=True))
    assert sum(a != b for a, b in pairs) <= 1
    assert abs(len(changed) - len(question)) <= 1


def test_keywords_keep_the_question_word() -> None:
    assert (
        perturb.keywords("Who opened the largest dam of Orvia?") == "Who opened largest dam Orvia"
    )
