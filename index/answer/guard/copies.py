"""Claims that repeat their quote nearly word for word: the small words that decide its sense must
be the same, each in its place."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from index.answer.guard.finding import Finding, contradicted
from index.answer.guard.wording import Wording

#: Share of a claim's words that stand in the quote in the same order, from which it repeats it.
NEAR = 0.8
#: Shorter claims repeat nothing.
MIN_WORDS = 4
#: More words than this that the claim leaves out of the middle are a clause of their own.
MAX_LEFT_OUT = 3
_DENIALS = frozenset("not no never nor neither none hardly cannot without".split())
_DECISIVE = _DENIALS | frozenset(
    """before after until since above below over under more less fewer most least up down all first
    last only""".split()
)


def check_copies(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """Decisive words that only one of the two has at a place where the words around agree."""
    mine, theirs = _plain(claim), _plain(evidence)
    match = SequenceMatcher(None, theirs, mine, autojunk=False)
    shared = sum(block.size for block in match.get_matching_blocks())
    if len(mine) < MIN_WORDS or shared < NEAR * len(mine):
        return
    for kind, from_theirs, to_theirs, from_mine, to_mine in match.get_opcodes():
        at_an_end = from_theirs == 0 or to_theirs == len(theirs)
        left_out = to_theirs - from_theirs
        if kind == "equal" or (kind == "delete" and (at_an_end or left_out > MAX_LEFT_OUT)):
            continue
        said = _DECISIVE.intersection(mine[from_mine:to_mine])
        # To leave out "first" says less; to leave out "not" says the contrary.
        decisive = _DENIALS if kind == "delete" else _DECISIVE
        quoted = decisive.intersection(theirs[from_theirs:to_theirs])
        if said - quoted:
            instead = f"; the quote says “{min(quoted)}”" if quoted else ", and the quote does not"
            yield contradicted(f"It says “{min(said - quoted)}”{instead}.")
        elif quoted - said and left_out <= MAX_LEFT_OUT:
            yield contradicted(f"The quote says “{min(quoted - said)}”, and it does not.")


def _plain(text: Wording) -> list[str]:
    """The words, denials in one form; "to last" is a verb, and decides nothing."""
    lowers = ["not" if word.lower.endswith("n't") else word.lower for word in text.words]
    return [
        f"to {word}" if before == "to" and word in _DECISIVE else word
        for before, word in zip(["", *lowers], lowers, strict=False)
    ]
