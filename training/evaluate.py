"""Measure readers on SQuAD 2.0 dev with the paragraph given.

    python -m training.evaluate --squad2 squad2-dev24.json.gz --articles reporting \\
        first=old/reader.int8.onnx shipped=index/models/weights/reader.int8.onnx

A paragraph is read in windows; the largest margin wins. Prints a Markdown table with 95%
intervals (bootstrap over paragraphs); ``--misspelt`` puts one misspelling into each question.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training import metrics, perturb
from training.prepare import WEIGHTS, piece_counter
from training.reading import Model, OnnxModel, load_tokenizer, read
from training.squad import CALIBRATION, REPORTING, Paragraph, Question, load_squad
from training.windows import windows

ARTICLES = {"calibration": CALIBRATION, "reporting": REPORTING}
Asked = Sequence[tuple[Paragraph, Question]]


@dataclass(frozen=True, slots=True)
class Row:
    """What a reader said to one question; ``f1`` and ``exact`` are 0 for the unanswerable."""

    question: str
    paragraph: str
    answerable: bool
    text: str
    margin: float
    verdict: float
    exact: float
    f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Exact match and F1 are over answerable questions; AUC is answerable against near miss;
    ``f1_all`` counts refusals as SQuAD 2.0 does, at the best threshold of the margin."""

    exact: float
    f1: float
    auc: float
    auc_verdict: float
    f1_all: float


def given_paragraph(model: Model, tokenizer: Tokenizer, asked: Asked) -> list[Row]:
    """Read each question against the windows of its own paragraph."""
    count = piece_counter(tokenizer)
    bounds = {p.text: windows(p.text, count) for p, _ in asked}
    pairs = [
        (index, paragraph.text[slice(*window)])
        for index, (paragraph, _) in enumerate(asked)
        for window in bounds[paragraph.text]
    ]
    readings = read(model, tokenizer, [(asked[i][1].text, window) for i, window in pairs])
    best: dict[int, tuple[float, float, str]] = {}
    for (index, window), reading in zip(pairs, readings, strict=True):
        found = (reading.margin, reading.answerable, window[reading.start : reading.end])
        best[index] = max(best.get(index, found), found)
    return [_row(p, q, *best[i]) for i, (p, q) in enumerate(asked)]


def _row(paragraph: Paragraph, question: Question, margin: float, verdict: float, text: str) -> Row:
    golds = [gold.text for gold in question.golds]
    return Row(
        question.text,
        paragraph.text,
        not question.impossible,
        text,
        margin,
        verdict,
        metrics.exact_match(text, golds),
        metrics.f1(text, golds),
    )


class Table:
    """Rows as columns, so that a bootstrap draws them quickly."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.margin = np.array([r.margin for r in rows])
        self.verdict = np.array([r.verdict for r in rows])
        self.answerable = np.array([r.answerable for r in rows])
        self.exact = np.array([r.exact for r in rows])
        self.f1 = np.array([r.f1 for r in rows])

    def figures(self, draw: npt.NDArray[np.int64] | slice = slice(None)) -> Figures:
        answerable = self.answerable[draw]
        return Figures(
            float(self.exact[draw][answerable].mean()),
            float(self.f1[draw][answerable].mean()),
            metrics.auc(self.margin[draw], answerable),
            metrics.auc(self.verdict[draw], answerable),
            metrics.f1_over_all(self.margin[draw], self.f1[draw], answerable)[0],
        )


def figures(rows: Sequence[Row]) -> Figures:
    return Table(rows).figures()


def intervals(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """A 95% interval for each of the figures."""
    table = Table(rows)
    groups = [row.paragraph for row in rows]
    return {
        name: metrics.interval(
            lambda draw, name=name: asdict(table.figures(draw))[name],  # type: ignore[misc]
            groups,
            rounds=400,
        )
        for name in asdict(table.figures())
    }


def misspelt(asked: Asked, seed: int = 0) -> list[tuple[Paragraph, Question]]:
    """The same questions, each with one misspelling."""
    rng = random.Random(seed)
    return [
        (p, Question(q.id, perturb.misspell(q.text, rng), q.golds, q.impossible)) for p, q in asked
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.evaluate", description=__doc__)
    parser.add_argument("readers", nargs="+", metavar="NAME=ONNX")
    parser.add_argument("--squad2", type=Path, required=True)
    parser.add_argument("--articles", choices=sorted(ARTICLES), default="calibration")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--misspelt", action="store_true")
    parser.add_argument("--rows", type=Path, help="write every answer here, as JSON lines")
    arguments = parser.parse_args()

    titles = ARTICLES[arguments.articles]
    chosen = [a for a in load_squad(arguments.squad2) if a.title in titles]
    asked = [(p, q) for a in chosen for p in a.paragraphs for q in p.questions]
    if arguments.misspelt:
        asked = misspelt(asked)
    print(f"{len(asked)} questions, {sum(not q.impossible for _, q in asked)} answerable\n")
    print("| reader | exact match | F1 | AUC (margin) | AUC (verdict) | F1 over all |")
    print("|---|---|---|---|---|---|")
    for reader in arguments.readers:
        name, _, file = reader.partition("=")
        rows = given_paragraph(OnnxModel(Path(file)), load_tokenizer(arguments.tokenizer), asked)
        around = intervals(rows)
        cells = [
            f"{value:.3f} ({around[key][0]:.3f}-{around[key][1]:.3f})"
            for key, value in asdict(figures(rows)).items()
        ]
        print(f"| {name} | {' | '.join(cells)} |", flush=True)
        if arguments.rows:
            with arguments.rows.open("a", encoding="utf-8") as file_out:
                for row in rows:
                    file_out.write(json.dumps({"reader": name, **asdict(row)}) + "\n")


if __name__ == "__main__":
    main()
