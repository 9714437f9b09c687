"""Fits the confidence of the shipped reader.

    python -m training.calibrate --data squad2-dev24.json.gz

The questions of the calibration articles are asked in open retrieval over all their paragraphs,
and questions of the training articles as ones about other subjects. Beside them stand our own
questions about short documents of many kinds, those of bench/data/short_texts and tests/data that
may be tuned on, each document in an index by itself: people ask about a news article or minutes in
other words than an encyclopedia's annotators do. A third of SQuAD's questions is asked as people
type, without capitals and question marks. An answer is right if its sentence holds an accepted
answer. The result goes to index/answer/confidence.json.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.corpus import open_corpus, open_sources, progress
from bench.short_texts import TEXTS as SHORT_TEXTS
from bench.short_texts import short_text_cases
from bench.squad import CALIBRATION, TRAINING, SquadQuestion, load_articles
from bot.evaluation import is_right_quote
from index.answer.answerer import Lookup
from index.answer.confidence import MODEL_FILE
from index.answer.engine import Engine
from index.answer.evidence import Evidence, cut
from index.answer.features import FEATURE_NAMES, vector
from index.answer.question import Kind
from index.answer.reader_answerer import ReaderAnswerer
from tests.data.cases import (
    Case,
    article_cases,
    document_path,
    text_cases,
)

Floats = NDArray[np.float64]

#: Share of each group in what is fitted and weighed: answered by the text, near misses of it,
#: and questions about something else. People mostly ask a bot about its document.
WEIGHTS = {"answerable": 0.6, "near_miss": 0.25, "elsewhere": 0.15}
#: What our own questions have of the first two: enough to be heard beside many more.
OWN_SHARE = 0.5
FITTED = {
    "answerable": WEIGHTS["answerable"] * (1 - OWN_SHARE),
    "near_miss": WEIGHTS["near_miss"] * (1 - OWN_SHARE),
    "elsewhere": WEIGHTS["elsewhere"],
    "own_answerable": WEIGHTS["answerable"] * OWN_SHARE,
    "own_near_miss": WEIGHTS["near_miss"] * OWN_SHARE,
}
#: What is more likely right than wrong is shown.
THRESHOLD = 0.5
#: Share of the questions that are asked without capitals and question mark.
AS_TYPED = 1 / 3
SEED = 20260101


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its group, and what tells whether a sentence answers it."""

    group: str
    question: str
    is_right: Callable[[Evidence], bool]


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
    parser.add_argument("--rows", type=Path, help="keeps what was measured; fits it anew if there")
    args = parser.parse_args()
    if args.rows and args.rows.exists():
        reader, rows = load_rows(args.rows)
    else:
        reader, rows = measure_all(args)
        if args.rows:
            save_rows(args.rows, reader, rows)
    result = fit(rows) | {"reader": reader}
    args.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0


def measure_all(args: argparse.Namespace) -> tuple[str, list[Row]]:
    """Asks everything; the name of the reader, and the rows."""
    articles = load_articles(args.data, CALIBRATION)
    others = [q for a in load_articles(args.data, TRAINING) for q in a.questions]
    foreign = random.Random(SEED).sample(others, args.elsewhere)
    own = [q for article in articles for q in article.questions]
    random.Random(SEED).shuffle(own)
    with open_corpus(articles) as engine:
        asked = [_of_article(question) for question in own[: args.limit]]
        rows = list(collect(engine, asked + [_of_elsewhere(question) for question in foreign]))
        reader = engine.reader_name
    return reader, rows + list(collect_own())


def collect_own() -> Iterator[Row]:
    """Asks our own questions of their documents, each in an index by itself."""
    own = [(document_path(case.document), case) for case in (*article_cases(), *text_cases())]
    own += [(SHORT_TEXTS / case.document, case) for case in short_text_cases("dev")]
    by_document: dict[Path, list[Case]] = {}
    for path, case in own:
        if case.split == "dev":
            by_document.setdefault(path, []).append(case)
    for path, cases in by_document.items():
        with open_sources((path,)) as engine:
            yield from collect(engine, [_of_case(case) for case in cases], as_typed=0.0)


def save_rows(path: Path, reader: str, rows: Sequence[Row]) -> None:
    """One JSON array a line, under the name of the reader."""
    lines = [reader, *(astuple(row) for row in rows)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")


def load_rows(path: Path) -> tuple[str, list[Row]]:
    reader, *rows = map(json.loads, path.read_text("utf-8").splitlines())
    return reader, [Row(*row) for row in rows]


def _of_article(question: SquadQuestion) -> Asked:
    group = "answerable" if question.answerable else "near_miss"
    return Asked(
        group, question.question, lambda e: question.is_shown(e.passage.document_id, e.sentence)
    )


def _of_elsewhere(question: SquadQuestion) -> Asked:
    return Asked("elsewhere", question.question, lambda _: False)


def _of_case(case: Case) -> Asked:
    group = "own_answerable" if case.answerable else "own_near_miss"
    group = "elsewhere" if case.kind == "elsewhere" else group
    return Asked(
        group, case.question, lambda e: is_right_quote(cut(e.passage, e.sentence), case.sentences)
    )


def collect(engine: Engine, asked: Sequence[Asked], as_typed: float = AS_TYPED) -> Iterator[Row]:
    """Asks every question and measures what would be shown; a share ``as_typed`` of them without
    capitals and question mark."""
    answerer = engine.answerer
    assert isinstance(answerer, ReaderAnswerer)  # Settings without a language model
    rng = random.Random(SEED)
    for item in progress(asked, "Asking"):
        text = item.question.lower().rstrip("? ") if rng.random() < as_typed else item.question
        lookup = engine.look_up(text)
        if lookup is not None:
            yield _row(answerer, lookup, item)


def _row(answerer: ReaderAnswerer, lookup: Lookup, item: Asked) -> Row:
    readings = answerer.read(lookup)
    right, measured = [], []
    for kind in (Kind.SPAN, Kind.YES_NO):
        shown = answerer.choose(lookup, readings, kind)[0]
        objection = answerer.objection(lookup, shown, kind)
        right.append(item.is_right(shown))
        measured.append(vector(answerer.measure(lookup, readings, shown, objection)))
    return Row(item.group, measured[0], right[0], measured[1], right[1])


def fit(rows: Sequence[Row]) -> dict[str, object]:
    """Both models, and the threshold."""
    counts = {group: sum(row.group == group for row in rows) for group in FITTED}
    weights = np.array([FITTED[row.group] / counts[row.group] for row in rows])
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
    _print_groups(probabilities, span_right, groups)
    return {
        "by_span": _named(span_model),
        "by_sentence": _named(sentence_model),
        "threshold": THRESHOLD,
        "questions": counts,
        "weights": {name: round(share, 3) for name, share in FITTED.items()},
    }


def logistic(x: Floats, y: Floats, weights: Floats, steps: int = 20_000) -> Floats:
    """Intercept and coefficients of greatest likelihood, no coefficient below zero.

    Every feature speaks for an answer by its meaning. Without the bound, near misses written to
    share the paragraph's words make shared words speak against an answer, which holds for such
    questions only. Projected gradient ascent on standardised features.
    """
    spread = x.std(axis=0)
    # What is always the same says nothing, and would only hide in the intercept.
    scale = np.where(spread > 1e-9, spread, np.inf)
    rows = np.c_[np.ones(len(x)), x / scale]
    beta = np.zeros(rows.shape[1])
    rate = 4.0 / np.linalg.eigvalsh((rows * weights[:, None]).T @ rows / len(rows)).max()
    for _ in range(steps):
        gradient = rows.T @ (weights * (y - _sigmoid(rows @ beta))) / len(rows)
        beta += rate * gradient
        beta[1:] = np.maximum(beta[1:], 0)
    return np.concatenate([beta[:1], beta[1:] / scale])


def _print_groups(p: Floats, right: Floats, groups: NDArray[np.str_]) -> None:
    for group in FITTED:
        mine = groups == group
        shown = p[mine] >= THRESHOLD
        print(
            f"{group:14} n={mine.sum():5} shown {shown.mean():.3f} "
            f"right {right[mine].mean():.3f} shown and right {(shown * right[mine]).mean():.3f}"
        )


def _named(beta: Floats) -> dict[str, object]:
    names = dict(zip(FEATURE_NAMES, (round(float(b), 4) for b in beta[1:]), strict=True))
    return {"intercept": round(float(beta[0]), 4), "coefficients": names}


def _sigmoid(x: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-x)), np.float64)


if __name__ == "__main__":
    sys.exit(main())
