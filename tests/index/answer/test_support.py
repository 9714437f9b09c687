"""The judge of claims, with the shipped models."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.answer.support import Support
from index.answer.support_score import SCORE_FILE, SupportScore, margin
from index.models.checker import Checker, CheckerLogits
from index.models.tokenizer import WordPiece
from index.types import Verdict

QUOTE = "Witkoff is set to meet French President Emmanuel Macron on 3 April."
SURE = CheckerLogits(9.0, 0.0, 0.0)
DENIED = CheckerLogits(0.0, 9.0, 0.0)
UNSAID = CheckerLogits(0.0, 0.0, 9.0)


class Scripted:
    """Gives the same logits to every pair, and keeps what it was asked."""

    def __init__(self, logits: CheckerLogits) -> None:
        self._logits = logits
        self.opened = 0
        self.asked: list[tuple[str, str]] = []

    def open(self) -> Scripted:
        self.opened += 1
        return self

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[CheckerLogits]:
        self.asked += pairs
        return [self._logits] * len(pairs)


def scripted(logits: CheckerLogits) -> tuple[Scripted, Support]:
    checker = Scripted(logits)
    return checker, Support(checker.open, SupportScore.load())


@pytest.fixture(scope="module")
def support() -> Support:
    return Support.open(WordPiece(), threads=1)


def test_judgements_come_in_order_with_reasons(support: Support) -> None:
    claims = [
        "Witkoff is set to meet Emmanuel Macron.",
        "Witkoff is not set to meet Emmanuel Macron.",
        "Witkoff is set to meet Macron on 4 April.",
        "The harvest of olives was poor.",
    ]
    judged = support.judge([(claim, QUOTE) for claim in claims])
    assert [j.verdict for j in judged] == [
        Verdict.SUPPORTED,
        Verdict.CONTRADICTED,
        Verdict.CONTRADICTED,
        Verdict.NOT_FOUND,
    ]
    assert judged[0].reason is None
    assert all(j.reason for j in judged[1:])
    assert judged[0].score > max(j.score for j in judged[1:])
    assert all(0 <= j.score <= 1 for j in judged)


def test_a_half_truth_is_not_borne_out(support: Support) -> None:
    (judged,) = support.judge([("Witkoff is set to meet Macron and to resign afterwards.", QUOTE)])
    assert judged.verdict is not Verdict.SUPPORTED


def test_what_the_guard_finds_is_final_and_asks_no_checker() -> None:
    checker, support = scripted(SURE)
    (judged,) = support.judge([("Witkoff is set to meet Putin.", QUOTE)])
    assert judged.verdict is Verdict.CONTRADICTED and "Putin" in (judged.reason or "")
    assert not checker.opened


@pytest.mark.parametrize(
    ("logits", "verdict"),
    [
        (SURE, Verdict.SUPPORTED),
        (DENIED, Verdict.CONTRADICTED),
        (UNSAID, Verdict.NOT_FOUND),
    ],
)
def test_the_checker_decides_the_rest(logits: CheckerLogits, verdict: Verdict) -> None:
    checker, support = scripted(logits)
    claims = ["Witkoff is set to meet Macron.", "Witkoff will not meet Macron.", QUOTE]
    judged = support.judge([(claim, QUOTE) for claim in claims])
    assert [j.verdict for j in judged] == [verdict, Verdict.CONTRADICTED, verdict]
    assert checker.asked == [(claims[0], QUOTE), (claims[2], QUOTE)] and checker.opened == 1


def test_what_is_about_something_else_contradicts_nothing() -> None:
    _, support = scripted(DENIED)
    (judged,) = support.judge([("The harvest of olives was poor.", QUOTE)])
    assert judged.verdict is Verdict.NOT_FOUND


def test_nothing_to_judge_opens_no_model() -> None:
    checker, support = scripted(SURE)
    assert support.judge([]) == ()
    assert not checker.opened


def test_empty_texts_support_nothing() -> None:
    checker, support = scripted(SURE)
    (judged,) = support.judge([("Witkoff is set to meet Macron.", "")])
    assert judged.verdict is Verdict.NOT_FOUND
    assert not checker.opened


def test_more_for_supported_is_a_greater_probability() -> None:
    score = SupportScore.load()
    judged = [score.judge(QUOTE, QUOTE, CheckerLogits(x, 0.0, 0.0)) for x in (-9.0, 0.0, 1.0, 9.0)]
    scores = [j.score for j in judged]
    assert scores == sorted(scores) and len(set(scores)) == 4
    assert margin(CheckerLogits(99.0, 0.0, 0.0)) == -margin(CheckerLogits(-99.0, 0.0, 0.0))


def test_the_score_was_fitted_for_the_shipped_checker(tokenizer: WordPiece) -> None:
    assert SupportScore.load(SCORE_FILE).checker == Checker(tokenizer, threads=1).name
