"""Figures of merit on cases that can be worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from training import metrics


@pytest.mark.parametrize(
    ("given", "golds", "exact", "f1"),
    [
        ("The Rhine", ["Rhine"], 1, 1),
        ("the river Rhine", ["Rhine"], 0, 2 / 3),
        ("Elbe", ["Rhine", "the Elbe"], 1, 1),
        ("Elbe", ["Rhine"], 0, 0),
        ("", ["Rhine"], 0, 0),
        ("Rhine", [], 0, 0),
    ],
)
def test_exact_match_and_f1(given: str, golds: list[str], exact: float, f1: float) -> None:
    assert metrics.exact_match(given, golds) == exact
    assert metrics.f1(given, golds) == pytest.approx(f1)


@pytest.mark.parametrize(
    ("scores", "positive", "expected"),
    [
        ([3, 2, 1, 0], [True, True, False, False], 1.0),
        ([0, 1, 2, 3], [True, True, False, False], 0.0),
        ([1, 1, 1, 1], [True, False, True, False], 0.5),
        ([3, 1, 2, 0], [True, True, False, False], 0.75),
    ],
)
def test_auc(scores: list[float], positive: list[bool], expected: float) -> None:
    assert metrics.auc(np.array(scores, float), np.array(positive)) == pytest.approx(expected)


def test_f1_over_all_counts_refusals() -> None:
    scores = np.array([3.0, 2.0, 1.0, 0.0])
    f1s = np.array([1.0, 0.0, 0.5, 0.0])
    answerable = np.array([True, False, True, False])
    # Answering the first alone: 1 for it, 1 for each of the two near misses refused.
    assert metrics.f1_over_all(scores, f1s, answerable) == (0.75, 3.0)


def test_f1_over_all_may_refuse_everything() -> None:
    value, threshold = metrics.f1_over_all(
        np.array([1.0, 0.0]), np.zeros(2), np.array([False, False])
    )
    assert (value, threshold) == (1.0, float("inf"))


def test_risk_coverage_answers_the_best_first() -> None:
    coverage, risk = metrics.risk_coverage(np.array([0.1, 0.9]), np.array([0.0, 1.0]))
    assert coverage.tolist() == [0.5, 1.0]
    assert risk.tolist() == [0.0, 0.5]


def test_interval_draws_whole_groups() -> None:
    values = np.array([0.0, 0.0, 1.0, 1.0])
    low, high = metrics.interval(lambda draw: float(values[draw].mean()), ["a", "a", "b", "b"])
    # Two groups: a draw has the mean 0, 1/2 or 1, never 1/4.
    assert (low, high) == (0.0, 1.0)
