"""Finds entries by what a person types: from memory, forgiving misspellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from index.facts.types import DetailKind, Fact, FactKind, FactSheet
from index.store.lexical import STOP_WORDS, words
from index.types import Document

#: Likeness, 0..100, from which a word counts as the one that was meant.
LIKENESS = 82
#: The same for words of at least so many letters that are about as long as one another.
LONG_LIKENESS, LONG_WORD = 75, 6
#: From which likeness on a word of the sentence, not of the name, counts: plural or not.
SENTENCE_LIKENESS = 90
#: Share of the typed words that an entry must have.
MIN_SHARE = 0.6
#: Entries that score less than this share of the best are not meant.
NEAR_BEST = 0.85
#: What a word in the name counts, and one in the sentence around it.
NAME_WEIGHT, SENTENCE_WEIGHT = 1.0, 0.6
#: A single word of the sentence is not enough, one of the name is, misspelt or not.
LEAST_BY_NAME = 0.65
#: Discord's limits for autocompletion.
MAX_CHOICES = 25
MAX_CHOICE_CHARS = 100

_BY_NAME = frozenset({FactKind.PERSON, FactKind.PLACE, FactKind.ORGANISATION})
_NAME_DETAILS = frozenset(
    {
        DetailKind.ROLE,
        DetailKind.ALIAS,
        DetailKind.SORT,
        DetailKind.MEASURES,
        DetailKind.OF,
        DetailKind.SPEAKER,
        DetailKind.AUTHOR,
    }
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A fact and the document it is of."""

    fact: Fact
    document: Document


class FactIndex:
    """The entries of some sheets, by the words they can be asked for. Thread-safe."""

    def __init__(self, sheets: Sequence[tuple[Document, FactSheet]]) -> None:
        self.entries = tuple(Entry(f, document) for document, sheet in sheets for f in sheet.facts)

    @cached_property
    def _weights(self) -> dict[str, dict[int, float]]:
        """Word to entries, with what the word counts there."""
        weights: dict[str, dict[int, float]] = defaultdict(dict)
        for number, entry in enumerate(self.entries):
            fact, text = entry.fact, entry.document.text
            for word in words(text[fact.sentence.start : fact.sentence.end]):
                weights[word].setdefault(number, SENTENCE_WEIGHT)
            for word in (w for key in _keys(fact) for w in words(key)):
                weights[word][number] = NAME_WEIGHT
        return dict(weights)

    @cached_property
    def _vocabulary(self) -> list[str]:
        return list(self._weights)

    def find(
        self, typed: str, kinds: Collection[FactKind], documents: Collection[str] | None = None
    ) -> list[Entry]:
        """The entries of ``kinds`` that ``typed`` may mean, the likeliest first."""
        wanted = [word for word in words(typed) if word not in STOP_WORDS] or words(typed)
        scores: dict[int, float] = defaultdict(float)
        for word in wanted:
            for number, score in self._like(word).items():
                scores[number] += score / len(wanted)
        found = [
            (score, self.entries[number])
            for number, score in scores.items()
            if score >= _least(self.entries[number].fact)
            and _allowed(self.entries[number], kinds, documents)
        ]
        best = max((score for score, _ in found), default=0.0)
        found = [row for row in found if row[0] >= NEAR_BEST * best]
        found.sort(key=lambda row: (-row[0], -row[1].fact.centrality, row[1].fact.name.start))
        return [entry for _, entry in found]

    def _like(self, word: str) -> dict[int, float]:
        """Entries with that word or one much like it, and how well each has it, 0..1."""
        matches = process.extract(
            word, self._vocabulary, scorer=fuzz.ratio, score_cutoff=LONG_LIKENESS, limit=8
        )
        scores: dict[int, float] = {}
        for match, likeness, _ in matches:
            if not _meant(word, match, likeness):
                continue
            for number, weight in self._weights[match].items():
                if weight < NAME_WEIGHT and likeness < SENTENCE_LIKENESS:
                    continue
                scores[number] = max(scores.get(number, 0.0), weight * likeness / 100)
        return scores

    def of(
        self, kinds: Collection[FactKind], documents: Collection[str] | None = None
    ) -> list[Entry]:
        """All entries of ``kinds``, in the order of their sheets."""
        return [entry for entry in self.entries if _allowed(entry, kinds, documents)]

    def suggest(
        self, typed: str, kinds: Sequence[FactKind], documents: Collection[str] | None = None
    ) -> list[str]:
        """At most 25 things to ask for, the likeliest or most central first."""
        folded = " ".join(words(typed))
        # People before organisations; of everything, the most central of each kind.
        kind_step = 1.0 if len(kinds) <= 2 else 0.0
        scored: dict[str, float] = {}
        for entry in self.of(kinds, documents):
            for rank, label in enumerate(_labels(entry.fact)):
                score = entry.fact.centrality - rank - kind_step * kinds.index(entry.fact.kind)
                if folded:
                    likeness = _completes(folded, label)
                    if likeness < LIKENESS:
                        continue
                    score += likeness * 10
                scored[label] = max(scored.get(label, score), score)
        return sorted(scored, key=lambda label: (-scored[label], label))[:MAX_CHOICES]


def _meant(word: str, match: str, likeness: float) -> bool:
    """Whether ``match`` may be a misspelt ``word``: long ones of the same length may differ more,
    first letters hardly."""
    if match[0] != word[0]:
        return likeness >= 90
    same_length = abs(len(match) - len(word)) <= 1
    return likeness >= LIKENESS or (same_length and len(word) >= LONG_WORD)


def _least(fact: Fact) -> float:
    """The score an entry needs. Whom and where are asked for by name; what was, by what happened,
    so there the words of the sentence will do."""
    return LEAST_BY_NAME if fact.kind in _BY_NAME else MIN_SHARE * SENTENCE_WEIGHT


def _allowed(entry: Entry, kinds: Collection[FactKind], documents: Collection[str] | None) -> bool:
    return entry.fact.kind in kinds and (documents is None or entry.document.id in documents)


def _keys(fact: Fact) -> Iterator[str]:
    yield fact.name.text
    for detail in fact.details:
        if detail.kind in _NAME_DETAILS:
            yield detail.excerpt.text


def _labels(fact: Fact) -> Iterator[str]:
    """What to offer for an entry; the first is what people would ask for."""
    of_kind = {
        FactKind.QUOTATION: (DetailKind.SPEAKER,),
        FactKind.POST: (DetailKind.AUTHOR,),
        FactKind.FIGURE: (DetailKind.MEASURES, DetailKind.OF),
    }
    if fact.kind in of_kind:
        labels = [text for kind in of_kind[fact.kind] for text in fact.texts(kind)]
    else:
        labels = [fact.name.text]
    if fact.kind is FactKind.PERSON:
        labels += [r for r in fact.texts(DetailKind.ROLE) if len(r.split()) <= 5]
    for label in labels:
        flat = " ".join(label.split())
        if 1 < len(flat) <= MAX_CHOICE_CHARS:
            yield flat


def _completes(typed: str, label: str) -> float:
    """How well ``label`` completes or mends what was typed so far, 0..100."""
    folded = " ".join(words(label))
    if folded.startswith(typed):
        return 100.0
    if f" {typed}" in f" {folded}":
        return 95.0
    openings = [word[: len(typed) + 1] for word in folded.split()]
    close = max((fuzz.ratio(typed, opening) for opening in openings), default=0.0)
    return max(float(fuzz.ratio(typed, folded)), float(close) - 5 if len(typed) > 3 else 0.0)
