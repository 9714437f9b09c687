"""Fits the confidence of the shipped reader, and chooses the threshold.

    python -m training.calibrate --data squad2-dev24.json.gz

The questions of the calibration articles are asked in open retrieval over all their paragraphs,
and questions of the training articles as ones about other subjects. An answer is right if its
sentence holds an accepted answer. The result goes to index/answer/confidence.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.squad import CALIBRATION, TRAINING, SquadQuestion, load_articles, write_articles
from index import open_engine
from index.answer.answerer import Lookup
from index.answer.confidence import MODEL_FILE
from index.answer.engine import Engine
from index.answer.evidence import Evidence
from index.answer.features import FEATURE_NAMES, vector
from index.answer.question import Kind
from index.answer.reader_answerer import ReaderAnswerer, measure_shown
from index.settings import Settings

Floats = NDArray[np.float64]

#: Share of each group in what is fitted and weighed: answered by the text, near misses of it,
#: and questions about something else. People mostly ask a bot about its document.
WEIGHTS = {"answerable": 0.6, "near_miss": 0.25, "elsewhere": 0.15}
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Row:
    """One question: its group, and features and truth of both ways to choose a sentence."""

    group: str
    by_span: tuple[float, ...]
    span_right: bool
    by_sentence: tuple[float, ...]
    sentence_right: bool


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="squad2-dev24.json.gz")
    parser.add_argument("--elsewhere", type=int, default=400, help="questions about other subjects")
    parser.add_argument("--limit", type=int, help="at most so many questions of the articles")
    parser.add_argument("--out", type=Path, default=MODEL_FILE)
    args = parser.parse_args()
    articles = load_articles(args.data, CALIBRATION)
    others = [q for a in load_articles(args.data, TRAINING) for q in a.questions]
    foreign = random.Random(SEED).sample(others, args.elsewhere)
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "sources"
        write_articles(articles, sources)
        engine = open_engine(Settings(sources=(sources,), index_dir=Path(folder) / "index"))
        own = [q for article in articles for q in article.questions]
        random.Random(SEED).shuffle(own)
        own = own[: args.limit]
        rows = list(collect(engine, own, foreign))
        reader = engine.reader_name
        engine.close()
    result = fit(rows) | {"reader": reader}
    args.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0


def collect(
    engine: Engine, own: Sequence[SquadQuestion], foreign: Sequence[SquadQuestion]
) -> Iterator[Row]:
    """Asks every question and measures what would be shown."""
    asked = [("answerable" if q.answerable else "near_miss", q) for q in own]
    asked += [("elsewhere", q) for q in foreign]
    for count, (group, question) in enumerate(asked, 1):
        if count % 50 == 0:
            print(f"\r{count}/{len(asked)}", end="", file=sys.stderr, flush=True)
        lookup = engine.look_up(question.question)
        if lookup is not None and isinstance(engine.answerer, ReaderAnswerer):
            yield _row(engine.answerer, lookup, group, question)
    print(file=sys.stderr)


def _row(answerer: ReaderAnswerer, lookup: Lookup, group: str, question: SquadQuestion) -> Row:
    readings = answerer.read(lookup)
    shown = [answerer.choose(lookup, readings, kind)[0] for kind in (Kind.SPAN, Kind.YES_NO)]
    right = [group == "answerable" and _is_right(item, question) for item in shown]
    measured = [vector(measure_shown(lookup, readings, item)) for item in shown]
    return Row(group, measured[0], right[0], measured[1], right[1])


def _is_right(shown: Evidence, question: SquadQuestion) -> bool:
    return shown.passage.document_id == f"{question.article}.txt" and any(
        shown.sentence.start <= gold.start and gold.end <= shown.sentence.end
        for gold in question.spans
    )


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Both models, and the threshold at which most questions of the weighted mixture end well:
    answered rightly, or refused where there is no answer."""
    counts = {group: sum(row.group == group for row in rows) for group in WEIGHTS}
    weights = np.array([WEIGHTS[row.group] / counts[row.group] for row in rows])
    weights *= len(rows) / weights.sum()
    span_right = np.array([row.span_right for row in rows], float)
    by_span = np.array([row.by_span for row in rows])
    span_model = logistic(by_span, span_right, weights)
    sentence_model = logistic(
        np.array([row.by_sentence for row in rows]),
        np.array([row.sentence_right for row in rows], float),
        weights,
    )
    probabilities = _sigmoid(span_model[0] + by_span @ span_model[1:])
    groups = np.array([row.group for row in rows])
    threshold = choose_threshold(probabilities, span_right, groups, weights)
    _print_groups(probabilities, span_right, groups, threshold)
    return {
        "by_span": _named(span_model),
        "by_sentence": _named(sentence_model),
        "threshold": round(threshold, 3),
        "questions": counts,
        "weights": WEIGHTS,
    }


def logistic(x: Floats, y: Floats, weights: Floats, steps: int = 20_000) -> Floats:
    """Intercept and coefficients of greatest likelihood, no coefficient below zero.

    Every feature speaks for an answer by its meaning. Without the bound, near misses written to
    share the paragraph's words make shared words speak against an answer, which holds for such
    questions only. Projected gradient ascent on standardised features.
    """
    scale = x.std(axis=0) + 1e-9
    rows = np.c_[np.ones(len(x)), x / scale]
    beta = np.zeros(rows.shape[1])
    rate = 4.0 / np.linalg.eigvalsh((rows * weights[:, None]).T @ rows / len(rows)).max()
    for _ in range(steps):
        gradient = rows.T @ (weights * (y - _sigmoid(rows @ beta))) / len(rows)
        beta += rate * gradient
        beta[1:] = np.maximum(beta[1:], 0)
    return np.concatenate([beta[:1], beta[1:] / scale])


def choose_threshold(p: Floats, right: Floats, groups: NDArray[np.str_], weights: Floats) -> float:
    """The threshold with the largest weighted share of good ends; see :func:`fit`."""
    unanswerable = groups != "answerable"

    def good(threshold: float) -> float:
        shown = p >= threshold
        return float((weights * np.where(shown, right, unanswerable)).sum())

    return max((step / 200 for step in range(1, 200)), key=good)


def _print_groups(p: Floats, right: Floats, groups: NDArray[np.str_], threshold: float) -> None:
    print(f"threshold {threshold:.3f}")
    for group in WEIGHTS:
        mine = groups == group
        shown = p[mine] >= threshold
        print(
            f"{group:10} n={mine.sum():5} shown {shown.mean():.3f} "
            f"right {right[mine].mean():.3f} shown and right {(shown * right[mine]).mean():.3f}"
        )


def _named(beta: Floats) -> dict[str, object]:
    names = dict(zip(FEATURE_NAMES, (round(float(b), 4) for b in beta[1:]), strict=True))
    return {"intercept": round(float(beta[0]), 4), "coefficients": names}


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float64)


if __name__ == "__main__":
    sys.exit(main())
