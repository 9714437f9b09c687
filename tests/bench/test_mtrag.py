"""Conversations are split for good, and their passages become documents."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.mtrag import HALVES, Leans, half_of, load_exchanges, told_by_words, write_corpus


@pytest.fixture
def data(tmp_path: Path) -> Path:
    def row(conversation: str, label: str, *before: str) -> dict[str, object]:
        said = [{"role": role, "text": t} for t in before for role in ("user", "assistant")]
        return {
            "id": f"{conversation}<::>{len(before)}",
            "question": "And it?",
            "history": said,
            "answers": ["An answer."],
            "evidence": [{"doc_id": "p1"}],
            "label": label,
        }

    rows = [
        row("a", "ANSWERABLE"),
        row("a", "ANSWERABLE", "What is it?"),
        row("b", "UNANSWERABLE", "One?", "Two?"),
        row("b", "CONVERSATIONAL", "One?"),
    ]
    path = tmp_path / "data.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    return path


def test_only_questions_with_a_history_are_asked(data: Path) -> None:
    asked = [exchange for half in HALVES for exchange in load_exchanges(data, half)]
    by_id = {exchange.id: exchange for exchange in asked}
    assert set(by_id) == {"a<::>1", "b<::>2"}
    assert by_id["a<::>1"].passages == {"p1"} and by_id["a<::>1"].answerable
    assert not by_id["b<::>2"].answerable
    assert by_id["b<::>2"].joined == "One? Two? And it?"


def test_a_conversation_stays_in_its_half() -> None:
    halves = [half_of(f"conversation {number}") for number in range(200)]
    assert halves == [half_of(f"conversation {number}") for number in range(200)]
    assert 70 < halves.count(HALVES[0]) < 130


def test_passages_of_the_same_text_are_one_document(tmp_path: Path) -> None:
    rows = [{"doc_id": name, "paragraphs": [text]} for name, text in (("p", "A"), ("q", "A"))]
    path = tmp_path / "corpus.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    (ids,) = write_corpus(path, tmp_path / "out").values()
    assert ids == {"p", "q"}
    assert [file.read_text() for file in (tmp_path / "out").iterdir()] == ["A"]


@pytest.mark.parametrize(
    ("question", "leans"),
    [
        ("Is the Hudson River important?", Leans.STANDS_ALONE),
        ("Are there any other rivers?", Leans.STANDS_ALONE),
        ("Where does it originate from?", Leans.PRONOUN),
        ("Regional differences", Leans.ELLIPSIS),
        ("no, I meant the river", Leans.ELLIPSIS),
        ("Why?", Leans.BARE),
        ("How many teams?", Leans.BARE),
        ("Tell me more about the new commands", Leans.MORE),
    ],
)
def test_kinds_are_told_by_words(question: str, leans: Leans) -> None:
    assert told_by_words(question) is leans
