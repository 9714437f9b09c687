"""Keeps the expectations honest: a wrong one would make a good answer look bad."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from tests.data.cases import (
    TEXTS,
    Case,
    Dialogue,
    article_cases,
    dialogues,
    document_path,
    text_cases,
)

#: Asked for a sentence, not for a span within it.
SENTENCE_KINDS = {"why", "how", "yes_no"}
CASES = article_cases() + text_cases()
DIALOGUES = dialogues()


def _source(name: str) -> str:
    return document_path(name).read_text("utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.question[:60])
def test_case_is_borne_out_by_its_document(case: Case) -> None:
    source = _source(case.document)
    for sentence in case.sentences:
        assert source.count(sentence) == 1, f"not found once: {sentence!r}"
    for answer in case.answers:
        assert any(answer in sentence for sentence in case.sentences), f"unproved: {answer!r}"
    assert bool(case.sentences) == case.answerable
    assert bool(case.answers) == (case.answerable and case.kind not in SENTENCE_KINDS)
    assert case.answerable or case.note, "a trap says why it is one"
    assert case.split in {"dev", "held"}
    for values in (case.sentences, case.answers):
        assert len(set(values)) == len(values)


@pytest.mark.parametrize("dialogue", DIALOGUES, ids=lambda item: item.turns[0].question[:60])
def test_dialogue_is_borne_out_by_its_document(dialogue: Dialogue) -> None:
    source = _source(dialogue.document)
    assert 3 <= len(dialogue.turns) <= 6
    assert not dialogue.turns[0].dependent
    assert dialogue.split in {"dev", "held"}
    for turn in dialogue.turns:
        for sentence in turn.sentences:
            assert source.count(sentence) == 1, f"not found once: {sentence!r}"
        assert bool(turn.sentences) == turn.answerable
        assert turn.dependent == (turn.standalone != turn.question)
        assert turn.dependent == (turn.kind not in {"first", "independent"})


def test_questions_are_unique_within_a_document() -> None:
    asked = Counter((case.document, " ".join(case.question.casefold().split())) for case in CASES)
    assert [question for question, times in asked.items() if times > 1] == []


def test_there_are_enough_of_each() -> None:
    about_article = Counter(case.answerable for case in article_cases())
    assert about_article[True] >= 60 and about_article[False] >= 22
    about_texts = Counter((case.document, case.answerable) for case in text_cases())
    for path in TEXTS.iterdir():
        assert about_texts[path.name, True] >= 8 and about_texts[path.name, False] >= 4
    assert len(DIALOGUES) >= 40


@pytest.mark.parametrize("items", [article_cases(), text_cases(), DIALOGUES])
def test_one_third_may_be_looked_at(items: tuple[Case | Dialogue, ...]) -> None:
    share = sum(item.split == "dev" for item in items) / len(items)
    assert 0.3 < share < 0.37


def test_texts_are_what_the_readme_says() -> None:
    for path in TEXTS.iterdir():
        assert 300 <= len(path.read_text("utf-8").split()) <= 900, path.name
    notice = (TEXTS / "tunnel-notice.txt").read_text("utf-8")
    assert max(map(len, notice.splitlines())) <= 72
    assert re.search(r"\d", (TEXTS / "moss.txt").read_text("utf-8")) is None
