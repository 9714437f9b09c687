"""Cells of tables."""

from __future__ import annotations

import pytest
from hypothesis import given

from index.answer.tables import table_around
from index.types import Span
from tests.index.texts import nasty_texts

TEXT = r"""Settings

| Brew method | Dial | Dose |
|---|:-:|--:|
| Espresso | 4 | 18 g |
| Moka pot | 9 | 15 g |
| Pour \| over | 16 | 30 g |

More | text
"""
PAIRS = "Name | Age\n--- | ---\nAnn Reed | 31\nBo Holt | 44"

STAFF = """| Name | Age | City | Email |
|------|-----|------|-------|
| Robert Lund |     | Paris | b@x.example |
| Ann Moss  | 41  | Rome | |
| Cid Vale  | 33  | Oslo | c@x.example |
"""
CORNER = """|   | Ann | Bo |
|---|---|---|
| Age | 31 | 44 |
| City | Oslo ||
"""


def cell(question: str, text: str = TEXT, at: str = "Moka") -> str | None:
    start = text.index(at)
    table = table_around(text, Span(start, start + 1))
    assert table is not None
    found = table.cell(question)
    return None if found is None else text[slice(*found)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What dial setting for espresso?", "4"),
        ("which dose for the moka pot", "15 g"),
        ("What is the dose for pour over?", "30 g"),
        ("Which brew method has dial 9?", "Moka pot"),
        ("What dial setting for Turkish coffee?", None),
        ("What about espresso?", None),
    ],
)
def test_the_cell_of_the_row_and_the_column_that_are_named(
    question: str, answer: str | None
) -> None:
    assert cell(question) == answer


def test_of_two_columns_the_other_one_is_asked_for() -> None:
    assert cell("How old is Bo Holt?", PAIRS, "Bo") == "44"
    assert cell("Who is 31?", PAIRS, "Bo") == "Ann Reed"


@pytest.mark.parametrize(
    ("question", "text", "answer"),
    [
        ("What is the age of Robert Lund?", STAFF, None),
        ("Which city is Robert Lund in?", STAFF, "Paris"),
        ("What is Robert Lund's email?", STAFF, "b@x.example"),
        ("What is the email of Ann Moss?", STAFF, None),
        ("What is the age of Ann Moss?", STAFF, "41"),
        ("What is the age of Bo?", CORNER, "44"),
        ("What is the city of Ann?", CORNER, "Oslo"),
        ("What is the city of Bo?", CORNER, None),
    ],
)
def test_an_empty_cell_keeps_its_column(question: str, text: str, answer: str | None) -> None:
    assert cell(question, text, "| A") == answer


def test_the_heading_row_is_told_from_the_others() -> None:
    table = table_around(TEXT, Span(TEXT.index("Moka"), TEXT.index("Moka") + 1))
    assert table is not None
    assert table.is_heading(Span(TEXT.index("Dial"), TEXT.index("Dial") + 4))
    assert not table.is_heading(Span(TEXT.index("18 g"), TEXT.index("18 g") + 4))


@pytest.mark.parametrize("at", ["Settings", "More"])
def test_not_everything_with_a_pipe_is_a_table(at: str) -> None:
    assert table_around(TEXT, Span(TEXT.index(at), TEXT.index(at) + 1)) is None


@given(nasty_texts)
def test_any_text_may_hold_a_table(text: str) -> None:
    text = f"{text}\n|a|b|\n|-|-|\n|1|{text}|\n"
    for start in range(0, len(text), 7):
        table = table_around(text, Span(start, start + 1))
        if table is not None:
            found = table.cell("What is the b of 1?")
            assert found is None or text[slice(*found)].strip()
