"""The probability that an answer is right: a logistic model of its evidence.

The coefficients are fitted by ``training/calibrate.py`` on questions that nothing else was
trained on, and stored beside this file with where they come from.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.answer.features import FEATURE_NAMES, Features, vector
from index.answer.question import Kind

MODEL_FILE = Path(__file__).with_name("confidence.json")


@dataclass(frozen=True, slots=True)
class Logistic:
    """Logistic regression: 1 / (1 + exp(-(intercept + coefficients · features)))."""

    intercept: float
    coefficients: tuple[float, ...]

    def probability(self, features: Features) -> float:
        """0..1."""
        products = zip(self.coefficients, vector(features), strict=True)
        return sigmoid(self.intercept + sum(c * x for c, x in products))


@dataclass(frozen=True, slots=True)
class Confidence:
    """Two models, for what is shown is chosen in two ways."""

    #: For the sentence of the reader's span.
    by_span: Logistic
    #: For the sentence that is nearest to the question, as for yes/no questions.
    by_sentence: Logistic
    #: Lowest probability that is shown as an answer, as chosen on the calibration questions.
    threshold: float
    #: Name of the reader that they were fitted for.
    reader: str

    @staticmethod
    def load(path: Path = MODEL_FILE) -> Confidence:
        """The shipped models. Raises ValueError if they were fitted for other features."""
        value = json.loads(path.read_text("utf-8"))
        return Confidence(
            by_span=_logistic(value["by_span"], path.name),
            by_sentence=_logistic(value["by_sentence"], path.name),
            threshold=float(value["threshold"]),
            reader=str(value["reader"]),
        )

    def probability(self, features: Features, kind: Kind) -> float:
        """The probability that what is shown for a question of ``kind`` is right, 0..1."""
        model = self.by_sentence if kind is Kind.YES_NO else self.by_span
        return model.probability(features)


def sigmoid(x: float) -> float:
    """1 / (1 + exp(-x)), without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _logistic(value: dict[str, Any], name: str) -> Logistic:
    coefficients = value["coefficients"]
    if not set(coefficients) <= set(FEATURE_NAMES):
        raise ValueError(f"{name} was fitted for other features; run training.calibrate anew")
    # A feature that is newer than the fit says nothing, so that it can be measured for the next.
    weights = tuple(float(coefficients.get(name, 0.0)) for name in FEATURE_NAMES)
    return Logistic(float(value["intercept"]), weights)
