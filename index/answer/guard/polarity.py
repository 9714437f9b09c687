"""Whether claim and evidence affirm, or deny, the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.answer.guard.finding import Finding, contradicted, missing
from index.answer.guard.opposites import DENIALS, NEGATIONS, OPPOSITES, SAME_SIDE, denied_forms
from index.answer.guard.wording import Word, Wording, same_matter
from index.store.lexical import STOP_WORDS

#: Meaningful words behind a negation that it reaches, within its clause.
REACH = 2
#: "not only X but Y", "no doubt", "no fewer than": words that deny nothing.
_IDLE = re.compile(
    r"\b(?:not\s+(?:only|just|merely|least|to\s+mention)|no\s+(?:doubt|longer\s+than|fewer|less|more)"
    r"|nothing\s+but|no\.\s?\d|if\s+not|whether\s+or\s+not|not\s+until)\b",
    re.IGNORECASE,
)


def check_polarity(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """Negations that only one of the two has, and words that exclude each other."""
    said, quoted = denied(claim), denied(evidence)
    same = same_matter(claim, evidence)
    yield from _added(claim, evidence, said, quoted, same=same)
    yield from _dropped(claim, evidence, said, quoted, same=same)
    if same:
        yield from _opposed(claim, evidence, said, quoted)


def negations(text: Wording) -> tuple[Word, ...]:
    """The words of ``text`` that deny something."""
    idle = [match.span() for match in _IDLE.finditer(text.text)]
    return tuple(
        word
        for word in text.words
        if _denies(word.lower)
        and not any(a <= word.start < b for a, b in idle)
        and not (word.text[0].isupper() and word.start)  # of a title: "No Country for Old Men"
    )


def _denies(lower: str) -> bool:
    return lower in NEGATIONS or lower.endswith("n't")


def denied(text: Wording) -> frozenset[str]:
    """Stems of the meaningful words that a negation reaches."""
    reached: set[str] = set()
    for negation in negations(text):
        behind = [w for w in text.words if w.start > negation.start and w.lower not in STOP_WORDS]
        for word in behind[:REACH]:
            if text.same_clause(negation.end, word.start):
                reached.add(word.stem)
    return frozenset(reached)


def _added(
    claim: Wording, evidence: Wording, said: frozenset[str], quoted: frozenset[str], *, same: bool
) -> Iterator[Finding]:
    """The claim denies, and nothing in the evidence does."""
    found = negations(claim)
    if not found or negations(evidence) or evidence.stems & DENIALS:
        return
    if any(OPPOSITES.get(word, frozenset()) & evidence.stems for word in said):
        return  # "not legal" is what "banned" says
    if any(form in evidence.stems for w in claim.words for form in denied_forms(w.lower)):
        return
    word = found[0].text
    if same:
        yield contradicted(f"It says “{word}”, which the quote does not.")
    else:
        yield missing(f"The quote denies nothing, and it says “{word}”.")


def _dropped(
    claim: Wording, evidence: Wording, said: frozenset[str], quoted: frozenset[str], *, same: bool
) -> Iterator[Finding]:
    """The evidence denies a word of the claim, which the claim affirms."""
    if negations(claim) or claim.stems & DENIALS or not same:
        return
    affirmed = [w for w in claim.words if w.stem in quoted and w.lower not in STOP_WORDS]
    # Where the evidence has the word twice, once may be without the negation.
    for word in affirmed:
        times = sum(other.stem == word.stem for other in evidence.words)
        opposite = OPPOSITES.get(word.stem, frozenset())
        if times == 1 and not opposite & claim.stems and word.text[0].islower():
            yield contradicted(f"The quote denies “{word.text}”, and it does not.")
            return


def _opposed(
    claim: Wording, evidence: Wording, said: frozenset[str], quoted: frozenset[str]
) -> Iterator[Finding]:
    """A word of the claim stands in the evidence as its opposite."""
    if "than" in claim.lowers and "than" in evidence.lowers:
        return  # "A is larger than B" is "B is smaller than A"
    for word in claim.words:
        opposites = OPPOSITES.get(word.stem)
        if not opposites or (SAME_SIDE[word.stem] | {word.stem}) & evidence.stems:
            continue
        theirs = [w for w in evidence.words if w.stem in opposites and w.stem not in claim.stems]
        if not theirs:
            continue
        if (word.stem in said) != (theirs[0].stem in quoted):
            continue  # "not legal" and "illegal" agree
        yield contradicted(f"It says “{word.text}”; the quote says “{theirs[0].text}”.")
        return
