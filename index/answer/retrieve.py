"""Hybrid retrieval: dense and lexical, fused by a weighted sum of their scores, which beat
reciprocal rank fusion here as in Bruch et al. 2023 (docs/decisions.md has the figures)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from index.answer.followup.context import Context, in_context
from index.models.embedder import Vectors
from index.store.build import Build
from index.types import Hit, Passage

#: What the best lexical score weighs beside a cosine. On the calibration articles anything from
#: 0.3 to 0.7 does about as well.
LEXICAL_WEIGHT = 0.4
#: Passages each retriever gives to the fusion.
DEPTH = 30


def retrieve(
    build: Build,
    question: str,
    vector: Vectors,
    top_k: int,
    documents: Collection[str] | None = None,
    context: Context | None = None,
) -> tuple[Hit, ...]:
    """The ``top_k`` passages for ``question``, whose unit vector is ``vector``, best first.

    ``documents`` restricts the search to those ids; ``context`` moves up what fits the
    conversation.
    """
    if documents is None:
        dense = _nearest(build, vector)
        found = build.lexical.query(question, DEPTH)
    else:
        rows = [row for row, p in enumerate(build.passages) if p.document_id in documents]
        dense = _nearest_of(build, vector, rows)
        searched = set(rows)
        every = build.lexical.query(question, len(build.passages))
        found = [(row, score) for row, score in every if row in searched][:DEPTH]
    hits = fuse(dense, [(build.passages[row], score) for row, score in found])
    if context is not None:
        hits = in_context(build, hits, context)
    return hits[:top_k]


def _nearest(build: Build, vector: Vectors) -> list[tuple[Passage, float]]:
    """The DEPTH passages nearest to ``vector`` and their cosines, best first."""
    found = build.dense.query(vector, min(DEPTH, len(build.passages)))
    return [
        (build.passages[build.positions[passage_id]], score)
        for passage_id, score in found
        if passage_id in build.positions
    ]


def _nearest_of(build: Build, vector: Vectors, rows: Sequence[int]) -> list[tuple[Passage, float]]:
    """The same among the passages at ``rows``, by comparing each: of Chroma, whose graph knows no
    documents, all neighbours would have to be asked for to be sure of these."""
    cosines = build.vectors[list(rows)] @ vector
    best = np.argsort(-cosines, kind="stable")[:DEPTH]
    return [(build.passages[rows[n]], float(cosines[n])) for n in best]


def fuse(
    dense: Sequence[tuple[Passage, float]], lexical: Sequence[tuple[Passage, float]]
) -> tuple[Hit, ...]:
    """Both rankings, best first, as one: a passage scores its cosine plus LEXICAL_WEIGHT times
    its lexical score over the best one."""
    dense_ranks = {p.id: (rank, score) for rank, (p, score) in enumerate(dense, 1)}
    lexical_ranks = {p.id: (rank, score) for rank, (p, score) in enumerate(lexical, 1)}
    best = max((score for _, score in lexical), default=0.0)
    unit = LEXICAL_WEIGHT / best if best > 0 else 0.0
    # A passage that the dense retriever did not return has no better cosine than those it did.
    floor = min((score for _, score in dense), default=0.0)
    hits = [
        _hit(passage, dense_ranks.get(key), lexical_ranks.get(key), floor, unit)
        for key, passage in {p.id: p for p, _ in (*dense, *lexical)}.items()
    ]
    # Ties are broken by id, so that runs repeat.
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.passage.id)))


def _hit(
    passage: Passage,
    dense: tuple[int, float] | None,
    lexical: tuple[int, float] | None,
    floor: float,
    unit: float,
) -> Hit:
    return Hit(
        passage=passage,
        score=(dense[1] if dense else floor) + (unit * lexical[1] if lexical else 0.0),
        dense_rank=dense[0] if dense else None,
        dense_score=dense[1] if dense else None,
        lexical_rank=lexical[0] if lexical else None,
        lexical_score=lexical[1] if lexical else None,
    )
