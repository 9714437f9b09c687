"""The questions and texts that speed is measured with."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from index.ingest.sentences import split_sentences
from index.types import Span
from tests.data.cases import ARTICLE, TEXTS, article_cases

#: Word pieces a made-up paragraph grows to: just short of a passage.
_PARAGRAPH_PIECES = 110


def article_questions() -> list[str]:
    """Our own questions about the article in seeds/, answerable and not."""
    return [case.question for case in article_cases()]


def write_made_up(
    folder: Path, paragraphs: int, count_pieces: Callable[[Sequence[str]], list[int]]
) -> None:
    """Documents of ``paragraphs`` paragraphs in all, a hundred each, none like another: sentences
    of the article and of the test texts, drawn with a fixed seed. They mean nothing; their
    lengths and words are those of real text."""
    sentences = [s for path in (ARTICLE, *sorted(TEXTS.iterdir())) for s in _sentences(path)]
    sizes = count_pieces(sentences)
    generator = random.Random(0)
    made = [_paragraph(sentences, sizes, generator) for _ in range(paragraphs)]
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, paragraphs, 100):
        text = "\n\n".join(made[start : start + 100])
        (folder / f"made-up-{start // 100:03}.txt").write_text(text, "utf-8")


def _paragraph(sentences: Sequence[str], sizes: Sequence[int], generator: random.Random) -> str:
    chosen: list[str] = []
    pieces = 0
    while True:
        index = generator.randrange(len(sentences))
        if chosen and pieces + sizes[index] > _PARAGRAPH_PIECES:
            return " ".join(chosen)
        chosen.append(sentences[index])
        pieces += sizes[index]


def _sentences(path: Path) -> list[str]:
    text = path.read_text("utf-8")
    found = [
        " ".join(text[start:end].split())
        for start, end in split_sentences(text, Span(0, len(text)))
    ]
    return [sentence for sentence in found if sentence[-1:] in ".!?" and len(sentence) < 400]
