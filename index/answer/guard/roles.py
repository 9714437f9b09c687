"""Who did what to whom: names of a claim that its evidence has, but in other places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.answer.guard.finding import Finding, contradicted
from index.answer.guard.names import Name, names
from index.answer.guard.polarity import negations
from index.answer.guard.wording import Word, Wording, same_matter
from index.store.lexical import STOP_WORDS, stem

#: Begins a clause with a subject of its own.
_CONTRAST = re.compile(
    r"\b(?:while|whereas)\b(?!\s+\w+ing\b)"
    r"|(?:,\s+(?:and|but)|;)\s+(?=(?:[A-Z][\w’'-]+\s+){1,3}(?:will|is|was|has|had|are|were|[a-z]+ed)\b)"
)
_AND_NAME = re.compile(
    r"\s+(?:and|but)\s+(?=(?:[A-Z][\w’'-]+\s+){1,3}(?:will|is|was|has|had|are|were)\b)"
)
_VERB = re.compile(r"\b(?:will|is|was|has|had|are|were|[a-z]{2,}ed|met|said)\b")
_OPENING = re.compile(r"\A[\s,;]*(?:while|whereas|and|but)?\s+(?=\S)")
_JOINED = re.compile(r"\b(?:and|both|while|whereas|also|or)\b|;")
_EXCEPTION = re.compile(
    r"\b(?:except(?:\s+for)?|excepting|excluding|not\s+including|other\s+than|apart\s+from)\b",
    re.IGNORECASE,
)
_PASSIVE = re.compile(r"\bby\b")
#: Done by two alike, so that their order says nothing; and words that order says nothing about.
_MUTUAL = frozenset(
    stem(
        """meet met talk speak spoke marry married play fight fought agree join merge border share
        compete differ resemble cooperate negotiate discuss between against both versus""".split()
    )
)


def clauses(text: str) -> list[str]:
    """The parts of ``text`` that have subjects of their own; itself if there is one alone."""
    cuts = {match.start() for match in _CONTRAST.finditer(text)}
    # "Reed sang and Quill danced", but not "Reed and Quill danced".
    cuts |= {m.start() for m in _AND_NAME.finditer(text) if _VERB.search(text, 0, m.start())}
    parts = [text[a:b] for a, b in pairwise([0, *sorted(cuts), len(text)])]
    return [_OPENING.sub("", part) for part in parts] if cuts else [text]


def check_roles(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """Names that the evidence excepts, keeps apart, or has the other way round."""
    if not same_matter(claim, evidence):
        return
    mine, theirs = names(claim), names(evidence)
    yield from _excepted(claim, evidence, mine)
    if len(mine) == 2 and not _JOINED.search(claim.text):
        yield from _kept_apart(evidence, mine, theirs)
        yield from _turned(claim, evidence, mine, theirs)


def _excepted(claim: Wording, evidence: Wording, mine: tuple[Name, ...]) -> Iterator[Finding]:
    """ "Duties on China" where the quote has "on all countries except China"."""
    match = _EXCEPTION.search(evidence.text)
    if match is None or _EXCEPTION.search(claim.text) or negations(claim):
        return
    behind = [w for w in evidence.words if w.start >= match.end()][:3]
    for name in mine:
        last = name.words[-1].lower
        times = sum(word.lower == last for word in evidence.words)
        if times == 1 and last in {word.lower for word in behind}:
            yield contradicted(f"The quote excepts {name.text}.")


def _kept_apart(
    evidence: Wording, mine: tuple[Name, ...], theirs: tuple[Name, ...]
) -> Iterator[Finding]:
    """Names of two halves of "A will meet B, while C will meet D"."""
    cuts = [match.start() for match in _CONTRAST.finditer(evidence.text)]
    if not cuts:
        return
    halves = [{sum(cut < p for cut in cuts) for p in _places(name, theirs)} for name in mine]
    if all(halves) and not halves[0] & halves[1]:
        yield contradicted(f"The quote does not bring {mine[0].text} and {mine[1].text} together.")


def _turned(
    claim: Wording, evidence: Wording, mine: tuple[Name, ...], theirs: tuple[Name, ...]
) -> Iterator[Finding]:
    """ "A sued B" where the quote has "B sued A"."""
    ours = [_places(name, mine) for name in mine]
    quoted = [_places(name, theirs) for name in mine]
    if any(len(places) != 1 for places in (*ours, *quoted)):
        return
    (first,), (second,) = quoted
    if first < second or not evidence.same_clause(second, first):
        return
    said = _between(claim, ours[0][0], ours[1][0])
    done = {w.stem for w in _between(evidence, second, first)}
    verbs = [w for w in said if w.stem in done]
    passive = [
        bool(_PASSIVE.search(text.text, min(a, b), max(a, b)))
        for text, a, b in ((claim, ours[0][0], ours[1][0]), (evidence, first, second))
    ]
    if verbs and passive[0] == passive[1] and not {w.stem for w in verbs} & _MUTUAL:
        yield contradicted(f"The quote has {mine[0].text} and {mine[1].text} the other way round.")


def _places(name: Name, found: tuple[Name, ...]) -> list[int]:
    """Where a name, or another form with the same last word, stands."""
    last = name.words[-1].lower
    return [n.words[-1].start for n in found if last in {word.lower for word in n.words}]


def _between(text: Wording, start: int, end: int) -> list[Word]:
    """The meaningful words, written small, between two positions."""
    return [
        w
        for w in text.words
        if start < w.start < end and w.lower not in STOP_WORDS and w.text[0].islower()
    ]
