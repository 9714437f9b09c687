"""Plot the log of a training run.

python -m training.learning_curve runs/one/log.jsonl --out docs/figures/learning-curve.png
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.figure import Figure

LOSSES = {"span_loss": "span", "verdict_loss": "verdict"}
FIGURES = {
    "f1": "F1, answerable",
    "f1_all": "F1 over all",
    "auc": "AUC, margin",
    "auc_verdict": "AUC, verdict",
}


def plot(rows: Sequence[Mapping[str, float]], path: Path) -> None:
    """Losses on the left, figures on the calibration articles on the right, by examples seen."""
    figure = Figure(figsize=(9, 4), layout="constrained")
    for axes, names, title in zip(
        figure.subplots(1, 2),
        (LOSSES, FIGURES),
        ("Loss, mean of 25 steps", "500 questions of the calibration articles"),
        strict=True,
    ):
        for key, name in names.items():
            points = [(row["examples"], row[key]) for row in rows if key in row]
            axes.plot(*zip(*points, strict=True), label=name)
        axes.set_title(title, loc="left")
        axes.set_xlabel("Examples")
        axes.spines[["top", "right"]].set_visible(False)
        axes.legend(frameon=False)
    figure.savefig(path, dpi=150, metadata={"Software": None})


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.learning_curve", description=__doc__)
    parser.add_argument("log", type=Path, metavar="log.jsonl")
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    lines = arguments.log.read_text("utf-8").splitlines()
    plot([json.loads(line) for line in lines], arguments.out)


if __name__ == "__main__":
    main()
