"""SQuAD 2.0 articles as documents, and their questions with gold offsets.

The split of the 24 articles (Rajpurkar et al. 2018, CC BY-SA 4.0): what trains or fits never
reports, and what reports never chooses.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.types import Span

TRAINING = (
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
)
CALIBRATION = ("Computational_complexity_theory", "Imperialism", "Prime_number", "Steam_engine")
REPORTING = (
    "Construction",
    "Geology",
    "Huguenot",
    "Immune_system",
    "Intergovernmental_Panel_on_Climate_Change",
    "University_of_Chicago",
)
SPLITS = {"training": TRAINING, "calibration": CALIBRATION, "reporting": REPORTING}


@dataclass(frozen=True, slots=True)
class SquadQuestion:
    """A question, the paragraph it was written for, and the spans that answer it: none, if the
    paragraph does not. Offsets count in the article's text."""

    id: str
    question: str
    article: str
    paragraph: Span
    answers: tuple[str, ...]
    spans: tuple[Span, ...]

    @property
    def answerable(self) -> bool:
        """Whether the paragraph answers it."""
        return bool(self.spans)


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its paragraphs, joined by empty lines under its title, and its questions."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    questions: tuple[SquadQuestion, ...]

    @property
    def file_name(self) -> str:
        """The name of its text file, which is also its document id."""
        return f"{self.name}.txt"


def load_articles(path: Path, names: Iterable[str] | None = None) -> list[Article]:
    """The articles of a SQuAD file (JSON, plain or gzip), of those ``names`` or all."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        rows = json.load(file)["data"]
    wanted = None if names is None else set(names)
    found = [_article(row) for row in rows if wanted is None or row["title"] in wanted]
    missing = (wanted or set()) - {article.name for article in found}
    if missing:
        raise ValueError(f"{path.name} lacks the articles {', '.join(sorted(missing))}")
    return found


def write_articles(articles: Sequence[Article], folder: Path) -> None:
    """Writes each article's text into ``folder``, to be indexed from there."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / article.file_name).write_text(article.text, "utf-8")


def _article(row: dict[str, Any]) -> Article:
    name = str(row["title"])
    text = name.replace("_", " ")
    paragraphs: list[Span] = []
    questions: list[SquadQuestion] = []
    for paragraph in row["paragraphs"]:
        # One line a paragraph: some hold line breaks, which the layout would take for two.
        context = str(paragraph["context"]).replace("\n", " ")
        start = len(text) + 2
        text += "\n\n" + context
        span = Span(start, start + len(context))
        paragraphs.append(span)
        questions.extend(_question(qa, name, span) for qa in paragraph["qas"])
    return Article(name, text, tuple(paragraphs), tuple(questions))


def _question(qa: dict[str, Any], article: str, paragraph: Span) -> SquadQuestion:
    answers = [] if qa.get("is_impossible") else qa["answers"]
    return SquadQuestion(
        id=str(qa["id"]),
        question=str(qa["question"]),
        article=article,
        paragraph=paragraph,
        answers=tuple(dict.fromkeys(str(answer["text"]) for answer in answers)),
        spans=tuple(
            Span(
                paragraph.start + answer["answer_start"],
                paragraph.start + answer["answer_start"] + len(answer["text"]),
            )
            for answer in answers
        ),
    )
