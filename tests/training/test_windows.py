"""Windows are whole sentences, cover the text and keep to their size."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.windows import sentences, window_around, windows, without


def words(text: str) -> int:
    return len(text.split())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("Dr. Holt met J. R. Lund. They left.", ["Dr. Holt met J. R. Lund.", "They left."]),
        ('He said "Go." Then he left.', ['He said "Go."', "Then he left."]),
        ("It cost 3.5 million. Nobody paid.", ["It cost 3.5 million.", "Nobody paid."]),
        ("A heading\nA sentence.", ["A heading", "A sentence."]),
        ("  \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


TEXTS = st.lists(
    st.lists(st.sampled_from(["river", "Dam", "1913", "the"]), min_size=1, max_size=12),
    min_size=1,
    max_size=12,
).map(lambda parts: " ".join("X " + " ".join(part) + "." for part in parts))


@given(TEXTS, st.integers(3, 40))
def test_windows_cover_every_sentence_within_their_size(text: str, size: int) -> None:
    found = windows(text, words, size)
    parts = sentences(text)
    for part in parts:
        assert any(first <= part[0] and part[1] <= last for first, last in found)
    for first, last in found:
        alone = (first, last) in parts
        assert alone or words(text[first:last]) <= size
        assert first in {a for a, _ in parts}
        assert last in {b for _, b in parts}


@given(TEXTS, st.integers(3, 40), st.randoms(use_true_random=False))
def test_a_window_holds_what_it_must(text: str, size: int, rng: random.Random) -> None:
    must = rng.choice(sentences(text))
    first, last = window_around(text, must, size, words, rng)
    assert first <= must[0]
    assert must[1] <= last
    assert (first, last) == must or words(text[first:last]) <= size


def test_without_leaves_the_runs_on_both_sides() -> None:
    text = "One. Two. Three. Four."
    parts = sentences(text)
    assert [text[a:b] for a, b in without(text, parts, parts[1])] == ["One.", "Three. Four."]
