"""Figures with 95% bootstrap intervals, and how good a confidence is.

Exact match, F1, AUC, risk and coverage, and the bootstrap itself are those of
:mod:`training.metrics`. Whole paragraphs are drawn, for questions on one paragraph are not
independent.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from training.metrics import Floats, interval, risk_coverage

Flags = NDArray[np.bool_]
Indices = NDArray[np.int64]
#: A figure of the questions at these indices.
Statistic = Callable[[Indices], float]

ROUNDS = 1000
BINS = 10


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over ``n`` questions and its 95% interval."""

    value: float
    low: float
    high: float
    n: int


def estimate(
    statistic: Statistic, clusters: Sequence[object], *, rounds: int = ROUNDS, seed: int = 0
) -> Estimate:
    """``statistic`` of all questions, and its interval from draws of whole ``clusters`` (one a
    question, in the order of the indices). NaN throughout if there is no question."""
    n = len(clusters)
    if n == 0:
        return Estimate(np.nan, np.nan, np.nan, 0)
    low, high = interval(statistic, clusters, rounds=rounds, seed=seed)
    return Estimate(float(statistic(np.arange(n))), low, high, n)


def mean(values: Sequence[float] | Floats | Flags, clusters: Sequence[object]) -> Estimate:
    """The mean of ``values``, one a question."""
    array = np.asarray(values, np.float64)
    return estimate(lambda drawn: float(array[drawn].mean()), clusters)


def aurc(scores: Floats, right: Floats) -> float:
    """Area under the risk-coverage curve: the mean risk over all coverages, 0 the best."""
    return float(risk_coverage(scores, right)[1].mean())


def risk_at(scores: Floats, right: Floats, grid: Floats) -> Floats:
    """The risk at each coverage of ``grid``, which lies in 0..1 and rises."""
    coverage, risk = risk_coverage(scores, right)
    return np.asarray(np.interp(grid, coverage, risk), np.float64)


@dataclass(frozen=True, slots=True)
class Refusals:
    """How refusing went. NaN where there is nothing to divide by."""

    #: Share of the refused questions that have no answer.
    precision: float
    #: Share of the questions without an answer that are refused.
    recall: float


def refusals(refused: Flags, answerable: Flags) -> Refusals:
    """Precision and recall of refusing."""
    rightly = float((refused & ~answerable).sum())
    return Refusals(
        precision=_ratio(rightly, float(refused.sum())),
        recall=_ratio(rightly, float((~answerable).sum())),
    )


def f1_with_refusals(f1s: Floats, refused: Flags, answerable: Flags) -> float:
    """SQuAD 2.0's overall F1: a refusal earns 1 where there is no answer and nothing elsewhere,
    an answer its F1 where there is one and nothing elsewhere."""
    earned = np.where(refused, ~answerable, np.where(answerable, f1s, 0.0))
    return float(earned.mean())


@dataclass(frozen=True, slots=True)
class Bin:
    """Questions of like confidence. ``mass`` is their share of all, by weight."""

    confidence: float
    right: float
    mass: float
    #: As many questions of equal weight would say as much (Kish 1965).
    effective_n: float


def reliability(
    confidence: Floats, right: Floats, weights: Floats | None = None, bins: int = BINS
) -> list[Bin]:
    """Bins of equal weight, least confident first; empty bins are left out."""
    weight = np.ones(len(confidence)) if weights is None else weights
    order = np.argsort(confidence, kind="stable")
    middle = np.cumsum(weight[order]) - weight[order] / 2
    place = np.minimum((middle / weight.sum() * bins).astype(int), bins - 1)
    found: list[Bin] = []
    for number in range(bins):
        members = order[place == number]
        mass = float(weight[members].sum())
        if mass > 0:
            found.append(
                Bin(
                    confidence=float(np.average(confidence[members], weights=weight[members])),
                    right=float(np.average(right[members], weights=weight[members])),
                    mass=mass / float(weight.sum()),
                    effective_n=mass**2 / float((weight[members] ** 2).sum()),
                )
            )
    return found


def calibration_error(confidence: Floats, right: Floats, weights: Floats | None = None) -> float:
    """Expected calibration error: the mean gap of confidence and share of right answers over ten
    bins of equal mass (Naeini et al. 2015, Nguyen and O'Connor 2015)."""
    bins = reliability(confidence, right, weights)
    return sum(b.mass * abs(b.confidence - b.right) for b in bins)


def brier(confidence: Floats, right: Floats, weights: Floats | None = None) -> float:
    """Mean squared gap of confidence and truth; 0 the best (Brier 1950)."""
    return float(np.average((confidence - right) ** 2, weights=weights))


def group_weights(groups: Sequence[str], shares: dict[str, float]) -> Floats:
    """A weight for each question, so that the groups make up ``shares`` of the whole."""
    names = np.asarray(groups)
    counts = {name: int((names == name).sum()) for name in shares}
    return np.array([shares[g] / counts[g] if g in shares else 0.0 for g in groups], np.float64)


def wilson(right: float, n: float, z: float = 1.96) -> tuple[float, float]:
    """The 95% interval of a share ``right`` of ``n`` independent trials (Wilson 1927)."""
    centre = (right + z * z / (2 * n)) / (1 + z * z / n)
    half = z * float(np.sqrt(right * (1 - right) / n + z * z / (4 * n * n))) / (1 + z * z / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else float("nan")
