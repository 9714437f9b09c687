"""The figures of :mod:`bench.answers`, from what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from bench.asked import ANSWERABLE, ELSEWHERE, NEAR_MISS, Asked
from bench.report import Cell, Table
from bench.stats import (
    Estimate,
    Flags,
    aurc,
    brier,
    calibration_error,
    estimate,
    f1_with_refusals,
    group_weights,
    mean,
    refusals,
)
from training.calibrate import WEIGHTS
from training.metrics import Floats, auc, f1_over_all

_COLUMNS = ("figure", "value", "n")


class Columns:
    """``rows`` as arrays, one entry a question."""

    def __init__(self, rows: Sequence[Asked]) -> None:
        self.confidence: Floats = np.array([row.confidence for row in rows], np.float64)
        self.right: Floats = np.array([row.right for row in rows], np.float64)
        self.right_any: Floats = np.array([row.right_any for row in rows], np.float64)
        self.refused: Flags = np.array([row.refused for row in rows], np.bool_)
        self.exact: Floats = np.array([row.exact for row in rows], np.float64)
        self.f1: Floats = np.array([row.f1 for row in rows], np.float64)
        self.answerable: Flags = np.array([row.group == ANSWERABLE for row in rows], np.bool_)
        self.clusters = [row.cluster for row in rows]
        self.groups = [row.group for row in rows]


def tables(rows: Sequence[Asked]) -> tuple[Table, ...]:
    """All tables of the report."""
    answerable = [row for row in rows if row.group == ANSWERABLE]
    own = [row for row in rows if row.group != ELSEWHERE]
    return (
        _answers(answerable),
        _refusing(own, [row for row in rows if row.group == ELSEWHERE]),
        _confidence(rows, own),
    )


def _answers(rows: Sequence[Asked]) -> Table:
    """Whatever the threshold."""
    all_, short = Columns(rows), Columns([row for row in rows if row.has_short])
    figures = (
        ("exact match of the best span", mean(all_.exact, all_.clusters)),
        ("F1 of the best span", mean(all_.f1, all_.clusters)),
        ("exact match where a short answer is shown", mean(short.exact, short.clusters)),
        ("F1 where a short answer is shown", mean(short.f1, short.clusters)),
        ("right sentence cited first", mean(all_.right, all_.clusters)),
        ("right sentence cited at all", mean(all_.right_any, all_.clusters)),
    )
    notes = (
        "Nothing is refused here. A question for why or how is answered by sentences; its best "
        "span is what the reader found. Exact match and F1 are SQuAD's, of whatever paragraph.",
        "LlamaIndex's query engines have no figures in this table: without a language model "
        "they return retrieved chunks (measured by bench.retrieval) and no answer, and "
        "CitationQueryEngine with one asks for [n] but does not check it.",
    )
    return Table("Answerable questions", _COLUMNS, _rows(figures), notes)


def _refusing(own_rows: Sequence[Asked], foreign_rows: Sequence[Asked]) -> Table:
    """At the shipped threshold."""
    own, foreign = Columns(own_rows), Columns(foreign_rows)
    kept = Columns([row for row in own_rows if not row.refused])

    def both(pick: Callable[[Flags, Flags], float], among: Flags) -> Estimate:
        found = estimate(lambda i: pick(own.refused[i], own.answerable[i]), own.clusters)
        return replace(found, n=int(among.sum()))  # what is divided by

    answered = Columns([row for row in own_rows if row.group == ANSWERABLE])
    figures = (
        ("answerable questions that are answered", mean(~answered.refused, answered.clusters)),
        (
            "answerable questions that are answered rightly",
            mean(answered.right * ~answered.refused, answered.clusters),
        ),
        ("refusal precision", both(lambda r, a: refusals(r, a).precision, own.refused)),
        (
            "refusal recall (near misses refused)",
            both(lambda r, a: refusals(r, a).recall, ~own.answerable),
        ),
        ("questions about other subjects refused", mean(foreign.refused, foreign.clusters)),
        ("right among the answers given", mean(kept.right, kept.clusters)),
        (
            "overall F1, refusals counted as in SQuAD 2.0",
            estimate(
                lambda i: f1_with_refusals(own.f1[i], own.refused[i], own.answerable[i]),
                own.clusters,
            ),
        ),
        (
            "the same at the best threshold for these very questions",
            estimate(
                lambda i: f1_over_all(own.confidence[i], own.f1[i], own.answerable[i])[0],
                own.clusters,
            ),
        ),
    )
    notes = (
        "A near miss was written for one paragraph; a few are answered by another one of the "
        "index, and count against us all the same.",
    )
    return Table("Refusals at the shipped threshold", _COLUMNS, _rows(figures), notes)


def _confidence(all_rows: Sequence[Asked], own_rows: Sequence[Asked]) -> Table:
    """What the confidence is worth, on two mixtures of questions."""
    every, own = Columns(all_rows), Columns(own_rows)
    answerable = Columns([row for row in own_rows if row.group == ANSWERABLE])
    weights = group_weights(every.groups, WEIGHTS)
    mixture = " / ".join(f"{WEIGHTS[g]:.0%}" for g in (ANSWERABLE, NEAR_MISS, ELSEWHERE))
    figures = (
        ("AUC, answerable against near miss", _of(own, lambda c, i: _auc(c, i, c.answerable))),
        ("AUC, right answers against all else", _of(own, lambda c, i: _auc(c, i, c.right > 0))),
        ("AURC, answerable and near misses", _of(own, _aurc)),
        ("... with the best possible order", _of(own, _best_aurc)),
        ("AURC, answerable alone", _of(answerable, _aurc)),
        ("... with the best possible order", _of(answerable, _best_aurc)),
        ("ECE, answerable and near misses", _of(own, _ece)),
        (f"ECE, mixture {mixture}", _of(every, lambda c, i: _ece(c, i, weights))),
        ("Brier score, answerable and near misses", _of(own, _brier)),
        (f"Brier score, mixture {mixture}", _of(every, lambda c, i: _brier(c, i, weights))),
    )
    notes = (
        "AURC: mean share of wrong sentences over all coverages, most confident first. ECE: ten "
        f"bins of equal mass. The mixture ({mixture} answerable, near misses, other subjects) is "
        "the one that the confidence was fitted for; the questions as they come hold far more "
        "near misses.",
    )
    return Table("Confidence", _COLUMNS, _rows(figures), notes)


Measure = Callable[[Columns, np.ndarray], float]


def _of(columns: Columns, measure: Measure) -> Estimate:
    return estimate(lambda drawn: measure(columns, drawn), columns.clusters)


def _auc(columns: Columns, drawn: np.ndarray, positive: Flags) -> float:
    return auc(columns.confidence[drawn], positive[drawn])


def _aurc(columns: Columns, drawn: np.ndarray) -> float:
    return aurc(columns.confidence[drawn], columns.right[drawn])


def _best_aurc(columns: Columns, drawn: np.ndarray) -> float:
    return aurc(columns.right[drawn], columns.right[drawn])


def _ece(columns: Columns, drawn: np.ndarray, weights: Floats | None = None) -> float:
    drawn_weights = None if weights is None else weights[drawn]
    return calibration_error(columns.confidence[drawn], columns.right[drawn], drawn_weights)


def _brier(columns: Columns, drawn: np.ndarray, weights: Floats | None = None) -> float:
    drawn_weights = None if weights is None else weights[drawn]
    return brier(columns.confidence[drawn], columns.right[drawn], drawn_weights)


def _rows(figures: Sequence[tuple[str, Estimate]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple((name, figure, figure.n) for name, figure in figures)
