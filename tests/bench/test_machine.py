"""The work of the models is counted as they are given it."""

from __future__ import annotations

import pytest

from bench.machine import FLOP_PER_TOKEN, metered
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece


def test_the_meter_counts_what_the_model_is_given() -> None:
    embedder = MiniLmEmbedder(WordPiece())
    with metered() as work:
        embedder.embed(["ferry"])
    assert work.tokens == 3  # with [CLS] and [SEP]
    assert work.embedder_ms > 0
    assert work.reader_ms == 0
    assert work.limit_ms(FLOP_PER_TOKEN / 1e6) == pytest.approx(3)
    embedder.embed(["not counted any more"])
    assert work.tokens == 3
