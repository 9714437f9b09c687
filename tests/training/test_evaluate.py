"""The shipped reader measured by the training's own rule, on two paragraphs."""

from __future__ import annotations

import numpy as np
import pytest

from training.evaluate import figures, given_paragraph, intervals, misspelt
from training.prepare import WEIGHTS
from training.reading import OnnxModel, best_span, load_tokenizer
from training.squad import Article, Paragraph, Question


@pytest.fixture
def asked(squad: list[Article]) -> list[tuple[Paragraph, Question]]:
    return [(p, q) for p in squad[0].paragraphs for q in p.questions]


def test_the_reader_finds_what_stands_there(asked: list[tuple[Paragraph, Question]]) -> None:
    tokenizer = load_tokenizer(WEIGHTS / "tokenizer.json")
    rows = given_paragraph(OnnxModel(WEIGHTS / "reader.int8.onnx", threads=1), tokenizer, asked)
    assert [row.question for row in rows] == [q.text for _, q in asked]
    assert all(row.text in row.paragraph for row in rows)
    found = figures(rows)
    assert found.f1 > 0.8
    low, high = intervals(rows)["f1"]
    assert low <= found.f1 <= high


def test_misspelt_questions_keep_their_answers(asked: list[tuple[Paragraph, Question]]) -> None:
    changed = misspelt(asked)
    assert changed == misspelt(asked)
    assert [q.golds for _, q in changed] == [q.golds for _, q in asked]
    assert sum(a.text != b.text for (_, a), (_, b) in zip(changed, asked, strict=True)) > 4


def test_best_span_keeps_to_the_window_and_to_thirty_pieces() -> None:
    tokenizer = load_tokenizer(WEIGHTS / "tokenizer.json")
    window = " ".join(["dam"] * 60)
    encoding = tokenizer.encode("Who built it?", window)
    start, end = (np.zeros(len(encoding.ids), np.float32) for _ in range(2))
    start[1] = 9  # in the question: no candidate
    first = encoding.sequence_ids.index(1)
    start[first], end[first + 40], end[first + 29] = 5, 9, 4
    reading = best_span(encoding, start, end, answerable=0.0)
    assert window[reading.start : reading.end].split() == ["dam"] * 30
    assert reading.margin == 9
