"""The sentences that sum a document up, by centrality and diversity.

Centrality is the cosine of a sentence and the document's mean passage; diversity is maximal
marginal relevance (Carbonell and Goldstein 1998).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from index.facts.extraction.sentences import Sentence
from index.facts.ranking import centroid
from index.facts.types import SUMMARY_SENTENCES, SummaryLength
from index.models.embedder import Vectors
from index.store.lexical import content_words
from index.types import BlockKind, Span

Embed = Callable[[Sequence[str]], Vectors]

MIN_WORDS, MAX_WORDS = 6, 60
#: Weight of centrality against likeness to the sentences chosen already. This and the bonus
#: below are the best of nine settings on the texts of ``python -m bench.facts``.
CENTRALITY = 0.6
#: Sentences this much alike, in cosines, say the same: one of them is enough.
SAME = 0.8
#: What the place in the text adds, in cosines: the first sentence of the text, and of a block.
LEAD_BONUS, OPENS_BONUS = 0.3, 0.05
#: Over how many sentences the first of them fades.
LEAD_FADES = 4.0
#: What a sentence loses that leans on the one before: "He", "This", "But".
LEANING_PENALTY = 0.15
#: Sentences embedded for a document: three for five passages, within these bounds.
MIN_EMBEDDED, MAX_EMBEDDED = 10, 100

#: Share of words with a capital from which a sentence is a list of names.
MAX_NAMES = 0.7

_WORD = re.compile(r"[^\W\d_]+")
_SHOWN = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM})
_ENDS = re.compile(r"[.!?。！？।؟…][\"'”’»)\]*_]*\Z")
_LEANS = re.compile(
    # Speech leans on who speaks.
    r"[\"“„«]|[\W_]*(?:it|he|she|they|this|that|these|those|its|his|her|their|but|so|and|or|then|there|"
    r"also|both|such|another|however|therefore|instead|meanwhile|until then|er|sie|es)\b",
    re.IGNORECASE,
)


def summarise(
    sentences: Sequence[Sentence], weights: dict[Span, float], vectors: Vectors, embed: Embed
) -> tuple[Span, ...]:
    """The sentences of the long summary, the most important first. ``vectors`` are those of the
    document's passages, ``weights`` those of its sentences."""
    candidates = _candidates(sentences, weights, passages=len(vectors))
    if not candidates:
        return ()
    rows = embed([sentence.text for sentence in candidates])
    centrality = rows @ centroid(vectors if len(vectors) else rows)
    scores = np.array(
        [cosine + _bonus(s) for s, cosine in zip(candidates, centrality, strict=True)]
    )
    chosen = _diverse(scores, rows, SUMMARY_SENTENCES[SummaryLength.LONG])
    return tuple(candidates[index].span for index in chosen)


def _candidates(
    sentences: Sequence[Sentence], weights: dict[Span, float], *, passages: int
) -> list[Sentence]:
    """Whole sentences of running text. Of many, those that share most words with the text:
    embedding all of them would take as long as the passages did."""
    usable = [s for s in sentences if s.kind in _SHOWN and _is_whole(s)]
    prose = [s for s in usable if s.kind is not BlockKind.LIST_ITEM]
    if len(prose) >= SUMMARY_SENTENCES[SummaryLength.LONG]:
        usable = prose
    room = min(MAX_EMBEDDED, max(MIN_EMBEDDED, passages * 3 // 5))
    if len(usable) > room:
        shared = _shared_words(usable)
        ranked = sorted(
            usable,
            key=lambda s: -(shared[s.ordinal] + _bonus(s) + 0.3 * weights.get(s.span, 0.0)),
        )
        usable = sorted(ranked[:room], key=lambda s: s.ordinal)
    return usable


def _shared_words(sentences: Sequence[Sentence]) -> dict[int, float]:
    """How typical the content words of each sentence are of all ``sentences``, 0..1."""
    bags = {s.ordinal: set(content_words(s.text)) for s in sentences}
    counts = Counter(word for bag in bags.values() for word in bag)
    scores = {
        ordinal: sum(math.log(counts[word]) for word in bag) / math.sqrt(len(bag) + 1)
        for ordinal, bag in bags.items()
    }
    best = max(scores.values())
    return {ordinal: score / best if best else 0.0 for ordinal, score in scores.items()}


def _is_whole(sentence: Sentence) -> bool:
    text = sentence.text
    words = len(text.split())
    long_enough = MIN_WORDS <= words <= MAX_WORDS or (
        words < 4 and len(text) >= 15 and not text.isascii()
    )
    is_prose = bool(_ENDS.search(text)) and not text.lstrip("*_#> ").startswith("http")
    return long_enough and is_prose and not _is_roll(text)


def _is_roll(text: str) -> bool:
    """Whether it lists names more than it says: "Simms; Doyle, Acheson, Park (Bell 96)"."""
    words = _WORD.findall(text)
    return len(words) >= MIN_WORDS and sum(map(str.istitle, words)) > MAX_NAMES * len(words)


def _bonus(sentence: Sentence) -> float:
    bonus = LEAD_BONUS * float(np.exp(-sentence.ordinal / LEAD_FADES))
    if sentence.opens:
        bonus += OPENS_BONUS
    if _LEANS.match(sentence.text):
        bonus -= LEANING_PENALTY
    return bonus


def _diverse(scores: Vectors, rows: Vectors, count: int) -> list[int]:
    """Indices of the sentences by maximal marginal relevance, in the order they are chosen."""
    chosen: list[int] = []
    likeness = np.zeros(len(rows))
    while len(chosen) < min(count, len(rows)):
        merit = CENTRALITY * scores - (1 - CENTRALITY) * likeness
        merit[chosen] = -np.inf
        merit[likeness > SAME] = -np.inf
        best = int(merit.argmax())
        if merit[best] == -np.inf:
            break
        chosen.append(best)
        likeness = np.maximum(likeness, rows @ rows[best])
    return chosen
