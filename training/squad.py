"""Reading question-answering data: SQuAD 1.1 and 2.0 as published, and JSON lines of search
questions. Files may be gzipped.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# The split of SQuAD 2.0 dev, by article. Reporting articles serve for figures, never for a choice.
TRAINING = frozenset(
    {
        "1973_oil_crisis",
        "Civil_disobedience",
        "Ctenophora",
        "French_and_Indian_War",
        "Islamism",
        "Jacksonville,_Florida",
        "Oxygen",
        "Packet_switching",
        "Private_school",
        "Rhine",
        "Scottish_Parliament",
        "Southern_California",
        "Victoria_(Australia)",
        "Yuan_dynasty",
    }
)
CALIBRATION = frozenset(
    {"Computational_complexity_theory", "Imperialism", "Prime_number", "Steam_engine"}
)
REPORTING = frozenset(
    {
        "Construction",
        "Geology",
        "Huguenot",
        "Immune_system",
        "Intergovernmental_Panel_on_Climate_Change",
        "University_of_Chicago",
    }
)


@dataclass(frozen=True, slots=True)
class Gold:
    """One accepted answer: ``paragraph.text[start : start + len(text)] == text``."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    text: str
    golds: tuple[Gold, ...]
    impossible: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Article:
    title: str
    paragraphs: tuple[Paragraph, ...]


def read_text(path: Path) -> str:
    data = path.read_bytes()
    return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")


def load_squad(path: Path) -> list[Article]:
    """The articles of a file in SQuAD's layout, version 1.1 or 2.0."""
    return [
        Article(
            article["title"],
            tuple(
                Paragraph(p["context"], tuple(_question(q, p["context"]) for q in p["qas"]))
                for p in article["paragraphs"]
            ),
        )
        for article in json.loads(read_text(path))["data"]
    ]


def load_search_questions(path: Path) -> list[Paragraph]:
    """Search questions, one JSON object a line, each with its own passage and answer span."""
    rows = [json.loads(line) for line in read_text(path).splitlines() if line.strip()]
    return [
        Paragraph(
            row["context"],
            (
                Question(
                    row["id"],
                    row["question"],
                    tuple(Gold(e["text"], e["start"]) for e in row["evidence"]),
                    impossible=not row["answerable"],
                ),
            ),
        )
        for row in rows
    ]


def _question(row: dict[str, Any], context: str) -> Question:
    golds = (Gold(a["text"], a["answer_start"]) for a in row["answers"])
    return Question(
        row["id"],
        row["question"],
        tuple(g for g in golds if context.startswith(g.text, g.start)),
        impossible=bool(row.get("is_impossible", False)),
    )
