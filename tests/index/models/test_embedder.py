"""The shipped embedder and tokenizer on fixed sentences, and batches for any lengths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.embeddings import MockEmbedding

from index.models.batches import length_buckets, pad
from index.models.embedder import MAX_PIECES, MiniLmEmbedder
from index.models.llama_embedding import FootnoteEmbedding, LlamaIndexEmbedder
from index.models.tokenizer import WordPiece
from tests.index.texts import nasty_texts

TEXTS = [
    "The ferry crosses the lake every morning.",
    "She planted a garden.",
    "Its oldest tree is a walnut, which was there before the house.",
    "",
    "👍",
    "Prices rose. " * 40,
]


def test_vectors_are_of_unit_length(embedder: MiniLmEmbedder) -> None:
    vectors = embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), embedder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("Which boat goes over the water?", TEXTS[0], TEXTS[1]),
        ("Who made the flower beds?", TEXTS[1], TEXTS[0]),
        ("How old is the tree?", TEXTS[2], TEXTS[0]),
        ("Did it become more expensive?", "Prices rose.", TEXTS[2]),
    ],
)
def test_what_means_the_same_is_near(
    embedder: MiniLmEmbedder, question: str, near: str, far: str
) -> None:
    asked, one, other = embedder.embed([question, near, far])
    assert asked @ one > asked @ other


def test_the_order_of_texts_changes_nothing(embedder: MiniLmEmbedder) -> None:
    forwards, backwards = embedder.embed(TEXTS), embedder.embed(TEXTS[::-1])[::-1]
    assert np.abs(forwards - backwards).max() < 1e-5


def test_company_in_a_batch_changes_little(embedder: MiniLmEmbedder) -> None:
    """Activations are quantised over the batch, so a text alone is not bit for bit the same."""
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.sum(together * alone, axis=1).min() > 0.97


def test_a_long_text_is_read_up_to_the_limit(embedder: MiniLmEmbedder) -> None:
    long = "tree " * (MAX_PIECES - 2)
    one, other = embedder.embed([long, long + "boat " * 500])
    assert one == pytest.approx(other, abs=1e-5)


def test_nothing_is_no_vectors(embedder: MiniLmEmbedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_progress_is_told_up_to_the_end(embedder: MiniLmEmbedder) -> None:
    told: list[int] = []
    embedder.embed(["a word"] * 70, on_progress=told.append)
    assert told == sorted(set(told)) and told[-1] == 70 and len(told) > 1


@given(nasty_texts)
def test_pieces_stand_in_the_text(tokenizer: WordPiece, text: str) -> None:
    encoding = tokenizer.encode(text)
    assert all(0 <= start <= end <= len(text) for start, end in encoding.offsets)
    assert tokenizer.count_pieces([text]) == [len(encoding.ids)]


def test_common_words_are_known(tokenizer: WordPiece) -> None:
    assert tokenizer.knows_word("Garden") and not tokenizer.knows_word("Witkoff")


@given(st.lists(st.integers(0, 400), max_size=80), st.integers(1, 32), st.floats(0, 0.9))
def test_buckets_hold_every_row_once_and_waste_little(
    lengths: list[int], max_batch: int, max_waste: float
) -> None:
    buckets = list(length_buckets(lengths, max_batch=max_batch, max_waste=max_waste))
    assert sorted(index for bucket in buckets for index in bucket) == list(range(len(lengths)))
    for bucket in buckets:
        assert 1 <= len(bucket) <= max_batch
        padded = max(lengths[index] for index in bucket) * len(bucket)
        used = sum(lengths[index] for index in bucket)
        assert len(bucket) == 1 or padded == 0 or 1 - used / padded <= max_waste + 1e-9


@given(st.lists(st.lists(st.integers(1, 30_000), max_size=9), min_size=1, max_size=9))
def test_padding_is_masked(rows: list[list[int]]) -> None:
    ids, mask = pad(rows)
    assert ids.shape == mask.shape == (len(rows), max(map(len, rows)))
    for row, shown, kept in zip(rows, ids, mask, strict=True):
        assert list(shown[: len(row)]) == row and not shown[len(row) :].any()
        assert list(kept) == [1] * len(row) + [0] * (len(kept) - len(row))


async def test_it_is_a_llama_index_embedding(embedder: MiniLmEmbedder) -> None:
    embedding = FootnoteEmbedding(embedder)
    assert isinstance(embedding, BaseEmbedding)
    (expected,) = embedder.embed([TEXTS[0]]).tolist()
    assert embedding.get_text_embedding(TEXTS[0]) == expected
    assert embedding.get_query_embedding(TEXTS[0]) == expected
    assert await embedding.aget_query_embedding(TEXTS[0]) == expected
    batch = embedding.get_text_embedding_batch(TEXTS[:3])
    assert np.asarray(batch) == pytest.approx(embedder.embed(TEXTS[:3]), abs=0.05)


@settings(max_examples=10)
@given(st.integers(0, 200))
def test_a_llama_index_embedding_can_be_the_embedder(count: int) -> None:
    embedder = LlamaIndexEmbedder(MockEmbedding(embed_dim=5))
    told: list[int] = []
    vectors = embedder.embed(["text"] * count, on_progress=told.append)
    assert vectors.shape == (count, 5) == (count, embedder.dimensions)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert told[-1:] == ([count] if count else [])
    assert "MockEmbedding" in embedder.name
