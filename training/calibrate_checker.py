"""Fits the probability of the shipped claim checker, and when it says contradicted.

    python -m training.calibrate_checker --claims runs/claims --natural claims-fm2-dev.jsonl.gz

Reads the claims for calibration of training.prepare_claims, made (``calibration.jsonl.gz``) and
written for this project (``written-calibration.jsonl.gz``), and the calibration part of those that
people wrote to be hard. The three weigh the same, and in each the supported as much as the others.
The guard decides first, so that only what it lets pass is fitted. The result goes to
index/answer/support.json.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.answer.guard import examine
from index.answer.guard.wording import same_matter, wording
from index.answer.support_score import SCORE_FILE, margin
from index.models.checker import Checker
from index.models.tokenizer import WordPiece
from index.models.weights import WEIGHTS_DIR
from training.calibrate import logistic
from training.claims import CONTRADICTED, NOT_FOUND, SUPPORTED, Claim, load_claims
from training.natural import Part, load_natural

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: What is more likely borne out than not is supported.
THRESHOLD = 0.5
#: Of what is called contradicted, at least this share must be.
DENIED_RIGHTLY = 0.75


@dataclass(frozen=True, slots=True)
class Measured:
    """Claims, what the guard and the checker make of each, and how much it weighs."""

    claims: tuple[Claim, ...]
    objected: Flags
    margins: Floats
    #: Whether claim and evidence seem to be about the same thing.
    alike: Flags
    #: Logits of "contradicted" over those of "not found".
    denials: Floats
    weights: Floats

    @property
    def supported(self) -> Flags:
        return np.array([claim.label == SUPPORTED for claim in self.claims])


def measure(groups: Sequence[Sequence[Claim]], checker: Checker) -> Measured:
    """Every claim of ``groups``, which weigh the same."""
    claims = tuple(claim for group in groups for claim in group)
    weights = np.concatenate([_even(group) for group in groups])
    logits = checker.check([(claim.claim, claim.evidence) for claim in claims])
    return Measured(
        claims,
        np.array([examine(c.claim, c.evidence) is not None for c in claims]),
        np.array([margin(row) for row in logits]),
        np.array([same_matter(wording(c.claim), wording(c.evidence)) for c in claims]),
        np.array([row.contradicted - row.not_found for row in logits]),
        weights * len(claims) / len(groups),
    )


def _even(group: Sequence[Claim]) -> Floats:
    """Weights of ``group``, one in all, half of it for the supported."""
    supported = np.array([claim.label == SUPPORTED for claim in group])
    count = int(supported.sum())
    return np.where(supported, 0.5 / max(count, 1), 0.5 / max(len(group) - count, 1))


def fit(measured: Measured) -> dict[str, float]:
    """The coefficients and the thresholds."""
    left = ~measured.objected
    rows = measured.margins[left, None]
    right, weights = measured.supported[left], measured.weights[left]
    beta = logistic(rows, right.astype(np.float64), weights)
    return {
        "intercept": float(beta[0]),
        "margin": float(beta[1]),
        "threshold": THRESHOLD,
        "denial": _denial(measured, left),
        "despite_guard": float(
            np.average(measured.supported[~left], weights=measured.weights[~left])
        ),
    }


def best_threshold(scores: Floats, right: Flags, weights: Floats) -> float:
    """The threshold of greatest balanced accuracy."""
    grid = np.unique(np.round(scores, 3))
    rates = [balanced(scores >= t, right, weights) for t in grid]
    return float(grid[int(np.argmax(rates))])


def balanced(said: Flags, right: Flags, weights: Floats) -> float:
    """Mean share of right verdicts among the supported and among the others."""
    return (
        float(
            np.average(said[right], weights=weights[right])
            + np.average(~said[~right], weights=weights[~right])
        )
        / 2
    )


def _denial(measured: Measured, left: Flags) -> float:
    """The lowest difference of logits from which on what is not supported is mostly contradicted,
    if as many claims are contradicted as are not found."""
    labels = np.array([claim.label for claim in measured.claims])
    chosen = left & measured.alike
    denied, unsaid = (measured.denials[chosen & (labels == x)] for x in (CONTRADICTED, NOT_FOUND))
    for level in np.arange(-2.0, 3.0, 0.1):
        right, wrong = float((denied >= level).mean()), float((unsaid >= level).mean())
        if right >= DENIED_RIGHTLY * (right + wrong) > 0:
            return float(level)
    return 3.0


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--claims", type=Path, required=True, help="folder of prepare_claims")
    parser.add_argument("--natural", type=Path, required=True, help="claims written by people")
    parser.add_argument("--weights", type=Path, default=WEIGHTS_DIR, help="folder of the checker")
    parser.add_argument("--out", type=Path, default=SCORE_FILE)
    args = parser.parse_args()
    checker = Checker(WordPiece(), folder=args.weights)
    groups = {
        "made": load_claims(args.claims / "calibration.jsonl.gz"),
        "written": load_claims(args.claims / "written-calibration.jsonl.gz"),
        "natural": load_natural(args.natural, Part.CALIBRATION),
    }
    measured = measure(list(groups.values()), checker)
    fitted = {name: round(value, 4) for name, value in fit(measured).items()}
    counts = {name: len(group) for name, group in groups.items()}
    result = {**fitted, "claims": counts, "checker": checker.name}
    args.out.write_text(json.dumps(result, indent=1) + "\n", "utf-8")
    print(json.dumps(result, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
