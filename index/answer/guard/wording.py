"""The words of a text, as the checks of the guard look at them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from index.store.lexical import STOP_WORDS, stem, words

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[.,]\d+)*(?:['’-][^\W_]+)*")
#: Ends the reach of a negation.
_CLAUSE_END = re.compile(
    r"[,;:.!?()–—]|\b(?:but|although|though|while|whereas|because|and)\b", re.I
)


class Word(NamedTuple):
    """A word of a text: as written, folded, its stem, and where it stands."""

    text: str
    lower: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True)
class Wording:
    """A text and its words. Made by :func:`wording`, which remembers the last ones."""

    text: str

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All words, in order."""
        matches = list(_WORD.finditer(self.text))
        folded = [_fold(match[0]) for match in matches]
        return tuple(
            Word(match[0], lower, stemmed, match.start(), match.end())
            for match, lower, stemmed in zip(matches, folded, stem(folded), strict=True)
        )

    @cached_property
    def stems(self) -> frozenset[str]:
        """Stems of all words, and of the parts of hyphenated ones."""
        parts = [part for word in self.words for part in word.lower.split("-")]
        return frozenset(word.stem for word in self.words) | frozenset(stem(parts))

    @cached_property
    def lowers(self) -> frozenset[str]:
        """All words, folded."""
        return frozenset(word.lower for word in self.words)

    @cached_property
    def content(self) -> frozenset[str]:
        """Stems of the words that carry meaning; numbers have a check of their own."""
        return frozenset(
            w.stem
            for w in self.words
            if w.lower not in STOP_WORDS and w.lower != "percent" and not w.lower[0].isdigit()
        )

    @cached_property
    def clause_ends(self) -> tuple[int, ...]:
        """Where clauses end, roughly: at punctuation and conjunctions."""
        return tuple(match.start() for match in _CLAUSE_END.finditer(self.text))

    def same_clause(self, one: int, other: int) -> bool:
        """Whether no clause ends between two positions."""
        low, high = sorted((one, other))
        return not any(low <= end <= high for end in self.clause_ends)


@lru_cache(maxsize=512)
def wording(text: str) -> Wording:
    """The words of ``text``."""
    return Wording(text)


def overlap(claim: Wording, evidence: Wording) -> float:
    """Share of the claim's meaningful words that stand in the evidence, 0..1; 1 if it has none."""
    if not claim.content:
        return 1.0
    return len(claim.content & evidence.stems) / len(claim.content)


#: From this share of common words on a claim and a quote are taken to be about the same thing.
SAME_MATTER = 0.5


def same_matter(claim: Wording, evidence: Wording) -> bool:
    """Whether both seem to speak of the same thing, so that a difference is a contradiction."""
    return overlap(claim, evidence) >= SAME_MATTER


def _fold(word: str) -> str:
    """``word`` in lower case, without accents and possessive ’s, ’ as '."""
    lower = re.sub(r"'s?$", "", word.replace("’", "'").lower())
    if lower.endswith("."):
        return lower[:-1]  # "U.S." is "u.s"
    folded = words(lower)
    return folded[0] if len(folded) == 1 else lower
