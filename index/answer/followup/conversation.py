"""What the resolution of follow-ups needs of an index: kinds of names, evidence, context."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import cast

import numpy as np

from index.answer.followup.context import Context
from index.answer.followup.resolve import Resolution, resolve
from index.answer.open_build import OpenBuild
from index.errors import IndexBuildError
from index.facts.types import DetailKind, FactKind
from index.models.embedder import Embedder, Vectors
from index.types import Turn

log = logging.getLogger(__name__)

#: Turns that a conversation is understood from.
MAX_TURNS = 8
#: What the questions before weigh against this one in the context, and what each turn back
#: leaves of it.
CONTEXT_WEIGHT, CONTEXT_DECAY = 0.5, 0.6
#: Passages of which each candidate must show its best.
PROBED = 5
_NAMED = (FactKind.PERSON, FactKind.PLACE, FactKind.ORGANISATION)


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

    def resolve(self, question: str) -> Resolution:
        """How ``question`` is to be read."""
        return resolve(question, self._history, self._kind_of, self._evidence)

    def context(self, vector: Vectors, resolution: Resolution) -> Context | None:
        """Where to look besides, for a question whose unit vector is ``vector``; None for one
        that does not lean on what was said."""
        if not resolution.leans:
            return None
        texts = [turn.question for turn in reversed(self._history)]
        weights = CONTEXT_WEIGHT * CONTEXT_DECAY ** np.arange(len(texts), dtype=np.float32)
        mixed = vector + weights @ self._embedder.embed(texts)
        quoted = frozenset(citation.document_id for citation in resolution.after)
        return Context(cast(Vectors, mixed / np.linalg.norm(mixed)), quoted)

    def _kind_of(self, name: str) -> FactKind | None:
        folded = name.casefold()
        exact = self._kinds.get(folded)
        return exact if exact is not None else self._kinds.get(folded.split()[-1])

    @cached_property
    def _kinds(self) -> dict[str, FactKind]:
        """The kinds of the names in the documents that were cited, whole names and last words."""
        kinds: dict[str, FactKind] = {}
        for document_id in {c.document_id for turn in self._history for c in turn.citations}:
            try:
                sheet = self._opened.facts.sheet(document_id)
            except IndexBuildError as error:
                log.debug("Names are told by their form alone: %s", error)
                return {}
            for kind in _NAMED:
                for fact in sheet.of(kind) if sheet else ():
                    for text in (fact.name.text, *fact.texts(DetailKind.ALIAS)):
                        for key in (text.casefold(), text.casefold().split()[-1]):
                            kinds.setdefault(key, kind)
        return kinds

    def _evidence(self, questions: Sequence[str]) -> list[float]:
        """The cosine of each question and the passage nearest to it."""
        vectors = self._embedder.embed(list(questions))
        return [self._nearest(vector) for vector in vectors]

    def _nearest(self, vector: Vectors) -> float:
        build = self._opened.build
        count = PROBED if self._documents is None else len(build.passages)
        found = build.dense.query(vector, min(count, len(build.passages)))
        return max(
            (
                score
                for passage_id, score in found
                if self._documents is None
                or (
                    passage_id in build.positions
                    and build.passages[build.positions[passage_id]].document_id in self._documents
                )
            ),
            default=0.0,
        )
