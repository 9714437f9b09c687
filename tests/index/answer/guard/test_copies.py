from __future__ import annotations

import pytest

from index.answer.guard import examine
from index.types import Verdict

QUOTE = "The bridge was not opened before 1932, because the older one had been closed for repairs."


@pytest.mark.parametrize(
    "claim",
    [
        "The bridge was opened before 1932, because the older one had been closed for repairs.",
        "The bridge was not opened after 1932, because the older one had been closed for repairs.",
        "The bridge was not opened before 1932, because the older one had not been closed.",
        "The bridge wasn't opened until 1932, because the older one had been closed.",
    ],
)
def test_a_copy_that_turns_a_small_word_is_contradicted(claim: str) -> None:
    finding = examine(claim, QUOTE)
    assert finding is not None and finding.verdict is Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "claim",
    [
        QUOTE,
        "The bridge was not opened before 1932.",
        "The bridge wasn't opened before 1932.",
        "The older one had been closed for repairs.",
        "The bridge was not opened before 1932 because the older one was closed for repairs.",
    ],
)
def test_a_copy_that_is_shorter_or_says_it_otherwise_is_let_pass(claim: str) -> None:
    assert examine(claim, QUOTE) is None


def test_where_something_stood_may_be_left_out() -> None:
    quote = "The harbour was first opened in 1894 by Ada Quill."
    assert examine("The harbour was opened by Ada Quill.", quote) is None
