"""Misspelt words are mended from the documents' own, and nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.spelling import Speller
from index.models.tokenizer import WordPiece
from tests.index.texts import BOATS, GARDEN, article

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.fixture(scope="module")
def speller(tokenizer: WordPiece) -> Speller:
    return Speller([article().text, GARDEN, BOATS], tokenizer.knows_word)


@pytest.mark.parametrize(
    ("question", "mended"),
    [
        ("who is witkof", "who is Witkoff"),
        ("Who is Kirrill Dmitriev's boss?", "Who is Kirill Dmitriev's boss?"),
        ("who is dmitreiv", "who is Dmitriev"),
        ("Where is Ulmstrase?", "Where is Ulmstrasse?"),
        ("Who is Witkoff?", "Who is Witkoff?"),
        ("who is witkoff", "who is witkoff"),
        ("What about Iraq?", "What about Iraq?"),
        ("Who is Xyzzyx?", "Who is Xyzzyx?"),
        ("2025-04-17", "2025-04-17"),
        ("", ""),
    ],
)
def test_only_slips_are_mended(speller: Speller, question: str, mended: str) -> None:
    assert speller.mend(question) == mended


@given(WORDS)
def test_what_is_not_a_word_stays(speller: Speller, text: str) -> None:
    kept = [c for c in text if not c.isalpha() and c not in "'’"]
    assert [c for c in speller.mend(text) if not c.isalpha() and c not in "'’"] == kept


@given(st.lists(WORDS, max_size=5), WORDS)
def test_any_documents_will_do(texts: list[str], question: str) -> None:
    speller = Speller(texts, lambda _: False)
    assert speller.mend(speller.mend(question)) == speller.mend(question)
