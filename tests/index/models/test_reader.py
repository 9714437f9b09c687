"""The shipped reader on fixed sentences. What it is not sure of is not tested here."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings

from index.models.reader import MAX_PIECES, Reader
from index.models.tokenizer import WordPiece
from tests.index.texts import BOATS, GARDEN, nasty_texts

WINDOWS = [GARDEN, BOATS, "Visitors are welcome on Sundays. " * 20, "A ticket costs 4 euros."]


@pytest.fixture(scope="module")
def reader(tokenizer: WordPiece) -> Reader:
    return Reader(tokenizer)


@pytest.mark.parametrize(
    ("question", "window", "answer"),
    [
        ("Who planted the garden?", GARDEN, "Hanna Petersen"),
        ("When was the garden planted?", GARDEN, "1987"),
        ("What is the oldest tree?", GARDEN, "walnut"),
        ("How much is a ticket?", GARDEN, "4 euros"),
        ("How many passengers does the Aurora carry?", BOATS, "220"),
        ("Where was the ferry built?", BOATS, "Genoa"),
        ("who is the captain", BOATS, "Ruiz"),
    ],
)
def test_it_finds_the_span(reader: Reader, question: str, window: str, answer: str) -> None:
    (reading,) = reader.read(question, [window])
    assert answer in window[reading.span.start : reading.span.end]
    assert len(window[reading.span.start : reading.span.end]) <= len(answer) + 20


def test_the_window_that_answers_has_the_greatest_margin(reader: Reader) -> None:
    for question, best in (("Who planted the garden?", 0), ("Where was the ferry built?", 1)):
        margins = [reading.margin for reading in reader.read(question, WINDOWS)]
        assert margins.index(max(margins)) == best


def test_the_order_of_windows_changes_nothing(reader: Reader) -> None:
    forwards = reader.read("Who planted the garden?", WINDOWS)
    backwards = reader.read("Who planted the garden?", WINDOWS[::-1])[::-1]
    assert [r.span for r in forwards] == [r.span for r in backwards]
    assert [r.margin for r in forwards] == pytest.approx([r.margin for r in backwards], abs=1e-3)


def test_a_window_without_words_reads_as_nothing(reader: Reader) -> None:
    first, *_, last = reader.read("Who?", ["", " \n", GARDEN, ""])
    assert first == last
    assert first.span == (0, 0) and first.margin == -math.inf
    assert reader.read("Who?", []) == []


def test_a_cue_is_read_but_no_answer_is_found_in_it(reader: Reader) -> None:
    question, windows = "When was the tweet posted?", ["Boats leave soon.\n— Port, May 3, 2021", ""]
    (bare, _), (cued, _) = (
        reader.read(question, windows),
        reader.read(question, windows, ["Tweet of Monday, May 1, 2017: ", "Tweet: "]),
    )
    assert windows[0][slice(*bare.span)] == windows[0][slice(*cued.span)] == "May 3, 2021"
    assert cued.verdict > bare.verdict


def test_what_is_too_long_is_read_up_to_the_limit(reader: Reader) -> None:
    window = "and so on " * MAX_PIECES + "The garden was planted by Hanna Petersen."
    (cut,) = reader.read("Who planted the garden?", [window])
    assert 0 <= cut.span.start <= cut.span.end < window.index("The garden")
    (found,) = reader.read("who planted the garden " * 300, [GARDEN])
    assert 0 <= found.span.start <= found.span.end <= len(GARDEN)


@settings(max_examples=40)
@given(nasty_texts, nasty_texts)
def test_a_span_lies_in_its_window(reader: Reader, question: str, window: str) -> None:
    (reading,) = reader.read(question, [window])
    assert 0 <= reading.span.start <= reading.span.end <= len(window)
    assert not math.isnan(reading.margin) and not math.isnan(reading.verdict)
