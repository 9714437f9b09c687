"""The "one" that stands for a thing, told from the number and from what is numbered with it."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.followup.phrases import Word
from index.answer.followup.vocabulary import AUXILIARIES, DETERMINERS, FUNCTION_WORDS

_CHOOSING = frozenset({"which", "what", "the", "this", "that", "other", "another", "each"})
_BEFORE_ADJECTIVES = DETERMINERS | _CHOOSING
#: "Day one", "number one": the number of what stands before.
_NUMBERED = frozenset(
    """act article book chapter class day division episode formula game group grade level line
    month no number page paragraph part phase rank round season section series stage step tier
    type unit version volume week year zone""".split()
)
_MOST_ADJECTIVES = 2


def stands_for_thing(words: Sequence[Word], position: int) -> bool:
    """Whether the "one" or "ones" at ``position`` can be exchanged for a noun that was said:
    behind "which", "the", "other" or an adjective, but not before "of" or a noun."""
    before = words[position - 1] if position else None
    if before is None or before.lower in _NUMBERED or _is_named(before):
        return False
    if words[position].lower == "ones":
        return True
    after = words[position + 1].lower if position + 1 < len(words) else ""
    if after in {"of", "who"}:
        return False
    if _is_content(words, position + 1):
        # "The one thing", "which one country does"; but "which one costs more".
        leads = position + 2 < len(words) and words[position + 2].lower in AUXILIARIES
        if before.lower == "the" or leads:
            return False
    return _is_chosen(words, position)


def _is_named(word: Word) -> bool:
    """Whether a word is of a name, as in "Formula One"; "Which" of "Which one" is none."""
    return bool(word.start) and word.text[:1].isupper()


def _is_chosen(words: Sequence[Word], position: int) -> bool:
    """Whether a determiner leads to ``position``, or nothing but an adjective does: "half one"."""
    if words[position - 1].lower in _CHOOSING:
        return True
    for start in range(position - 1, max(position - _MOST_ADJECTIVES - 1, 0) - 1, -1):
        word = words[start]
        if word.lower in _BEFORE_ADJECTIVES:
            return start < position - 1
        if word.lower in FUNCTION_WORDS or _is_named(word):
            return False
    return position <= _MOST_ADJECTIVES


def _is_content(words: Sequence[Word], position: int) -> bool:
    """Whether a noun or a verb stands at ``position``."""
    return position < len(words) and words[position].lower not in FUNCTION_WORDS | DETERMINERS
