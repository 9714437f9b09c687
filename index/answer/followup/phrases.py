"""The phrases of a question that another one can take up: names, things, times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.followup.vocabulary import (
    AUXILIARIES,
    BE,
    DETERMINERS,
    FUNCTION_WORDS,
    PERSONAL,
    PREPOSITIONS,
)

_WORD = re.compile(r"[^\W_]+(?:[-._’'/&][^\W_]+)*(?:[’'](?=\s|$))?")
_NUMBER = re.compile(r"\d")
_ASKING = frozenset({"which", "what", "whose", "many", "much"})
_BEFORE_ADJECTIVES = frozenset("to not so too more most less least very as".split())
_SUBJECT_WH = frozenset({"who", "what"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it stands."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """As the vocabulary has it; "US" and the like are no words of it."""
        if len(self.text) > 1 and self.text.isupper():
            return self.text
        return self.text.lower().replace("’", "'")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase with its article, as far as it can be told without a grammar."""

    text: str
    start: int
    end: int
    #: The preposition before it, if any, in lower case.
    preposition: str | None = None
    #: Whether it is where the subject of the question stands.
    is_subject: bool = False
    #: Whether it is what is asked for: "which country", "how many regions".
    is_asked: bool = False

    @property
    def bare(self) -> str:
        """The phrase without its article."""
        first, _, rest = self.text.partition(" ")
        return rest if rest and first.lower() in DETERMINERS else self.text

    @property
    def is_name(self) -> bool:
        """Whether it is written with a capital or a digit, like a name."""
        return any(part[:1].isupper() for part in self.bare.split())

    @property
    def has_number(self) -> bool:
        return bool(_NUMBER.search(self.text))

    @property
    def is_plural(self) -> bool:
        head = self.text.split()[-1].lower()
        return head.endswith("s") and not head.endswith(("ss", "us", "is", "'s", "’s"))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of ``text``; a possessive ending and inner hyphens, dots and slashes belong to
    theirs."""
    return tuple(Word(m[0], m.start(), m.end()) for m in _WORD.finditer(text))


def phrases(question: str) -> tuple[Phrase, ...]:
    """The noun phrases of ``question``, in order. Verbs are told by their place: after the
    subject that an auxiliary stands before, and after a "who" that is the subject itself."""
    words = words_of(question)
    found: list[Phrase] = []
    at = 0
    while at < len(words):
        if words[at].lower in FUNCTION_WORDS:
            at += 1
            continue
        end = _run_end(question, words, at)
        found.extend(_phrases_of_run(question, words, at, end))
        at = end
    return tuple(found)


def _run_end(question: str, words: Sequence[Word], start: int) -> int:
    """Where the run of content words that starts at ``start`` ends: at a function word, at
    punctuation, at an article."""
    end = start + 1
    while end < len(words):
        between = question[words[end - 1].end : words[end].start]
        if between.strip() or words[end].lower in FUNCTION_WORDS | DETERMINERS:
            break
        end += 1
    return end


def _phrases_of_run(question: str, words: Sequence[Word], start: int, end: int) -> list[Phrase]:
    before = words[start - 1].lower if start else ""
    run = list(range(start, end))
    has_article = words[start].lower in DETERMINERS
    preposition = before if before in PREPOSITIONS else None
    after_auxiliary = before in AUXILIARIES
    if before == "how":
        return []  # "how deep is"
    if before in _SUBJECT_WH and not has_article:
        run = run[1:]  # "who met Putin": the verb
    elif before in PERSONAL and start > 1 and words[start - 2].lower in AUXILIARIES:
        run = run[1:]  # "can I use green lentils": the verb
    elif before in BE and len(run) == 1 and _is_participle(words[start].lower):
        run = []  # "who is helping"
    elif len(run) > 1 and _is_called(words[run[-2]], words[run[-1]]):
        run = run[:-1]  # "the natives of Australia called"
    is_definition = before in BE and start > 1 and words[start - 2].lower in _SUBJECT_WH
    if not run or not (is_definition or _is_nominal(words, run, before)):
        return []
    groups = [run]
    if after_auxiliary:
        before_verb = before not in BE and not (
            end < len(words) and words[end].lower in AUXILIARIES
        )
        groups = _subject_and_rest(words, run, before_verb)
    pieces = [group for group in groups if group]
    return [
        Phrase(
            question[words[piece[0]].start : words[piece[-1]].end],
            words[piece[0]].start,
            words[piece[-1]].end,
            preposition if piece[0] == start else None,
            is_subject=after_auxiliary and piece[0] == start,
            is_asked=piece[0] == start and before in _ASKING,
        )
        for piece in pieces
    ]


def _subject_and_rest(words: Sequence[Word], run: list[int], before_verb: bool) -> list[list[int]]:
    """The run behind an auxiliary, without the verb behind its subject."""
    if not before_verb and not _is_participle(words[run[-1]].lower):
        return [run]
    names = 0
    while names < len(run) and words[run[names]].text[:1].isupper():
        names += 1
    if names:  # "did Trump announce", "will JD Vance attend"
        return [run[:names], run[names + 1 :]] if run[names + 1 :] else [run[:names]]
    return [run[:-1]] if len(run) > 1 + (words[run[0]].lower in DETERMINERS) else [run]


def _is_nominal(words: Sequence[Word], run: Sequence[int], before: str) -> bool:
    """Whether a run is a noun phrase, not an adjective, participle or infinitive, by its form and
    by the word before it."""
    first, last = words[run[0]], words[run[-1]]
    if first.lower in DETERMINERS:
        return len(run) > 1
    if first.text[:1].isupper() or first.text[:1].isdigit():
        return True
    if any(words[n].lower.endswith(("'s", "s'")) for n in run[:-1]):
        return True
    if Phrase(last.text, last.start, last.end).is_plural:
        return True
    return before not in BE and before not in _BEFORE_ADJECTIVES


def _is_called(name: Word, last: Word) -> bool:
    """Whether ``last`` is a participle behind a name rather than a noun of it."""
    return name.text[:1].isupper() and last.text.islower() and last.lower.endswith("ed")


def _is_participle(word: str) -> bool:
    return word.endswith(("ing", "ed"))
