"""Vectors in Chroma: real, in a folder and in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.errors import IndexBuildError
from index.models.embedder import MiniLmEmbedder, Vectors
from index.store.dense import DenseStore, open_client

IDS = ["ferry", "garden", "walnut"]
TEXTS = ["The ferry crosses the lake.", "She planted a garden.", "The oldest tree is a walnut."]


@pytest.fixture(scope="module")
def vectors(embedder: MiniLmEmbedder) -> Vectors:
    return embedder.embed(TEXTS)


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path, vectors: Vectors) -> Iterator[DenseStore]:
    if request.param == "memory":
        store = DenseStore.in_memory("b", IDS, vectors)
    else:
        store = DenseStore(open_client(tmp_path, None), "b")
        store.create().upsert(ids=IDS, embeddings=vectors)
    yield store
    store.close()


def test_scores_are_cosines_best_first(
    store: DenseStore, vectors: Vectors, embedder: MiniLmEmbedder
) -> None:
    (question,) = embedder.embed(["Which boat goes over the water?"])
    found = store.query(question, 3)
    assert found[0][0] == "ferry"
    expected = dict(zip(IDS, vectors @ question, strict=True))
    assert dict(found) == pytest.approx(expected, abs=1e-5)
    assert [score for _, score in found] == sorted((s for _, s in found), reverse=True)
    assert store.query(question, 1) == found[:1]


def test_a_vector_is_nearest_to_itself(store: DenseStore, vectors: Vectors) -> None:
    assert store.count() == 3
    for id_, vector in zip(IDS, vectors, strict=True):
        best, score = store.query(vector, 1)[0]
        assert best == id_
        assert score == pytest.approx(1, abs=1e-5)


def test_what_is_stored_is_there_for_the_next_process(tmp_path: Path, vectors: Vectors) -> None:
    store = DenseStore(open_client(tmp_path, None), "b")
    store.create().upsert(ids=IDS, embeddings=vectors)
    store.close()

    again = DenseStore(open_client(tmp_path, None), "b")
    again.open()
    assert again.count() == 3
    again.close()


def test_a_collection_that_is_not_there_is_an_error_with_a_cure(tmp_path: Path) -> None:
    store = DenseStore(open_client(tmp_path, None), "b")
    with pytest.raises(IndexBuildError, match="footnote index --force"):
        store.open()
    store.close()


def test_two_engines_may_hold_the_same_build_in_memory(vectors: Vectors) -> None:
    one, other = (DenseStore.in_memory("twice", IDS, vectors) for _ in range(2))
    one.close()
    assert other.query(np.asarray(vectors[0]), 1)[0][0] == "ferry"
    other.close()


def test_damaged_files_are_an_error_with_a_cure_every_time(tmp_path: Path) -> None:
    """Chroma gives a client that failed to start out again, half made."""
    (tmp_path / "chroma.sqlite3").write_bytes(b"nothing of the kind" * 100)
    for _ in range(2):
        with pytest.raises(IndexBuildError, match=r"\(InternalError\).*footnote index --force"):
            open_client(tmp_path, None)
    (tmp_path / "chroma.sqlite3").unlink()
    open_client(tmp_path, None).close()
