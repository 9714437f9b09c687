"""SQuAD 2.0 articles as documents, and their questions with gold offsets in them.

Articles, and which of them train, fit or report, are as in :mod:`training.squad`: what trains or
fits never reports, and what reports never chooses.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.types import Span
from training import squad as published
from training.squad import CALIBRATION, REPORTING, TRAINING

__all__ = [
    "CALIBRATION",
    "REPORTING",
    "SPLITS",
    "TRAINING",
    "Article",
    "SquadQuestion",
    "load_articles",
    "sample",
    "unambiguous",
    "write_articles",
]
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

    @property
    def document_id(self) -> str:
        """The id of the document that its article becomes."""
        return _file_name(self.article)

    @property
    def cluster(self) -> str:
        """Names its paragraph: questions on one paragraph are not independent."""
        return f"{self.article}:{self.paragraph.start}"

    def is_shown(self, document_id: str, shown: Span) -> bool:
        """Whether ``shown`` wholly holds an accepted answer, where it was marked."""
        return document_id == self.document_id and any(
            shown.start <= gold.start and gold.end <= shown.end for gold in self.spans
        )


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its paragraphs, joined by empty lines under its title, and its questions."""

    name: str
    text: str
    paragraphs: tuple[Span, ...]
    questions: tuple[SquadQuestion, ...]

    @property
    def title(self) -> str:
        """As the text begins."""
        return _title(self.name)

    @property
    def file_name(self) -> str:
        """The name of its text file, which is also its document id."""
        return _file_name(self.name)


def load_articles(path: Path, names: Iterable[str] | None = None) -> list[Article]:
    """The articles of a SQuAD file (JSON, plain or gzip), of those ``names`` or all.

    Raises ValueError if the file lacks one of ``names``.
    """
    wanted = None if names is None else set(names)
    rows = published.load_squad(path)
    found = [_article(row) for row in rows if wanted is None or row.title in wanted]
    missing = (wanted or set()) - {article.name for article in found}
    if missing:
        raise ValueError(f"{path.name} lacks the articles {', '.join(sorted(missing))}")
    return found


def write_articles(articles: Sequence[Article], folder: Path) -> None:
    """Writes each article's text into ``folder``, to be indexed from there."""
    folder.mkdir(parents=True, exist_ok=True)
    for article in articles:
        (folder / article.file_name).write_text(article.text, "utf-8")


def unambiguous(articles: Sequence[Article]) -> list[SquadQuestion]:
    """The questions whose gold says one thing, in order.

    Left out are questions asked twice in the same words, and those with an accepted answer that
    stands more than once in its paragraph: which of the places proves it, the data do not say.
    """
    asked = Counter(_folded(q.question) for article in articles for q in article.questions)
    return [
        question
        for article in articles
        for question in article.questions
        if asked[_folded(question.question)] == 1 and _stands_once(article, question)
    ]


def sample(
    questions: Sequence[SquadQuestion], limit: int | None, seed: int = 0
) -> list[SquadQuestion]:
    """At most ``limit`` of ``questions``, drawn with ``seed``, in their order."""
    if limit is None or limit >= len(questions):
        return list(questions)
    chosen = random.Random(seed).sample(range(len(questions)), limit)
    return [questions[index] for index in sorted(chosen)]


def _stands_once(article: Article, question: SquadQuestion) -> bool:
    paragraph = article.text[question.paragraph.start : question.paragraph.end]
    return all(paragraph.count(answer) == 1 for answer in question.answers)


def _folded(question: str) -> str:
    return " ".join(question.casefold().strip(" ?").split())


def _title(name: str) -> str:
    return name.replace("_", " ")


def _file_name(name: str) -> str:
    return f"{name}.txt"


def _article(row: published.Article) -> Article:
    text = _title(row.title)
    paragraphs: list[Span] = []
    questions: list[SquadQuestion] = []
    for paragraph in row.paragraphs:
        # One line a paragraph: some hold line breaks, which the layout would take for two.
        context = paragraph.text.replace("\n", " ")
        start = len(text) + 2
        text += "\n\n" + context
        span = Span(start, start + len(context))
        paragraphs.append(span)
        questions.extend(_questions(paragraph, row.title, span))
    return Article(row.title, text, tuple(paragraphs), tuple(questions))


def _questions(
    paragraph: published.Paragraph, article: str, place: Span
) -> Iterator[SquadQuestion]:
    for question in paragraph.questions:
        golds = () if question.impossible else question.golds
        if not golds and not question.impossible:
            continue  # none of its answers stands where the data say
        yield SquadQuestion(
            id=question.id,
            question=question.text,
            article=article,
            paragraph=place,
            answers=tuple(dict.fromkeys(gold.text.replace("\n", " ") for gold in golds)),
            spans=tuple(
                Span(place.start + gold.start, place.start + gold.start + len(gold.text))
                for gold in golds
            ),
        )
