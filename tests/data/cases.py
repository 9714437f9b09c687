"""Questions and dialogues whose right sentences are known. README.md explains the fields."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent
TEXTS = DATA / "texts"
ARTICLE = DATA.parents[1] / "seeds" / "rubio-witkoff-france.txt"


@dataclass(frozen=True, slots=True)
class Case:
    """One question; ``sentences`` and ``answers`` are empty where the document has no answer."""

    document: str
    question: str
    answerable: bool
    sentences: tuple[str, ...]
    answers: tuple[str, ...]
    kind: str
    note: str
    split: str


@dataclass(frozen=True, slots=True)
class DialogueTurn:
    """``standalone`` asks the same without the history; of an independent turn it is the turn."""

    question: str
    dependent: bool
    standalone: str
    sentences: tuple[str, ...]
    answerable: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Dialogue:
    """Turns about one document, in the order of asking."""

    document: str
    turns: tuple[DialogueTurn, ...]
    split: str


def article_cases() -> tuple[Case, ...]:
    """The questions about the article in seeds/."""
    return tuple(_case({"document": ARTICLE.name, **row}) for row in _rows("article_questions"))


def text_cases() -> tuple[Case, ...]:
    """The questions about the documents in texts/."""
    return tuple(_case(row) for row in _rows("text_questions"))


def read_cases(path: Path) -> tuple[Case, ...]:
    """The questions of another file of that form."""
    return tuple(_case(row) for row in json.loads(path.read_text("utf-8")))


def dialogues() -> tuple[Dialogue, ...]:
    """The conversations about the article and the documents in texts/."""
    return tuple(
        Dialogue(
            document=row["document"],
            turns=tuple(
                DialogueTurn(**{**turn, "sentences": tuple(turn["sentences"])})
                for turn in row["turns"]
            ),
            split=row["split"],
        )
        for row in _rows("dialogues")
    )


def document_path(name: str) -> Path:
    """Where the document that a case names lies."""
    return ARTICLE if name == ARTICLE.name else TEXTS / name


def _case(row: dict[str, Any]) -> Case:
    lists = {key: tuple(row[key]) for key in ("sentences", "answers")}
    return Case(**{**row, **lists})


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((DATA / f"{name}.json").read_text("utf-8"))
    return rows
