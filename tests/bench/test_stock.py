"""The peer is treated fairly: its pieces stand where they are said to stand."""

from __future__ import annotations

import pytest

from bench.stock import Chunking, StockIndex, Text
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece

FERRY = Text("ferry.txt", "Ferry", "The ferry to Sandhorn leaves at nine. " * 30)
MOSS = Text("moss.txt", "Moss", "Moss grows on the north side of stones and needs no soil. " * 30)


@pytest.fixture(scope="module")
def embedder() -> MiniLmEmbedder:
    return MiniLmEmbedder(WordPiece())


def test_pieces_are_cut_from_their_document(embedder: MiniLmEmbedder) -> None:
    stock = StockIndex([FERRY, MOSS], embedder, Chunking("small", 64, 10))
    texts = {text.id: text.text for text in (FERRY, MOSS)}
    assert len(stock.pieces) > 4
    for document_id, span in stock.pieces:
        assert texts[document_id][span.start : span.end].strip()
    best = stock.ranked("When does the ferry leave?", 8)
    assert best[0].document_id == "ferry.txt"
    assert len(best) == 8
