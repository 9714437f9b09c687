"""The judge of claims, with the shipped models."""

from __future__ import annotations

import pytest

from index.answer.support import Support
from index.models.tokenizer import WordPiece
from index.types import Verdict


@pytest.fixture(scope="module")
def support() -> Support:
    return Support.open(WordPiece(), threads=1)


def test_judgements_come_in_order_with_reasons(support: Support) -> None:
    quote = "Witkoff is set to meet French President Emmanuel Macron on 3 April."
    claims = [
        "Witkoff is set to meet Emmanuel Macron.",
        "Witkoff is not set to meet Emmanuel Macron.",
        "Witkoff is set to meet Macron on 4 April.",
        "The harvest of olives was poor.",
    ]
    judged = support.judge([(claim, quote) for claim in claims])
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


def test_nothing_to_judge(support: Support) -> None:
    assert support.judge([]) == ()


def test_empty_texts_support_nothing(support: Support) -> None:
    (judged,) = support.judge([("Witkoff is set to meet Macron.", "")])
    assert judged.verdict is Verdict.NOT_FOUND
