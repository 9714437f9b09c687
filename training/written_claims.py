"""Claims written for this project over paragraphs of SQuAD and over our own texts: paraphrases that
a text bears out, claims that it denies, and claims that say more than it does.

Files are JSON lines, gzipped or not, one paragraph each: ``paragraph``, its key (see
:func:`training.near_misses.paragraph_key`), and ``claims``, each with its ``label`` and the
``phrase`` of the text beside which it is to be judged. Each paragraph belongs to one part, by its
first digit.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

from training.claims import Claim
from training.natural import Part
from training.near_misses import paragraph_key
from training.squad import Article, read_text
from training.windows import CountPieces, window_around

#: What serves for figures alone, and what calibrates; the rest teaches.
_REPORTING, _CALIBRATION = "01", "2"


def part_of(paragraph: str) -> Part:
    """The part that a paragraph's claims belong to."""
    if paragraph[0] in _REPORTING:
        return Part.REPORTING
    return Part.CALIBRATION if paragraph[0] in _CALIBRATION else Part.TEACHING


def load_written(
    path: Path,
    articles: Iterable[Article],
    part: Part,
    count: CountPieces,
    draw_size: Callable[[random.Random], int],
    rng: random.Random,
) -> list[Claim]:
    """The claims of ``part`` over the paragraphs of ``articles``, each with the sentence of its
    phrase, or a few, for evidence; ``draw_size`` gives the size of that in word pieces."""
    texts = {paragraph_key(p.text): p.text for article in articles for p in article.paragraphs}
    rows = [json.loads(line) for line in read_text(path).splitlines() if line.strip()]
    result = []
    for row in rows:
        text = texts.get(row["paragraph"])
        if text is None or part_of(row["paragraph"]) is not part:
            continue
        for claim in row["claims"]:
            start = text.index(claim["phrase"])
            bounds = start, start + len(claim["phrase"])
            first, last = window_around(text, bounds, draw_size(rng), count, rng)
            kind = f"written, {claim['label'].replace('_', ' ')}"
            result.append(Claim(kind, claim["claim"], text[first:last], claim["label"]))
    return result
