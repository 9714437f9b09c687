"""Chooses the sentences that prove an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.features import covered, sentence_text
from index.answer.proof import sentence_span
from index.models.embedder import Embedder, Vectors
from index.store.lexical import content_words
from index.types import Hit, Passage, Reading, Span

#: Passages whose sentences are compared when a question has no span for an answer.
MAX_PASSAGES = 3
#: A further sentence is shown if it comes this near to the best, up to MAX_SENTENCES.
NEAR_BEST = 0.92
MAX_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage and how well it suits the question, about 0..2."""

    passage: Passage
    sentence: Span
    score: float


def span_evidence(reading: Reading) -> Evidence:
    """The sentence that the reader's span stands in."""
    return Evidence(reading.passage, sentence_span(reading.passage, reading.span), 1.0)


def sentence_evidence(
    question: str,
    vector: Vectors,
    hits: Sequence[Hit],
    embedder: Embedder,
    language: str | None,
) -> tuple[Evidence, ...]:
    """Sentences of the best ``hits`` by meaning and shared words, best first.

    The score is the cosine of question and sentence plus the share of the question's content
    words that stand in it.
    """
    rows = [
        (hit.passage, sentence) for hit in hits[:MAX_PASSAGES] for sentence in hit.passage.sentences
    ]
    texts = [sentence_text(passage, sentence) for passage, sentence in rows]
    cosines = embedder.embed(texts) @ vector
    wanted = content_words(question)
    found: dict[Span, Evidence] = {}  # overlapping passages hold the same sentence
    for (passage, sentence), text, cosine in zip(rows, texts, cosines, strict=True):
        score = float(cosine) + covered(wanted, text, language)
        found.setdefault(sentence, Evidence(passage, sentence, score))
    return tuple(sorted(found.values(), key=lambda item: -item.score))
