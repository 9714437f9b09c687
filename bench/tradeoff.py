"""Speed against quality: how much is read for a question, and what that brings.

    python -m bench.tradeoff --data squad2-dev.json.gz [--limit 300] [--plots docs/figures]

Every variant reads otherwise than the shipped one, over the same index and the same questions; the
variants take turns at each question, so that a slow moment of the machine hits all of them. The
probability that an answer is right was fitted for the shipped variant alone, so that refusal is
judged by order (AUC), not at a threshold.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from bench.answer_tables import Columns
from bench.asked import ANSWERABLE, NEAR_MISS, Asked, ask
from bench.corpus import data_parser, open_corpus, progress
from bench.plots import plot_tradeoff
from bench.report import Report, Table, publish
from bench.squad import SPLITS, SquadQuestion, load_articles, sample, unambiguous
from bench.stats import mean
from index import Engine
from index.answer import read, second_look
from training.metrics import auc

LIMIT = 300


@dataclass(frozen=True, slots=True)
class Variant:
    """How much is read: passages at most, the margin that ends it (in logits), and how many
    sentences are looked at again by themselves."""

    name: str
    most: int = read.MAX_READ
    clear: float = read.CLEAR_MARGIN
    again: int = second_look.MOST

    @contextmanager
    def in_force(self) -> Iterator[None]:
        """Reading is done this way inside the ``with`` block."""
        with (
            patch.object(read, "MAX_READ", self.most),
            patch.object(read, "CLEAR_MARGIN", self.clear),
            patch.object(second_look, "MOST", self.again),
        ):
            yield


SHIPPED = Variant("shipped")
VARIANTS = (
    Variant("1 passage", most=1),
    Variant("2 passages", most=2),
    Variant("4 passages", most=4),
    SHIPPED,
    Variant("10 passages", most=10),
    Variant("6, never stopping", clear=math.inf),
    Variant("1 sentence again", again=1),
    Variant("5 sentences again", again=5),
)


def main() -> int:
    parser = data_parser(__doc__)
    parser.add_argument("--plots", type=Path, help="write the plot into this folder")
    args = parser.parse_args()
    publish(run(args), args.json)
    return 0


def run(args: argparse.Namespace) -> Report:
    """Measures by the options of :func:`main`."""
    articles = load_articles(args.data, SPLITS[args.split])
    questions = sample(unambiguous(articles), args.limit or LIMIT, args.seed)
    with open_corpus(articles) as engine:
        engine.threshold = 0.0
        asked = {variant: _Measured([], []) for variant in VARIANTS}
        for question in progress(questions, "Asking"):
            for variant, measured in asked.items():
                with variant.in_force():
                    measured.add(engine, question)
        about: dict[str, str | int | float | None] = {
            "articles": f"{args.split}, {engine.passage_count} passages in one index",
            "questions": len(questions),
            "reader": engine.reader_name,
            "seed": args.seed,
        }
    if args.plots is not None:
        points = [(v.name, m.median_ms, m.f1, v is SHIPPED) for v, m in asked.items()]
        plot_tradeoff(points, args.plots / "speed-quality.png")
    return Report("bench.tradeoff", (_table(asked),), about)


@dataclass(frozen=True, slots=True)
class _Measured:
    rows: list[Asked]
    taken_ms: list[float]

    def add(self, engine: Engine, question: SquadQuestion) -> None:
        began = time.perf_counter()
        row = ask(engine, question, ANSWERABLE if question.answerable else NEAR_MISS, 0.0)
        self.taken_ms.append(1000 * (time.perf_counter() - began))
        self.rows.append(row)

    @property
    def median_ms(self) -> float:
        return float(np.median(self.taken_ms))

    @property
    def f1(self) -> float:
        return float(np.mean([row.f1 for row in self.rows if row.group == ANSWERABLE]))


def _table(asked: dict[Variant, _Measured]) -> Table:
    rows = []
    for variant, measured in asked.items():
        every = Columns(measured.rows)
        answerable = Columns([row for row in measured.rows if row.group == ANSWERABLE])
        rows.append(
            (
                variant.name,
                measured.median_ms,
                float(np.percentile(measured.taken_ms, 95)),
                mean(answerable.f1, answerable.clusters),
                mean(answerable.right, answerable.clusters),
                auc(every.confidence, every.answerable),
                auc(every.confidence, every.right > 0),
            )
        )
    columns = ("read", "median ms", "p95 ms", "F1", "right sentence first", "AUC near misses",
               "AUC right answers")  # fmt: skip
    note = (
        f"Shipped: {SHIPPED.most} passages at most, {read.BATCH} at a time until one stands out by "
        f"{SHIPPED.clear} logits, {SHIPPED.again} sentences read again by themselves."
    )
    return Table("Speed against quality", columns, tuple(rows), (note,))


if __name__ == "__main__":
    sys.exit(main())
