"""Short documents with questions, written for this project: what a text does not say, asked in its
own words, and what it does say, asked in other words.

Files are JSON lines, gzipped or not, one document each: ``sentences`` in order, and ``questions``,
where an answerable one names its ``sentence`` (by index, from 0) and the ``answer`` in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from training.squad import Article, Gold, Paragraph, Question, read_text

#: What a sentence, unlike a heading, a list item or a table row, ends with.
SENTENCE_ENDS = tuple('.!?”"’)')


def load_texts(path: Path) -> list[Article]:
    """The documents of ``path``, each as an article of one paragraph."""
    return [_article(json.loads(line)) for line in read_text(path).splitlines() if line.strip()]


def _article(row: dict[str, Any]) -> Article:
    text, starts = _joined(row["sentences"])
    questions = tuple(_questions(row, starts))
    return Article(row["document"], (Paragraph(text, questions),))


def _joined(sentences: Sequence[str]) -> tuple[str, list[int]]:
    """The text, and where each sentence begins in it. Only sentences share a line."""
    text, starts = "", []
    for sentence in sentences:
        if text:
            text += " " if text.endswith(SENTENCE_ENDS) else "\n"
        starts.append(len(text))
        text += sentence
    return text, starts


def _questions(row: dict[str, Any], starts: Sequence[int]) -> Iterator[Question]:
    for number, asked in enumerate(row["questions"]):
        golds: tuple[Gold, ...] = ()
        if "answer" in asked:
            sentence = row["sentences"][asked["sentence"]]
            start = starts[asked["sentence"]] + sentence.index(asked["answer"])
            golds = (Gold(asked["answer"], start),)
        yield Question(f"{row['document']}-{number}", asked["question"], golds, not golds)
