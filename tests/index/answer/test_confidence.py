"""The shipped confidence belongs to the shipped reader, and evidence moves it the right way."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from index.answer.confidence import MODEL_FILE, Confidence
from index.answer.features import FEATURE_NAMES, Features
from index.answer.question import Kind
from index.models.reader import Reader
from index.models.tokenizer import WordPiece

MIDDLING = Features(**{field.name: 0.5 for field in fields(Features)})


@pytest.fixture(scope="module")
def confidence() -> Confidence:
    return Confidence.load()


def test_it_was_fitted_for_the_shipped_reader(confidence: Confidence, tokenizer: WordPiece) -> None:
    assert confidence.reader == Reader(tokenizer, threads=1).name


def test_every_feature_was_fitted() -> None:
    shipped = json.loads(MODEL_FILE.read_text("utf-8"))
    for name in ("by_span", "by_sentence"):
        assert tuple(shipped[name]["coefficients"]) == FEATURE_NAMES


@pytest.mark.parametrize("kind", [Kind.SPAN, Kind.EXPLAIN, Kind.YES_NO])
@pytest.mark.parametrize("name", FEATURE_NAMES)
def test_no_evidence_speaks_against_its_meaning(
    confidence: Confidence, name: str, kind: Kind
) -> None:
    low, high = (replace(MIDDLING, **{name: value}) for value in (0.0, 1.0))
    assert 0 < confidence.probability(low, kind) <= confidence.probability(high, kind) < 1


def test_coefficients_of_unknown_features_are_refused(tmp_path: Path) -> None:
    value = json.loads(MODEL_FILE.read_text("utf-8"))
    value["by_span"]["coefficients"]["mood"] = 1.0
    path = tmp_path / "confidence.json"
    path.write_text(json.dumps(value), "utf-8")
    with pytest.raises(ValueError, match=r"confidence\.json was fitted for other features"):
        Confidence.load(path)
