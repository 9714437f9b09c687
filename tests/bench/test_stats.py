"""The statistics of the bench, on cases worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.stats import (
    aurc,
    brier,
    calibration_error,
    estimate,
    f1_with_refusals,
    group_weights,
    mean,
    refusals,
    reliability,
    risk_at,
    wilson,
)


def test_a_mean_lies_in_its_interval_and_counts_questions() -> None:
    values = np.arange(40) % 2
    found = mean(values.astype(float), [n // 4 for n in range(40)])
    assert found.value == 0.5
    assert found.n == 40
    # Every paragraph is half right: drawing whole ones leaves no doubt.
    assert found.low == found.high == 0.5


def test_questions_of_one_paragraph_widen_the_interval() -> None:
    right = np.repeat([0.0, 1.0], 50)
    alone = mean(right, list(range(100)))
    together = mean(right, [n // 10 for n in range(100)])
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_an_estimate_repeats_and_hangs_on_the_seed() -> None:
    values = np.random.default_rng(1).random(30)
    clusters = list(range(30))

    def statistic(drawn: np.ndarray) -> float:
        return float(values[drawn].mean())

    assert estimate(statistic, clusters) == estimate(statistic, clusters)
    assert estimate(statistic, clusters).low != estimate(statistic, clusters, seed=1).low


def test_nothing_asked_is_no_figure() -> None:
    found = mean([], [])
    assert found.n == 0
    assert math.isnan(found.value)


def test_area_under_risk_coverage() -> None:
    scores = np.array([0.9, 0.8, 0.7, 0.6])
    # Risks at 1/4, 2/4, 3/4 and 4/4 of coverage: 0, 0, 1/3, 1/2.
    assert aurc(scores, np.array([1.0, 1.0, 0.0, 0.0])) == pytest.approx((1 / 3 + 1 / 2) / 4)
    assert aurc(scores, np.ones(4)) == 0
    assert aurc(scores, np.zeros(4)) == 1


def test_risk_is_read_off_at_a_coverage() -> None:
    risk = risk_at(np.array([2.0, 1.0]), np.array([1.0, 0.0]), np.array([0.5, 0.75, 1.0]))
    assert risk.tolist() == [0, 0.25, 0.5]


def test_refusals() -> None:
    refused = np.array([True, True, True, False, False])
    answerable = np.array([False, False, True, True, False])
    found = refusals(refused, answerable)
    assert found.precision == pytest.approx(2 / 3)
    assert found.recall == pytest.approx(2 / 3)
    nobody = np.zeros(5, np.bool_)
    assert math.isnan(refusals(nobody, answerable).precision)
    assert refusals(nobody, answerable).recall == 0


def test_overall_f1_counts_refusals_as_squad_does() -> None:
    f1s = np.array([0.5, 0.8, 0.0, 0.0])
    answerable = np.array([True, True, False, False])
    refused = np.array([False, True, True, False])
    # .5 for the answer, 0 for refusing wrongly, 1 for refusing rightly, 0 for answering wrongly.
    assert f1_with_refusals(f1s, refused, answerable) == pytest.approx(1.5 / 4)


def test_bins_hold_equal_mass() -> None:
    confidence = np.linspace(0, 1, 100)
    bins = reliability(confidence, confidence)
    assert [b.mass for b in bins] == pytest.approx([0.1] * 10)
    assert [b.effective_n for b in bins] == pytest.approx([10] * 10)
    assert [b.confidence for b in bins] == sorted(b.confidence for b in bins)


def test_bins_hold_equal_weight() -> None:
    confidence = np.array([0.1, 0.2, 0.3, 0.9])
    bins = reliability(confidence, np.ones(4), np.array([1.0, 1.0, 1.0, 3.0]), bins=2)
    assert [b.mass for b in bins] == pytest.approx([0.5, 0.5])
    assert [b.effective_n for b in bins] == pytest.approx([3, 1])


def test_calibration_error_is_the_gap() -> None:
    confidence = np.full(100, 0.7)
    right = (np.arange(100) < 70).astype(float)
    shuffled = np.random.default_rng(0).permutation(right)
    assert reliability(confidence, right, bins=1)[0].right == pytest.approx(0.7)
    assert calibration_error(np.full(100, 0.9), np.full(100, 0.7)) == pytest.approx(0.2)
    assert brier(confidence, shuffled) == pytest.approx(0.7 * 0.3)


def test_calibration_error_heeds_weights() -> None:
    confidence = np.array([0.5, 0.5])
    right = np.array([1.0, 0.0])
    one_sided = calibration_error(confidence, right, np.array([1.0, 0.0]))
    assert one_sided == pytest.approx(0.5)
    assert brier(np.array([1.0, 1.0]), right, np.array([3.0, 1.0])) == pytest.approx(0.25)


def test_groups_are_weighed_to_their_shares() -> None:
    groups = ["a", "a", "a", "b", "other"]
    weights = group_weights(groups, {"a": 0.6, "b": 0.4})
    assert weights[:3].sum() == pytest.approx(0.6)
    assert weights[3] == pytest.approx(0.4)
    assert weights[4] == 0


def test_wilson_interval_of_ten_trials() -> None:
    low, high = wilson(0.5, 10)
    assert (low, high) == pytest.approx((0.2366, 0.7634), abs=1e-3)
    assert wilson(0.0, 10)[0] == 0
    assert wilson(1.0, 10)[1] == 1
