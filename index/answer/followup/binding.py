"""Which pronouns of a question point back behind it, and which to a name in it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answer.followup.ones import stands_for_thing
from index.answer.followup.phrases import Word, words_of
from index.answer.followup.vocabulary import (
    AUXILIARIES,
    DEMONSTRATIVE,
    DETERMINERS,
    FUNCTION_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    Gender,
)

#: "Is it true that", "how long does it take to": an "it" that stands for nothing before.
_EXPLETIVE = re.compile(
    r"\bit\s+is\s+(?:time|late|early|true|possible|likely)\b|\bit\s+(?:take|takes|took|true|possible|necessary|rain|rains|likely|safe|legal|allowed|important|mean\s+to)\b|"
    r"\bit\s+(?:be\s+)?\w+\s+to\b",
    re.IGNORECASE,
)
#: "That" points back behind these words, or at the very end; elsewhere it joins clauses.
_BEFORE_THAT = (
    AUXILIARIES | PREPOSITIONS | WH | frozenset({"and", "like", "mean", "call", "so", "because"})
)
_OBJECTS = frozenset({"him", "them", "it"})
#: Words that begin a further clause; what is named before them may be meant by an object there.
_JOINERS = frozenset(
    """if when before after because while unless until once since so and or but what where why how
    whether although though to""".split()
)


#: What is quoted is nobody's to bend.
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
#: "This article" is what is read, whatever was said; "these days" are now.
_AT_HAND = frozenset(
    """article articles document documents text texts page pages story stories days""".split()
)


def pronouns_of(text: str) -> tuple[Word, ...]:
    """The words of ``text`` that point back, but for those that a name before them explains and
    those that are quoted."""
    words = words_of(text)
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return tuple(
        word
        for position, word in enumerate(words)
        if not any(start <= word.start < end for start, end in quoted)
        if (word.lower in {"one", "ones"} and stands_for_thing(words, position))
        or (word.lower in PRONOUNS and _points_back(text, words, position))
    )


def _points_back(text: str, words: Sequence[Word], position: int) -> bool:
    lower = words[position].lower
    before = words[position - 1].lower if position else ""
    is_last = position == len(words) - 1
    if lower in DEMONSTRATIVE and not is_last and words[position + 1].lower in _AT_HAND:
        return False
    if lower in {"that", "this"}:
        return is_last or before in _BEFORE_THAT or not position
    if lower in DEMONSTRATIVE:
        return True
    if lower == "there":
        after = words[position + 1].lower if not is_last else ""
        return is_last or (before not in {"is", "are", "was", "were"} and after not in AUXILIARIES)
    if lower == "then":
        return is_last
    if lower == "it" and _EXPLETIVE.search(text):
        return False
    return not _is_bound(words, position)


def _is_bound(words: Sequence[Word], position: int) -> bool:
    """Whether what the pronoun at ``position`` stands for is named before it. The object of a
    clause is not what the same clause names: "Where did Trump meet him?"."""
    lower = words[position].lower
    if lower == "it":
        named = next((n for n in range(1, position) if words[n - 1].lower in _ARTICLES), None)
    else:
        person = PRONOUNS[lower] is Gender.PERSON
        named = next((n for n in range(1, position) if _names(words, n, person)), None)
    return named is not None and is_bound_by(words, named, position)


def is_bound_by(words: Sequence[Word], named: int, position: int) -> bool:
    """Whether the pronoun at ``position`` can stand for what is ``named`` before it."""
    return not _is_object(words, position) or _begins_clause(words, named, position)


_ARTICLES = frozenset({"a", "an", "the"})


def _names(words: Sequence[Word], position: int, person: bool) -> bool:
    """Whether the word at ``position`` is of a name; "English" of "the English title" is of none
    that a person could be meant by."""
    word = words[position]
    if not word.text[:1].isupper() or word.lower in PRONOUNS or word.lower == "i":
        return False
    behind = words[position + 1]  # the pronoun at the latest
    is_attribute = words[position - 1].lower in DETERMINERS and not (
        behind.text[:1].isupper() or behind.lower in FUNCTION_WORDS | PRONOUNS.keys()
    )
    return not (person and is_attribute)


def _is_object(words: Sequence[Word], position: int) -> bool:
    """Whether a pronoun stands where an object does: "him", and "it" unless a verb follows or an
    auxiliary leads."""
    lower = words[position].lower
    if lower not in _OBJECTS:
        return lower == "her" and position == len(words) - 1
    follows = words[position + 1].lower if position + 1 < len(words) else ""
    return lower != "it" or follows not in AUXILIARIES


def _begins_clause(words: Sequence[Word], named: int, position: int) -> bool:
    """Whether a further clause begins between what is ``named`` and the pronoun: "what happens to
    the jug if I drop it", but not "the river before it"."""
    last = position - 1
    ends = position == len(words) - 1
    return any(
        words[n].lower in _JOINERS and not (n == last and (ends or words[n].lower in {"and", "or"}))
        for n in range(named + 1, position)
    )
