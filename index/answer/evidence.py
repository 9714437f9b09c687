"""Chooses the sentences that prove an answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.proof import sentence_span
from index.models.embedder import Embedder, Vectors
from index.store.lexical import content_words, stem, words
from index.types import Hit, Passage, Reading, Span

#: Passages whose sentences are compared when a question asks for no span.
MAX_PASSAGES = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a passage that may be shown."""

    passage: Passage
    sentence: Span
    #: Cosine of question and sentence.
    similarity: float
    #: How well it suits the question, to rank by: about 0..2.
    score: float


def span_evidence(reading: Reading, vector: Vectors, embedder: Embedder) -> Evidence:
    """The sentence that the reader's span stands in; ``vector`` is the question's."""
    sentence = sentence_span(reading.passage, reading.span)
    similarity = reading.similarity
    if similarity is None:
        similarity = float(embedder.embed([cut(reading.passage, sentence)])[0] @ vector)
    return Evidence(reading.passage, sentence, similarity, similarity)


def sentence_evidence(
    question: str,
    vector: Vectors,
    hits: Sequence[Hit],
    embedder: Embedder,
    language: str | None,
) -> tuple[Evidence, ...]:
    """Sentences of the best ``hits`` by meaning and shared words, best first.

    The score is the cosine of question and sentence plus the share of the question's content
    words that stand in it. ``vector`` is the question's.
    """
    rows = {
        (hit.passage.document_id, sentence): hit.passage
        for hit in reversed(hits[:MAX_PASSAGES])  # overlapping passages: the better one stays
        for sentence in hit.passage.sentences
        if len(hit.passage.sentences) == 1 or cut(hit.passage, sentence) != hit.passage.heading
    }
    texts = [cut(passage, sentence) for (_, sentence), passage in rows.items()]
    cosines = embedder.embed(texts) @ vector
    wanted = content_words(question)
    found = [
        Evidence(passage, sentence, float(cosine), float(cosine) + covered(wanted, text, language))
        for ((_, sentence), passage), text, cosine in zip(rows.items(), texts, cosines, strict=True)
    ]
    return tuple(sorted(found, key=lambda item: -item.score))


def cut(passage: Passage, span: Span) -> str:
    """The text of ``span``, in document offsets, which lies in ``passage``."""
    return passage.text[span.start - passage.start : span.end - passage.start]


def covered(wanted: Sequence[str], text: str, language: str | None) -> float:
    """Share of the folded words ``wanted`` whose stems stand in ``text``; 1 if none is wanted."""
    if not wanted:
        return 1.0
    have = set(stem(words(text), language))
    return sum(item in have for item in stem(wanted, language)) / len(wanted)
