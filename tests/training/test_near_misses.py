"""Questions over paragraphs that are kept elsewhere."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from training.near_misses import load_near_misses
from training.squad import Article, Paragraph, read_text

MILL = Paragraph("The mill closed in 1931 and reopened in 1950.", ())
BARN = Paragraph("The barn burnt down.", ())
SQUAD = [Article("Mills", (BARN, MILL)), Article("Barns", (BARN,))]
QUESTIONS = [
    {"question": "When did the mill shut down?", "answer": "1931"},
    {"question": "When was the mill built?"},
]


def saved(path: Path, text: str) -> Path:
    key = hashlib.sha256(text.encode()).hexdigest()[:8]
    path.write_text(json.dumps({"paragraph": key, "questions": QUESTIONS}) + "\n", "utf-8")
    return path


def test_questions_find_their_paragraph(tmp_path: Path) -> None:
    (article,) = load_near_misses(saved(tmp_path / "questions.jsonl", MILL.text), SQUAD)
    (paragraph,) = article.paragraphs
    shut, built = paragraph.questions
    assert article.title == "Mills"
    assert paragraph.text == MILL.text
    assert [(g.text, g.start) for g in shut.golds] == [("1931", 19)]
    assert not shut.impossible
    assert built.impossible
    assert built.golds == ()


def test_another_file_than_squad_is_told(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no paragraph of it"):
        load_near_misses(saved(tmp_path / "questions.jsonl", "Something else."), SQUAD)


def test_the_shipped_questions_are_balanced() -> None:
    path = Path(__file__).parents[2] / "training" / "data" / "near_misses.jsonl.gz"
    rows = [json.loads(line) for line in read_text(path).splitlines()]
    questions = [q for row in rows for q in row["questions"]]
    assert len({row["paragraph"] for row in rows}) == len(rows)
    share = sum("answer" not in q for q in questions) / len(questions)
    assert 0.5 < share < 0.8
