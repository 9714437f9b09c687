"""Finds the sentences of the cited passages that may bear out a claim."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.evidence import covered, cut
from index.models.embedder import Embedder
from index.store.lexical import content_words
from index.types import Passage, Span

#: Single sentences that are tried, best first, besides the best of each passage.
MAX_SINGLES = 2

#: A sentence that tells its reader, or a machine, what to say or do proves nothing by it; nor
#: does what follows it in the same passage, which is likely to be what is to be said.
_INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.]{0,60}"
    r"\b(?:instructions?|prompts?|rules?|guidelines?|above|before|previous)\b"
    r"|\b(?:system|developer)\s+(?:prompt|message|note)\b"
    r"|\b(?:as|you\s+are)\s+an?\s+(?:ai|assistant|language\s+model|chat\s?bot)\b"
    r"|^\W*(?:please\s+)?(?:say|answer|reply|respond|output|print|repeat|write|tell\s+(?:the\s+)?"
    r"(?:user|reader)|pretend|claim|state)\b(?!,)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence of a passage."""

    passage: Passage
    sentence: Span

    @property
    def text(self) -> str:
        """The sentence, letter for letter."""
        return cut(self.passage, self.sentence)


@dataclass(frozen=True, slots=True)
class Candidates:
    """Sentences that may bear a claim out, the most promising first, and groups of them, each in
    document order: the best of each passage that is cited, and the best two."""

    singles: tuple[Place, ...]
    groups: tuple[tuple[Place, ...], ...]


def context(places: Sequence[Place], title: str) -> str:
    """What stands around ``places`` and may name what they only point at ("he"): the ``title``
    of the document, the heading, and the sentence before."""
    first = places[0]
    at = first.passage.sentences.index(first.sentence)
    before = cut(first.passage, first.passage.sentences[at - 1]) if at else ""
    return "\n".join(filter(None, (title, first.passage.heading, before)))


def candidates(
    claim: str, cited: Sequence[Passage], embedder: Embedder, language: str | None = None
) -> Candidates:
    """What to hold ``claim`` against in the ``cited`` passages."""
    per_passage = [_ranked(claim, passage, embedder, language) for passage in cited]
    ranked = sorted((row for rows in per_passage for row in rows), key=lambda row: -row[0])
    places = [place for _, place in _distinct(ranked)]
    best = [rows[0][1] for rows in per_passage if rows]
    singles = dict.fromkeys([*places[:MAX_SINGLES], *best])
    groups = [_in_order(group) for group in (best, places[:2]) if len(set(group)) > 1]
    return Candidates(tuple(singles), tuple(dict.fromkeys(groups)))


def provable(passage: Passage) -> tuple[Span, ...]:
    """The sentences of ``passage`` that can prove something: those before any instruction."""
    found: list[Span] = []
    for sentence in passage.sentences:
        if _INSTRUCTION.search(cut(passage, sentence)):
            break
        found.append(sentence)
    return tuple(found)


def _ranked(
    claim: str, passage: Passage, embedder: Embedder, language: str | None
) -> list[tuple[float, Place]]:
    """The sentences of ``passage`` by cosine with ``claim`` plus the share of its content words
    that stand in them, best first."""
    places = [Place(passage, sentence) for sentence in provable(passage)]
    if not places:
        return []
    vectors = embedder.embed([claim, *(place.text for place in places)])
    wanted = content_words(claim)
    rows = [
        (float(vector @ vectors[0]) + covered(wanted, place.text, language), place)
        for vector, place in zip(vectors[1:], places, strict=True)
    ]
    return sorted(rows, key=lambda row: -row[0])


def _distinct(rows: Sequence[tuple[float, Place]]) -> list[tuple[float, Place]]:
    """``rows`` without sentences that stood in an earlier one: passages overlap."""
    first = {(row[1].passage.document_id, row[1].sentence): row for row in reversed(rows)}
    return sorted(first.values(), key=lambda row: -row[0])


def _in_order(places: Sequence[Place]) -> tuple[Place, ...]:
    return tuple(sorted(set(places), key=lambda p: (p.passage.document_id, p.sentence)))
