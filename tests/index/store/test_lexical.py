"""The word index: words, stems, and what a query finds."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexBuildError
from index.store.lexical import FOLDER, LexicalStore, content_words, stem, words
from tests.index.texts import nasty_texts

TEXTS = [
    "The ferry Aurora carries 220 passengers.",
    "Its garden was planted by Hanna Petersen.",
    "Ferries are ships; a ferry carries cars.",
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jean-Noël Barrot’s", ["jean", "noel", "barrot", "s"]),
        ("3.5 million, 1,000!", ["3.5", "million", "1,000"]),
        ("Straße STRASSE ﬁne", ["strasse", "strasse", "fine"]),
        ("北京 2008", ["北", "京", "2008"]),
        ("Киев", ["киев"]),
        ("… — “”", []),
        ("", []),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_question_words_are_no_content() -> None:
    assert content_words("Who was the captain of it?") == ["captain"]


def test_stems_follow_the_language() -> None:
    assert stem(["ferries"]) == stem(["ferry"])
    assert stem(["Häuser".casefold()], "de-AT") == stem(["haus"], "de")
    assert stem(["ferries"], "xx") == stem(["ferries"], "en")


@given(nasty_texts)
def test_any_text_can_be_indexed_and_asked(text: str) -> None:
    store = LexicalStore.build([text, *TEXTS])
    found = store.query(text, 4)
    assert all(0 <= row < 4 and score > 0 for row, score in found)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    if content_words(text):
        assert 0 in [row for row, _ in found]


def test_the_best_passages_come_first_and_no_more_than_asked_for() -> None:
    store = LexicalStore.build(TEXTS)
    assert [row for row, _ in store.query("Which ferry carries cars?", 3)] == [2, 0]
    assert len(store.query("ferry", 1)) == 1
    assert store.query("Hanna", 3)[0][0] == 1


@pytest.mark.parametrize("question", ["", "who is it", "zebra", "?!", "北"])
def test_what_shares_no_word_finds_nothing(question: str) -> None:
    assert LexicalStore.build(TEXTS).query(question, 3) == []


@given(st.lists(nasty_texts, min_size=1, max_size=4))
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("bm25")
    store = LexicalStore.build(texts, "de")
    store.save(folder)
    again = LexicalStore.load(folder)
    for text in texts:
        assert dict(again.query(text, 9)) == pytest.approx(dict(store.query(text, 9)))


@pytest.mark.parametrize("texts", [TEXTS, ["of the"]])
def test_any_missing_file_is_noticed(tmp_path: Path, texts: list[str]) -> None:
    LexicalStore.build(texts).save(tmp_path)
    files = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert len(files) >= 2
    for name in files:
        file = tmp_path / FOLDER / name
        data = file.read_bytes()
        file.unlink()
        with pytest.raises(IndexBuildError, match="word index cannot be read"):
            LexicalStore.load(tmp_path)
        file.write_bytes(data)


@pytest.mark.parametrize("content", [b"", b"{", b"\x00" * 40, b"[1]"])
def test_a_damaged_file_is_noticed(tmp_path: Path, content: bytes) -> None:
    LexicalStore.build(TEXTS).save(tmp_path)
    for file in (tmp_path / FOLDER).iterdir():
        if file.name == "language":
            continue
        data = file.read_bytes()
        file.write_bytes(content)
        with pytest.raises(IndexBuildError, match="word index cannot be read"):
            LexicalStore.load(tmp_path)
        file.write_bytes(data)
