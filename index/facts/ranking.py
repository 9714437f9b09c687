"""How central an entry is to its document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from index.facts.extraction.sentences import Sentence
from index.facts.types import Fact, FactKind
from index.models.embedder import Vectors
from index.types import BlockKind, Passage, Span

#: The opening of a text says what it is about: its first sentences count up to twice.
LEAD_SENTENCES = 4
#: What headings and captions count.
ASIDE_WEIGHT = 0.5
#: Entries that are shown in reading order.
_IN_ORDER = frozenset({FactKind.FIGURE, FactKind.QUOTATION, FactKind.POST})


def sentence_weights(
    sentences: Sequence[Sentence], passages: Sequence[Passage], vectors: Vectors
) -> dict[Span, float]:
    """How much each sentence is about what the document is about, 0 and up.

    That is the cosine of its passage and the document's mean passage, more for the opening.
    """
    by_passage: dict[Span, float] = {}
    if len(passages):
        cosines = vectors @ centroid(vectors)
        for passage, cosine in zip(passages, cosines, strict=True):
            for span in passage.sentences:
                by_passage.setdefault(span, max(0.0, float(cosine)))
    weights: dict[Span, float] = {}
    for sentence in sentences:
        weight = by_passage.get(sentence.span, 0.0) + 0.1
        if sentence.ordinal < LEAD_SENTENCES:
            weight *= 2 - sentence.ordinal / LEAD_SENTENCES
        if sentence.kind in {BlockKind.HEADING, BlockKind.CAPTION}:
            weight *= ASIDE_WEIGHT
        weights[sentence.span] = weight
    return weights


def centroid(vectors: Vectors) -> Vectors:
    """The mean direction of unit ``vectors``; zero for none or for opposite ones."""
    mean: Vectors = np.asarray(vectors.mean(axis=0), np.float32)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm, np.float32) if norm else mean


def rank(facts: Iterable[Fact], weights: dict[Span, float]) -> tuple[Fact, ...]:
    """The entries with their centrality: by kind, the most central first; figures, quotations
    and posts as they are read. Dates too keep the order of the text."""
    scored = [
        (sum(weights.get(span, 0.0) for span in fact.mentions or (fact.sentence,)), fact)
        for fact in facts
    ]
    best: dict[FactKind, float] = {}
    for score, fact in scored:
        best[fact.kind] = max(best.get(fact.kind, 0.0), score)
    ranked = [
        replace(fact, centrality=round(score / best[fact.kind], 4) if best[fact.kind] else 0.0)
        for score, fact in scored
    ]
    kinds = list(FactKind)
    return tuple(
        sorted(
            ranked,
            key=lambda fact: (
                kinds.index(fact.kind),
                0.0 if fact.kind in _IN_ORDER or fact.kind is FactKind.DATE else -fact.centrality,
                fact.name.start,
            ),
        )
    )
