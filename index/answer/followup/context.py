"""What a conversation adds to retrieval: passages that suit it, and those of the document that was
quoted last, move up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.models.embedder import Vectors
from index.store.build import Build
from index.types import Hit

#: Passages whose cosine to the conversation is told; others are no nearer than these.
DEPTH = 50
#: What the cosine to the conversation weighs beside the score of the question alone.
VECTOR_WEIGHT = 0.15
#: What it counts to be of a document that was quoted last.
DOCUMENT_BONUS = 0.1


@dataclass(frozen=True, slots=True)
class Context:
    """What a conversation is about."""

    #: A unit vector: the question, with something of those before it.
    vector: Vectors
    #: The documents that were quoted last, by id.
    documents: frozenset[str]


def in_context(build: Build, hits: Sequence[Hit], context: Context) -> tuple[Hit, ...]:
    """``hits`` in the order that suits the conversation too."""
    nearest = dict(build.dense.query(context.vector, min(DEPTH, len(build.passages))))
    farther = min(nearest.values())
    moved = [
        replace(
            hit,
            score=hit.score
            + VECTOR_WEIGHT * nearest.get(hit.passage.id, farther)
            + DOCUMENT_BONUS * (hit.passage.document_id in context.documents),
        )
        for hit in hits
    ]
    return tuple(sorted(moved, key=lambda hit: (-hit.score, hit.passage.id)))
