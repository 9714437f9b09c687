"""Finds entries by what a person types: from memory, forgiving misspellings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from rapidfuzz import fuzz, process

from index.facts.extraction.vocabulary import PRONOUNS
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
#: From how many letters on, and from which likeness of the best part, an offer mends what is
#: typed.
MIN_MENDED, MENDING = 4, 80
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

    @cached_property
    def _by_kind(self) -> dict[FactKind, list[Entry]]:
        groups: dict[FactKind, list[Entry]] = {kind: [] for kind in FactKind}
        for entry in self.entries:
            groups[entry.fact.kind].append(entry)
        return groups

    def of(
        self, kinds: Collection[FactKind], documents: Collection[str] | None = None
    ) -> list[Entry]:
        """All entries of ``kinds``, by kind and in the order of their sheets."""
        return [
            entry
            for kind in FactKind
            if kind in kinds
            for entry in self._by_kind[kind]
            if documents is None or entry.document.id in documents
        ]

    @cached_property
    def _offers(self) -> dict[FactKind, list[Offer]]:
        """What can be offered, by kind, best first; a label of several entries once a document."""
        offers: dict[FactKind, dict[tuple[str, str], Offer]] = {kind: {} for kind in FactKind}
        for entry in self.entries:
            for rank, label in enumerate(_labels(entry.fact)):
                offer = Offer(
                    label, " ".join(words(label)), entry.document.id, entry.fact.centrality - rank
                )
                known = offers[entry.fact.kind].setdefault((label, entry.document.id), offer)
                if offer.score > known.score:
                    offers[entry.fact.kind][label, entry.document.id] = offer
        return {
            kind: sorted(found.values(), key=lambda offer: (-offer.score, offer.label))
            for kind, found in offers.items()
        }

    def suggest(
        self, typed: str, kinds: Sequence[FactKind], documents: Collection[str] | None = None
    ) -> list[str]:
        """At most 25 things to ask for, the likeliest or most central first."""
        folded = " ".join(words(typed))
        # People before organisations; of everything, the most central of each kind.
        kind_step = 1.0 if len(kinds) <= 2 else 0.0
        offers = [
            (offer.score - kind_step * step, offer)
            for step, kind in enumerate(kinds)
            for offer in self._offers[kind]
            if documents is None or offer.document_id in documents
        ]
        if folded:
            offers = _completing(folded, offers)
        best: dict[str, float] = {}
        for score, offer in offers:
            best[offer.label] = max(best.get(offer.label, score), score)
        return nsmallest(MAX_CHOICES, best, key=lambda label: (-best[label], label))


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to suggest: as shown, and as it is compared."""

    label: str
    folded: str
    document_id: str
    score: float


def _completing(typed: str, offers: list[tuple[float, Offer]]) -> list[tuple[float, Offer]]:
    """The offers that complete what is typed, then those that mend it, with their scores."""
    found: list[tuple[float, Offer]] = []
    rest: list[tuple[float, Offer]] = []
    for score, offer in offers:
        if offer.folded.startswith(typed):
            found.append((score + 20, offer))
        elif f" {typed}" in offer.folded:
            found.append((score + 10, offer))
        else:
            rest.append((score, offer))
    if len(found) < MAX_CHOICES and len(typed) >= MIN_MENDED:
        matches = process.extract(
            typed,
            [offer.folded for _, offer in rest],
            scorer=fuzz.partial_ratio,
            score_cutoff=MENDING,
            limit=MAX_CHOICES,
        )
        found += [
            (rest[at][0] + likeness / 100, rest[at][1])
            for folded, likeness, at in matches
            # First letters are hardly ever misspelt: "asia" is not "russia".
            if any(word[0] == typed[0] for word in folded.split())
        ]
    return found


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
        if 1 < len(flat) <= MAX_CHOICE_CHARS and flat.lower() not in PRONOUNS:
            yield flat
