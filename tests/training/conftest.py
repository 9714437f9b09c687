"""Small data for the tests of the pipeline's steps that need neither PyTorch nor ONNX's tools: the
``train`` dependency group is not part of the locked environment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.squad import Article, load_squad

RIVER = (
    "The Lenn is a river in the north of Orvia. It rises near Tamsel in 1204 metres of height and"
    " flows through Kardun. In 1911 the engineer Maria Holt built the largest dam of the country"
    " at Kardun. The dam was opened by King Osric in May 1913."
)
TOWN = (
    "Kardun is the largest town of Orvia. It was founded by Duke Edrin in 1342. The town exports"
    " wool and salt. In 2001 it had 48,200 inhabitants, and its mayor was Pia Lund."
)


def _question(text: str, context: str, *answers: str) -> dict[str, Any]:
    return {
        "id": text,
        "question": text,
        "is_impossible": not answers,
        "answers": [{"text": a, "answer_start": context.index(a)} for a in answers],
    }


def _article(title: str) -> dict[str, Any]:
    river = [
        _question("Who built the largest dam at Kardun?", RIVER, "Maria Holt"),
        _question("Who opened the dam in 1913?", RIVER, "King Osric"),
        _question("Which town does the Lenn flow through?", RIVER, "Kardun"),
        _question("Who destroyed the dam in 1913?", RIVER),
    ]
    town = [
        _question("Who founded Kardun in 1342?", TOWN, "Duke Edrin", "Edrin"),
        _question("How many inhabitants did Kardun have in 2001?", TOWN, "48,200"),
        _question("What does the town export?", TOWN, "wool and salt"),
        _question("What does the town import?", TOWN),
    ]
    return {
        "title": title,
        "paragraphs": [{"context": RIVER, "qas": river}, {"context": TOWN, "qas": town}],
    }


def _articles(folder: Path, *titles: str) -> list[Article]:
    path = folder / "squad.json"
    path.write_text(json.dumps({"data": [_article(title) for title in titles]}), "utf-8")
    return load_squad(path)


@pytest.fixture
def squad(tmp_path: Path) -> list[Article]:
    """Two articles of eight questions each, two of them unanswerable."""
    return _articles(tmp_path, "Lenn", "Kardun")


@pytest.fixture
def squad2(tmp_path: Path) -> list[Article]:
    """A training, a calibration and a reporting article of SQuAD 2.0, by their titles."""
    return _articles(tmp_path, "Rhine", "Steam_engine", "Geology")
