"""How good answers are in open retrieval: right, proved, refused, and how sure of themselves.

    python -m bench.answers --data squad2-dev.json.gz [--plots docs/figures]

Every question of a split's articles, near misses among them, is put to the engine over all of
their paragraphs, as are questions about other articles. An answer counts as right if its first
citation wholly holds an accepted answer at the place it was marked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.answer_tables import tables
from bench.asked import ANSWERABLE, ELSEWHERE, NEAR_MISS, Asked, ask
from bench.corpus import data_parser, open_corpus, progress
from bench.plots import plot_reliability, plot_risk_coverage
from bench.report import Report, publish
from bench.squad import SPLITS, SquadQuestion, load_articles, sample, unambiguous
from index import Engine

#: Questions about other subjects, and the articles they are taken from.
ELSEWHERE_COUNT = 400
OTHER = {"reporting": "calibration", "calibration": "training", "training": "calibration"}


@dataclass(frozen=True, slots=True)
class Session:
    """What was asked, and what it was asked of."""

    rows: tuple[Asked, ...]
    threshold: float
    about: dict[str, str | int | float | None]


def main() -> int:
    parser = data_parser(__doc__)
    parser.add_argument("--plots", type=Path, help="write the plots into this folder")
    args = parser.parse_args()
    publish(run(args), args.json)
    return 0


def run(args: argparse.Namespace) -> Report:
    """Measures by the options of :func:`main`."""
    session = ask_all(args)
    if args.plots is not None:
        args.plots.mkdir(parents=True, exist_ok=True)
        plot_risk_coverage(session.rows, session.threshold, args.plots / "risk-coverage.png")
        plot_reliability(session.rows, args.plots / "reliability.png")
    return Report("bench.answers", tables(session.rows), session.about)


def ask_all(args: argparse.Namespace) -> Session:
    """Asks the questions of ``args.split`` and of other articles."""
    articles = load_articles(args.data, SPLITS[args.split])
    clear = unambiguous(articles)
    own = sample(clear, args.limit, args.seed)
    others = [q for a in load_articles(args.data, SPLITS[OTHER[args.split]]) for q in a.questions]
    count = ELSEWHERE_COUNT if args.limit is None else min(args.limit // 4, ELSEWHERE_COUNT)
    foreign = sample(others, count, args.seed)
    with open_corpus(articles) as engine:
        threshold = engine.threshold
        engine.threshold = 0.0  # shows what would be answered; its confidence says the rest
        rows = tuple(_asked(engine, own, foreign, threshold))
        reader, passages = engine.reader_name, engine.passage_count
    total = sum(len(article.questions) for article in articles)
    return Session(
        rows,
        threshold,
        {
            "articles": f"{args.split} ({len(articles)}), {passages} passages in one index",
            "questions": f"{len(own)} of {total} (those with unambiguous gold"
            f"{'' if args.limit is None else ', and of these a sample'}): "
            f"{sum(q.answerable for q in own)} answerable, "
            f"{sum(not q.answerable for q in own)} near misses; "
            f"{len(foreign)} about the {OTHER[args.split]} articles",
            "reader": reader,
            "threshold": threshold,
            "intervals": f"95%, bootstrap over {len({row.cluster for row in rows})} paragraphs",
            "seed": args.seed,
        },
    )


def _asked(
    engine: Engine,
    own: Sequence[SquadQuestion],
    foreign: Sequence[SquadQuestion],
    threshold: float,
) -> list[Asked]:
    groups = [(ANSWERABLE if question.answerable else NEAR_MISS, question) for question in own]
    groups += [(ELSEWHERE, question) for question in foreign]
    return [ask(engine, q, group, threshold) for group, q in progress(groups, "Asking")]


if __name__ == "__main__":
    sys.exit(main())
