"""Comparatives, superlatives and words like "all" and "only": a claim must not go beyond its
evidence, nor turn a comparison round."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.answer.guard.finding import Finding, contradicted, missing
from index.answer.guard.names import names
from index.answer.guard.wording import Wording, same_matter

_UNIVERSAL = frozenset(
    "all every each always entire entirely whole wholly completely everyone everybody everything"
    " nobody none never any anyone totally fully throughout both".split()
)
_PARTIAL = frozenset(
    "some many most several part partly partially few often usually sometimes mostly mainly"
    " largely generally majority half almost nearly primarily".split()
)
#: Words of a claim that say "all", where nothing less will do.
_CLAIMS_ALL = frozenset(
    "all every always entirely completely everyone everybody everything wholly totally".split()
)
_EXCEPTING = frozenset("except excepting excluding".split())
_ALL_BUT = re.compile(
    r"\b(?:all|every|each|any|everyone|everybody)\b[^.;]{0,40}\b(?:except|excepting|excluding)\b"
)
_EXCLUSIVE = frozenset("only solely exclusively sole alone".split())
_EXCLUSIVE_TOO = _EXCLUSIVE | frozenset("just except unique single one merely limited".split())

#: A list, because most words in -est are none: forest, interest, west.
_SUPERLATIVES = """
    largest biggest smallest highest lowest longest shortest tallest deepest greatest oldest
    youngest newest latest earliest fastest quickest slowest strongest weakest richest poorest
    heaviest lightest hottest coldest warmest coolest wettest driest brightest darkest hardest
    easiest simplest cheapest costliest busiest widest narrowest thickest thinnest closest nearest
    farthest furthest finest best worst most least safest deadliest bloodiest wealthiest loudest
    softest steepest southernmost northernmost easternmost westernmost tiniest hugest
""".split()
_SUPERLATIVE = re.compile(rf"\b(?:{'|'.join(_SUPERLATIVES)})\b", re.IGNORECASE)
#: What says as much in other words.
_LIKE_SUPERLATIVE = re.compile(
    rf"\b(?:{'|'.join(_SUPERLATIVES)}|first|last|top|chief|main|leading|primary|record|maximum|"
    r"minimum|major|predominant\w*|majority|foremost|number\s+one|only|ultimate|final|dominant|"
    r"mostly|mainly|largely|primarily|unprecedented|unsurpassed|ever|eldest|than\s+any)\b",
    re.IGNORECASE,
)
_NUMBER_BEHIND = re.compile(
    r"\s*(?:about\s+|a\s+)?(?:[£$€]?\d|[a-z]+teen|[a-z]+ty|two|three|four|five|six|seven|eight|"
    r"nine|ten|few)\b"
)
_COMPARISON = re.compile(
    r"\b(?P<how>(?:more|less|fewer)\s+\w+|\w+er|more|less|fewer)\b(?:\s+\w+){0,3}?\s+than\b"
)


def check_comparison(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """Words of the claim that say more than the evidence does."""
    same = same_matter(claim, evidence)
    yield from _quantifiers(claim, evidence, same=same)
    yield from _superlatives(claim, evidence)
    if same and (turned := _turned(claim, evidence)):
        yield turned


def _quantifiers(claim: Wording, evidence: Wording, *, same: bool) -> Iterator[Finding]:
    universal = next((w for w in claim.words if w.lower in _CLAIMS_ALL), None)
    if universal and not evidence.lowers & _UNIVERSAL:
        partial = next((w for w in evidence.words if w.lower in _PARTIAL), None)
        if partial and same:
            yield contradicted(f"It says “{universal.text}”; the quote says “{partial.text}”.")
    all_but = _ALL_BUT.search(evidence.text)
    if universal and all_but and same and not claim.lowers & _EXCEPTING:
        yield contradicted(f"It says “{universal.text}”; the quote says “{all_but[0]}”.")
    exclusive = next((w for w in claim.words if w.lower in _EXCLUSIVE), None)
    if exclusive and not evidence.lowers & _EXCLUSIVE_TOO and not _bounded(claim, exclusive.end):
        yield missing(f"The quote does not say “{exclusive.text}”.")


def _bounded(claim: Wording, end: int) -> bool:
    """Whether "only" stands before a number, where it says nothing of its own."""
    return bool(_NUMBER_BEHIND.match(claim.text[end:]))


def _superlatives(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    for match in _SUPERLATIVE.finditer(claim.text):
        if _LIKE_SUPERLATIVE.search(evidence.text):
            return
        yield missing(f"The quote does not say “{match[0]}”.")
        return


def _turned(claim: Wording, evidence: Wording) -> Finding | None:
    """ "A is larger than B" where the quote has "B is larger than A"."""
    mine, theirs = _compared(claim), _compared(evidence)
    if mine and theirs and mine[1] == theirs[1] and mine[0] & theirs[2] and mine[2] & theirs[0]:
        return contradicted("The quote tells this comparison the other way round.")
    return None


def _compared(text: Wording) -> tuple[frozenset[str], str, frozenset[str]] | None:
    """Names before, the comparative, and names behind "than"."""
    match = _COMPARISON.search(text.text)
    if match is None:
        return None
    sides = [
        frozenset(
            word.lower
            for name in names(text)
            for word in name.words
            if (word.start < match.start("how")) == left
        )
        for left in (True, False)
    ]
    return sides[0], match["how"].lower(), sides[1]
