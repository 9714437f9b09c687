"""Mends misspelt words of a question from the words of the documents.

"who is witkof" should find Witkoff. Only a word that is neither in the documents nor a common
one is touched, so that a question about Iraq is not bent to Iran.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.store.lexical import stem, words

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
MIN_CHARS = 4
#: From this length on two slips are mended, below it one.
TWO_SLIPS_CHARS = 8


class Speller:
    """Mends questions by the vocabulary of one build."""

    def __init__(self, texts: Iterable[str], is_common: Callable[[str], bool]) -> None:
        counts = Counter(word for text in texts for word in _WORD.findall(text))
        self._known = {folded for word in counts for folded in words(word)}
        self._stems = set(stem(sorted(self._known)))
        self._is_common = is_common
        # One spelling a word: the most frequent, as the documents write it.
        self._surface: dict[str, str] = {}
        for word, _ in counts.most_common():
            if len(word) >= MIN_CHARS:
                self._surface.setdefault(word.lower(), word)
        self._choices = list(self._surface)
        self._small = {
            word
            for word, count in counts.items()
            if word.islower() and 2 * count > counts[word.capitalize()]
        }

    def mend(self, question: str) -> str:
        """``question`` with misspelt words exchanged for the documents' own."""
        return _WORD.sub(lambda match: self._mend_word(match[0]), question)

    def is_written_small(self, word: str) -> bool:
        """Whether the documents write ``word`` without a capital, at least now and then."""
        return word.lower() in self._small

    def _mend_word(self, word: str) -> str:
        base = re.sub(r"['’]s$", "", word)
        lower = base.lower()
        if len(lower) < MIN_CHARS or self._is_known(lower):
            return word
        slips = 2 if len(lower) >= TWO_SLIPS_CHARS else 1
        found = process.extractOne(lower, self._choices, scorer=OSA.distance, score_cutoff=slips)
        if found is None or found[0][0] != lower[0]:
            return word
        return self._surface[found[0]] + word[len(base) :]

    def _is_known(self, word: str) -> bool:
        folded = words(word)
        return (
            self._is_common(word)
            or all(part in self._known for part in folded)
            or all(part in self._stems for part in stem(folded))
        )
