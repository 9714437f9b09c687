"""The shipped claim checker on fixed pairs. What it is not sure of is not tested here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from index.models.checker import MAX_PIECES, Checker, CheckerLogits
from index.models.tokenizer import WordPiece
from tests.index.texts import BOATS, GARDEN, nasty_texts


@pytest.fixture(scope="module")
def checker(tokenizer: WordPiece) -> Checker:
    return Checker(tokenizer, threads=1)


def lead(logits: CheckerLogits) -> float:
    """How much more speaks for "supported" than for the best of the rest."""
    return logits.supported - max(logits.contradicted, logits.not_found)


def test_what_a_text_says_stands_above_what_it_does_not(checker: Checker) -> None:
    said, twisted, unsaid = checker.check(
        [
            ("Hanna Petersen planted the garden.", GARDEN),
            ("Hanna Petersen sold the garden.", GARDEN),
            ("Hanna Petersen planted the garden.", BOATS),
        ]
    )
    assert lead(said) > lead(twisted) and lead(said) > lead(unsaid)


def test_the_order_of_pairs_changes_nothing(checker: Checker) -> None:
    pairs = [(claim, text) for claim in ("The garden is old.", "A ferry.") for text in (GARDEN, "")]
    forwards, backwards = checker.check(pairs), checker.check(pairs[::-1])[::-1]
    for one, other in zip(forwards, backwards, strict=True):
        assert one == pytest.approx(other, abs=1e-3)
    assert checker.check([]) == []


def test_what_is_too_long_is_cut(checker: Checker) -> None:
    long = "garden " * MAX_PIECES
    (once,), (twice,) = (
        checker.check([("It grows.", long)]),
        checker.check([("It grows.", 2 * long)]),
    )
    assert once == pytest.approx(twice, abs=1e-3)
    checker.check([(long, long)])


@settings(max_examples=25, deadline=None)
@given(nasty_texts, nasty_texts)
def test_any_texts_can_be_checked(checker: Checker, claim: str, text: str) -> None:
    (logits,) = checker.check([(claim, text)])
    assert all(value == value for value in logits)
