"""The questions about short documents say what is so."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.short_texts import DATA, TEXTS, UNANSWERED, short_text_cases
from tests.data.cases import read_cases

CASES = read_cases(DATA / "questions.json")


def test_every_right_sentence_stands_in_its_document() -> None:
    texts = {path.name: path.read_text("utf-8") for path in TEXTS.iterdir()}
    for case in CASES:
        assert bool(case.sentences) == case.answerable, case.question
        assert case.answerable or case.kind in UNANSWERED, case.question
        for sentence in case.sentences:
            assert sentence in texts[case.document], sentence
        for answer in case.answers:
            assert any(answer in sentence for sentence in case.sentences), answer


def test_questions_are_unique_within_a_document() -> None:
    counts = Counter((case.document, case.question.lower()) for case in CASES)
    assert max(counts.values()) == 1


@pytest.mark.parametrize(("split", "documents"), [("dev", 18), ("held", 10)])
def test_splits_share_no_document(split: str, documents: int) -> None:
    mine = {case.document for case in short_text_cases(split)}
    assert len(mine) == documents
    assert not mine & {case.document for case in CASES if case.split != split}
