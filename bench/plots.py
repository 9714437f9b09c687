"""The plots of :mod:`bench.answers`. Colours are told apart by everybody (Okabe and Ito 2008)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter, ScalarFormatter

from bench.answer_tables import Columns
from bench.asked import ANSWERABLE, ELSEWHERE, Asked
from bench.stats import group_weights, reliability, risk_at, wilson
from training.calibrate import WEIGHTS
from training.metrics import Floats

BLUE, ORANGE, GREY = "#0072B2", "#D55E00", "#767676"
_ROUNDS = 200
_GRID = np.linspace(0.02, 1.0, 99)


def plot_risk_coverage(rows: Sequence[Asked], threshold: float, path: Path) -> None:
    """Writes the risk-coverage curves, with 95% bands, and where the threshold stands on them."""
    own = [row for row in rows if row.group != ELSEWHERE]
    figure, axes = _canvas()
    series = (
        ("Answerable questions", BLUE, [row for row in own if row.group == ANSWERABLE]),
        ("With near misses", ORANGE, own),
    )
    for name, colour, part in series:
        columns = Columns(part)
        low, high = _band(columns)
        axes.fill_between(_GRID, low, high, color=colour, alpha=0.15, linewidth=0)
        risk = risk_at(columns.confidence, columns.right, _GRID)
        axes.plot(_GRID, risk, color=colour, linewidth=2)
        axes.annotate(
            name, (1.0, risk[-1]), (-4, 8), textcoords="offset points", ha="right", color=colour
        )
        _mark_threshold(axes, columns, threshold, colour)
    axes.set_xlabel("Coverage: share of questions answered, most confident first")
    axes.set_ylabel("Risk: share of those answers that are wrong")
    axes.set_title("Risk against coverage; the dots are the shipped threshold", loc="left")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, None)
    _save(figure, path)


def plot_reliability(rows: Sequence[Asked], path: Path) -> None:
    """Writes the reliability diagram: confidence against the share of right answers."""
    columns = Columns(rows)
    weights = group_weights(columns.groups, WEIGHTS)
    own = np.array([row.group != ELSEWHERE for row in rows])
    figure, axes = _canvas()
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle=(0, (4, 4)))
    axes.text(0.47, 0.41, "as sure as right", color=GREY)
    _points(axes, columns.confidence[own], columns.right[own], None, ORANGE, "s")
    _points(axes, columns.confidence, columns.right, weights, BLUE, "o")
    axes.set_xlabel("Confidence, in ten bins of equal mass")
    axes.set_ylabel("Share of right answers")
    axes.set_title("Reliability of the confidence", loc="left")
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    shares = "/".join(f"{share:.0%}" for share in WEIGHTS.values())
    axes.text(0.03, 0.93, f"● answerable, near misses, other subjects: {shares}", color=BLUE)
    axes.text(0.03, 0.87, "■ answerable and near misses as they come", color=ORANGE)
    _save(figure, path)


def plot_tradeoff(points: Sequence[tuple[str, float, float, bool]], path: Path) -> None:
    """Writes quality over time: name, median milliseconds, F1, and whether it is shipped."""
    figure, axes = _canvas()
    for name, taken, quality, shipped in points:
        colour = ORANGE if shipped else BLUE
        axes.plot([taken], [quality], "o", color=colour, markersize=8)
        axes.annotate(name, (taken, quality), (7, 4), textcoords="offset points", color=colour)
    axes.set_xlabel("Median milliseconds a question")
    axes.set_ylabel("F1 of answerable questions")
    axes.set_title("Speed against quality, by how much is read", loc="left")
    axes.margins(x=0.2, y=0.2)
    axes.xaxis.set_major_formatter(ScalarFormatter())
    _save(figure, path)


def _points(
    axes: Axes,
    confidence: Floats,
    right: Floats,
    weights: Floats | None,
    colour: str,
    marker: str,
) -> None:
    bins = reliability(confidence, right, weights)
    bounds = [wilson(b.right, b.effective_n) for b in bins]
    x = np.array([b.confidence for b in bins])
    y = np.array([b.right for b in bins])
    errors = np.array([y - [low for low, _ in bounds], [high for _, high in bounds] - y])
    axes.errorbar(
        x,
        y,
        yerr=np.maximum(errors, 0),
        fmt=marker,
        color=colour,
        markersize=5,
        linewidth=1,
        clip_on=False,
    )


def _mark_threshold(axes: Axes, columns: Columns, threshold: float, colour: str) -> None:
    shown = columns.confidence >= threshold
    if shown.any():
        risk = 1 - float(columns.right[shown].mean())
        axes.plot(
            [shown.mean()],
            [risk],
            "o",
            color=colour,
            markersize=8,
            markeredgecolor="white",
            clip_on=False,
        )


def _band(columns: Columns) -> tuple[Floats, Floats]:
    """95% at each coverage, from draws of whole paragraphs."""
    names, place = np.unique(columns.clusters, return_inverse=True)
    members = [np.flatnonzero(place == number) for number in range(len(names))]
    generator = np.random.default_rng(0)
    curves = []
    for _ in range(_ROUNDS):
        drawn = generator.integers(0, len(members), len(members))
        indices = np.concatenate([members[number] for number in drawn])
        curves.append(risk_at(columns.confidence[indices], columns.right[indices], _GRID))
    low, high = np.percentile(curves, [2.5, 97.5], axis=0)
    return low, high


def _canvas() -> tuple[Figure, Axes]:
    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.add_subplot()
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#e5e5e5", linewidth=0.8)
    axes.set_axisbelow(True)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    return figure, axes


def _save(figure: Figure, path: Path) -> None:
    # Without the version of matplotlib, the same figures make the same bytes.
    figure.savefig(path, dpi=150, metadata={"Software": None})
