"""What the resolution of follow-ups needs of an index: names, evidence, context."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np

from index.answer.followup.context import Context
from index.answer.followup.resolve import Resolution, resolve
from index.answer.open_build import OpenBuild
from index.models.embedder import Embedder, Vectors
from index.types import Turn

#: Turns that a conversation is understood from.
MAX_TURNS = 8
#: What the questions before weigh against this one in the context, and what each turn back
#: leaves of it.
CONTEXT_WEIGHT, CONTEXT_DECAY = 0.5, 0.6
#: What the words that were asked weigh beside the reading of them.
ASKED_WEIGHT = 1.0
#: Of more passages Chroma finds the nearest faster than comparing them all does.
MOST_COMPARED = 20_000


@dataclass(frozen=True, slots=True)
class Probe:
    """What is looked for by its words, and by its meaning: a unit vector."""

    text: str
    vector: Vectors


class Conversation:
    """What was said before a question, and the build it is asked of."""

    def __init__(
        self,
        history: Sequence[Turn],
        opened: OpenBuild,
        embedder: Embedder,
        documents: Collection[str] | None,
    ) -> None:
        self._history = tuple(history[-MAX_TURNS:])
        self._opened = opened
        self._embedder = embedder
        self._documents = documents
        self._vectors: dict[str, Vectors] = {}

    def resolve(self, question: str) -> Resolution:
        """How ``question`` is to be read."""
        if not self._history:
            return Resolution(question)
        return resolve(question, self._history, self._opened.names, self._evidence)

    def context(self, vector: Vectors, resolution: Resolution) -> Context | None:
        """Where to look besides, for a question whose unit vector is ``vector``; None for one
        that does not lean on what was said."""
        if not resolution.leans:
            return None
        mixed = vector + self._said
        quoted = frozenset(citation.document_id for citation in resolution.after)
        return Context(cast(Vectors, mixed / np.linalg.norm(mixed)), quoted)

    def probe(self, vector: Vectors, resolution: Resolution, asked: str) -> Probe:
        """What to retrieve with, for a reading whose unit vector is ``vector``. What was ``asked``
        counts besides: a reading may be wrong, the asker's own words are not."""
        if resolution.text == asked or resolution.wants_more or not resolution.leans:
            return Probe(resolution.text, vector)
        mixed = vector + ASKED_WEIGHT * self._vector(asked)
        unit = cast(Vectors, mixed / np.linalg.norm(mixed))
        return Probe(f"{resolution.text} {asked}", unit)

    def _evidence(self, questions: Sequence[str]) -> list[float]:
        """The cosine of each question and the passage nearest to it."""
        vectors = self._embedder.embed(list(questions))
        if self._documents is None and len(self._opened.build.passages) > MOST_COMPARED:
            found = [self._opened.build.dense.query(vector, 1) for vector in vectors]
            return [score for ((_, score),) in found]
        return [float(best) for best in (self._searched @ vectors.T).max(axis=0, initial=0.0)]

    @cached_property
    def _said(self) -> Vectors:
        """What the questions before are about, the last weighing most; of any length."""
        texts = [turn.question for turn in reversed(self._history)]
        weights = CONTEXT_WEIGHT * CONTEXT_DECAY ** np.arange(len(texts), dtype=np.float32)
        return cast(Vectors, weights @ self._embedder.embed(texts))

    def _vector(self, asked: str) -> Vectors:
        """The unit vector of what was asked, the same for each reading of it."""
        if asked not in self._vectors:
            self._vectors[asked] = self._embedder.embed([asked])[0]
        return self._vectors[asked]

    @cached_property
    def _searched(self) -> Vectors:
        """The vectors of the passages that may be looked in."""
        build = self._opened.build
        if self._documents is None:
            return build.vectors
        rows = [n for n, p in enumerate(build.passages) if p.document_id in self._documents]
        return build.vectors[rows]
