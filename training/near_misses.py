"""Questions written for this project over paragraphs of SQuAD: what a paragraph does not say, asked
so that something in it seems to answer, and what it does say, asked in other words.

Files are JSON lines, gzipped or not, one paragraph each: ``paragraph``, the first PREFIX digits of
the SHA-256 of its text in hexadecimal, and ``questions``, where an answerable one has its
``answer``. The texts themselves are SQuAD's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from training.squad import Article, Gold, Paragraph, Question, read_text

PREFIX = 8


def paragraph_key(text: str) -> str:
    """What our files call a paragraph, whose text is kept elsewhere."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:PREFIX]


def load_near_misses(path: Path, squad: Iterable[Article]) -> list[Article]:
    """Those of the paragraphs of ``squad`` that have questions in ``path``, with these for their
    own. Raises ValueError if none has."""
    rows = [json.loads(line) for line in read_text(path).splitlines() if line.strip()]
    asked = {row["paragraph"]: row["questions"] for row in rows}
    result = []
    for article in squad:
        paragraphs = tuple(_paragraphs(article, asked))
        if paragraphs:
            result.append(Article(article.title, paragraphs))
    if rows and not result:
        raise ValueError(f"{path}: no paragraph of it is in the SQuAD file")
    return result


def _paragraphs(
    article: Article, asked: dict[str, Sequence[dict[str, str]]]
) -> Iterator[Paragraph]:
    for paragraph in article.paragraphs:
        key = paragraph_key(paragraph.text)
        if key in asked:
            yield Paragraph(
                paragraph.text,
                tuple(
                    _question(f"{key}-{number}", row, paragraph.text)
                    for number, row in enumerate(asked[key])
                ),
            )


def _question(question_id: str, row: dict[str, str], text: str) -> Question:
    if "answer" not in row:
        return Question(question_id, row["question"], (), impossible=True)
    gold = Gold(row["answer"], text.index(row["answer"]))
    return Question(question_id, row["question"], (gold,), impossible=False)
