"""The probability that an answer is right: a logistic model of its evidence.

The coefficients are fitted by ``training/calibrate.py`` on questions that nothing else was
trained on, and stored beside this file with where they come from.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.answer.features import FEATURE_NAMES, Features, vector

MODEL_FILE = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Confidence:
    """Logistic regression: 1 / (1 + exp(-(intercept + coefficients · features)))."""

    intercept: float
    coefficients: tuple[float, ...]
    #: Lowest probability that is shown as an answer, as chosen on the calibration questions.
    threshold: float
    #: Name of the reader it was fitted for.
    reader: str

    @staticmethod
    def load(path: Path = MODEL_FILE) -> Confidence:
        """The shipped model. Its features are those of this version, or it raises ValueError."""
        value = json.loads(path.read_text("utf-8"))
        coefficients = value["coefficients"]
        if tuple(coefficients) != FEATURE_NAMES:
            raise ValueError(f"{path.name} was fitted for other features; run calibrate anew")
        return Confidence(
            intercept=float(value["intercept"]),
            coefficients=tuple(float(c) for c in coefficients.values()),
            threshold=float(value["threshold"]),
            reader=str(value["reader"]),
        )

    def probability(self, features: Features) -> float:
        """0..1."""
        return sigmoid(self.intercept + dot(self.coefficients, vector(features)))


def dot(one: Sequence[float], other: Sequence[float]) -> float:
    """The scalar product."""
    return sum(a * b for a, b in zip(one, other, strict=True))


def sigmoid(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
