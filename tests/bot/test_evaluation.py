from __future__ import annotations

from dataclasses import replace

import pytest

from bot.evaluation import Case, Outcome, Result, Score, is_right_quote, score
from index.types import Span
from tests.bot.scripted import answered, document, not_found

SOURCE = document()
SENTENCE = Span(0, 47)


def result(*, right: bool, answerable: bool, confidence: float) -> Result:
    answer = replace(answered(SOURCE, quote=SENTENCE), confidence=confidence)
    quote = SOURCE.text[slice(*SENTENCE)] if right else "Something else was said."
    return Result(Case("Who?", (quote,) if answerable else ()), answer)


def test_outcomes_depend_on_the_threshold() -> None:
    right = result(right=True, answerable=True, confidence=0.6)
    assert [right.outcome(t) for t in (0.5, 0.7)] == [Outcome.RIGHT, Outcome.MISSED]
    assert right.first_is_right
    wrong = result(right=False, answerable=True, confidence=0.6)
    assert wrong.outcome(0.5) is Outcome.WRONG and not wrong.first_is_right
    foreign = result(right=False, answerable=False, confidence=0.6)
    assert [foreign.outcome(t) for t in (0.5, 0.7)] == [Outcome.INVENTED, Outcome.REFUSED]


def test_nothing_found_is_a_refusal_at_any_threshold() -> None:
    nothing = Result(Case("Who?", ("A sentence.",)), not_found(SOURCE))
    assert nothing.outcome(0.0) is Outcome.MISSED
    assert not nothing.first_is_right


def test_shares() -> None:
    results = [
        result(right=True, answerable=True, confidence=0.9),
        result(right=False, answerable=True, confidence=0.8),
        result(right=True, answerable=True, confidence=0.4),
        result(right=False, answerable=False, confidence=0.7),
        result(right=False, answerable=False, confidence=0.1),
    ]
    assert score(results, 0.5) == Score(0.5, 1 / 3, 0.5, 1 / 3)
    assert score(results, 0.95) == Score(0.95, 0.0, 1.0, None)
    assert score([], 0.5) == Score(0.5, None, None, None)


@pytest.mark.parametrize(
    ("quote", "right"),
    [
        ("The tunnel\nwill be closed on Monday.", True),
        ("Notice. The tunnel will be closed on Monday.", True),
        ("tunnel will be closed on Monday.", True),
        ("Monday.", False),
        ("The bridge stays open.", False),
    ],
)
def test_a_quote_is_right_that_holds_the_sentence_or_most_of_it(quote: str, right: bool) -> None:
    assert is_right_quote(quote, ("The tunnel will be closed on Monday.",)) is right
