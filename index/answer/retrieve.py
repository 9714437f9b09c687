"""Hybrid retrieval: dense and lexical, fused by reciprocal rank (Cormack et al. 2009)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from index.models.embedder import Vectors
from index.store.build import Build
from index.types import Hit, Passage

#: The constant of reciprocal rank fusion, as in the paper.
RRF_K = 60
#: Passages each retriever gives to the fusion.
DEPTH = 30


def retrieve(
    build: Build,
    question: str,
    vector: Vectors,
    top_k: int,
    documents: Collection[str] | None = None,
) -> tuple[Hit, ...]:
    """The ``top_k`` passages for ``question``, whose unit vector is ``vector``, best first.

    ``documents`` restricts the search to those ids.
    """
    depth = DEPTH if documents is None else len(build.passages)
    dense = [
        (build.passages[build.positions[passage_id]], score)
        for passage_id, score in build.dense.query(vector, min(depth, len(build.passages)))
        if passage_id in build.positions
    ]
    lexical = [
        (build.passages[position], score)
        for position, score in build.lexical.query(question, depth)
    ]
    if documents is not None:
        dense = [row for row in dense if row[0].document_id in documents]
        lexical = [row for row in lexical if row[0].document_id in documents]
    return fuse(dense[:DEPTH], lexical[:DEPTH])[:top_k]


def fuse(
    dense: Sequence[tuple[Passage, float]], lexical: Sequence[tuple[Passage, float]]
) -> tuple[Hit, ...]:
    """Both rankings as one: a passage scores the sum of 1 / (60 + its rank) over them."""
    dense_ranks = {p.id: (rank, score) for rank, (p, score) in enumerate(dense, 1)}
    lexical_ranks = {p.id: (rank, score) for rank, (p, score) in enumerate(lexical, 1)}
    passages = {p.id: p for p, _ in (*dense, *lexical)}
    hits = [
        _hit(passage, dense_ranks.get(key), lexical_ranks.get(key))
        for key, passage in passages.items()
    ]
    # Ties are broken by the dense score, then by id, so that runs repeat.
    return tuple(sorted(hits, key=lambda h: (-h.score, -(h.dense_score or 0.0), h.passage.id)))


def _hit(
    passage: Passage, dense: tuple[int, float] | None, lexical: tuple[int, float] | None
) -> Hit:
    ranks = [found[0] for found in (dense, lexical) if found]
    return Hit(
        passage=passage,
        score=sum(1 / (RRF_K + rank) for rank in ranks),
        dense_rank=dense[0] if dense else None,
        dense_score=dense[1] if dense else None,
        lexical_rank=lexical[0] if lexical else None,
        lexical_score=lexical[1] if lexical else None,
    )
