"""The names that the documents use: what each is, and how it is written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from index.answer.followup.phrases import Word, words_of
from index.answer.followup.vocabulary import DETERMINERS, FUNCTION_WORDS
from index.facts.types import DetailKind, FactKind, FactSheet

_KINDS = (FactKind.PERSON, FactKind.PLACE, FactKind.ORGANISATION)
#: Words of the longest name that is looked for.
_MOST_WORDS = 5


class Names:
    """Names by kind: whole ones, and of people the last words, too. ``kinds`` has them as they
    are written."""

    def __init__(self, kinds: Mapping[str, FactKind]) -> None:
        self._kinds: dict[str, FactKind] = {}
        self._written: dict[str, str] = {}
        for name, kind in kinds.items():
            last = _last_name(name)
            self._kinds.setdefault(last.casefold(), kind)
            for text in (name, last) if kind is FactKind.PERSON else (name,):
                if text.casefold() in FUNCTION_WORDS | DETERMINERS:
                    continue  # "Will", "May", "US" are words, too
                self._kinds[text.casefold()] = kind
                self._written.setdefault(text.casefold(), text)

    @staticmethod
    def of_sheets(sheets: Iterable[FactSheet], is_word: Callable[[str], bool]) -> Names:
        """The people, places and organisations of ``sheets``, but for those that ``is_word`` says
        to be words: "Game", "Credit"."""
        kinds: dict[str, FactKind] = {}
        for sheet in sheets:
            for kind in _KINDS:
                for fact in sheet.of(kind):
                    name = " ".join(fact.name.text.split())
                    # "The French president" is no name, though it is another one of his.
                    parts = set(name.split())
                    aliases = (a for a in fact.texts(DetailKind.ALIAS) if set(a.split()) <= parts)
                    for text in (name, *(" ".join(alias.split()) for alias in aliases)):
                        if text and not is_word(text):
                            kinds.setdefault(text, kind)
        return Names(kinds)

    def kind_of(self, name: str) -> FactKind | None:
        """What ``name`` is, whatever its case; told by its last word where it is not known."""
        folded = name.casefold()
        exact = self._kinds.get(folded)
        return exact if exact is not None else self._kinds.get(folded.rpartition(" ")[2])

    def written(self, text: str) -> str:
        """``text`` with the names in it in the capitals that the documents give them."""
        words = words_of(text)
        pieces: list[str] = []
        at = position = 0
        while position < len(words):
            size = self._longest(text, words[position:])
            if size:
                start, end = words[position].start, words[position + size - 1].end
                name, ending = _without_ending(text[start:end])
                pieces.append(text[at:start] + self._written[_folded(name)] + ending)
                at = end
            position += max(size, 1)
        return "".join(pieces) + text[at:]

    def within(self, text: str) -> tuple[str, ...]:
        """The names in ``text``, in order, each once."""
        words = words_of(text)
        found: dict[str, None] = {}
        position = 0
        while position < len(words):
            size = self._longest(text, words[position:])
            if size and any(w.text[:1].isupper() for w in words[position : position + size]):
                span = text[words[position].start : words[position + size - 1].end]
                found[" ".join(_without_ending(span)[0].split())] = None
            position += max(size, 1)
        return tuple(found)

    def _longest(self, text: str, words: Sequence[Word]) -> int:
        """How many words the longest name has that begins with the first of ``words``; 0 if none
        does."""
        for size in range(min(len(words), _MOST_WORDS), 0, -1):
            name, _ = _without_ending(text[words[0].start : words[size - 1].end])
            if _folded(name) in self._written:
                return size
        return 0


def _last_name(name: str) -> str:
    """ "de Wit" of "Noor de Wit"."""
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1].islower():
        start -= 1
    return " ".join(words[start:])


def _without_ending(name: str) -> tuple[str, str]:
    match = re.search(r"['’]s?$", name)
    return (name[: match.start()], match[0]) if match else (name, "")


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
