"""Whether a claim takes for done what its evidence expects, or for sure what it only allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from index.answer.guard.finding import Finding, missing
from index.answer.guard.wording import Word, Wording, same_matter
from index.store.lexical import STOP_WORDS, stem


class Standing(IntEnum):
    """How firmly something is said; a claim must not be firmer than its evidence."""

    POSSIBLE = 0
    TO_COME = 1
    DONE = 2


_POSSIBLE = re.compile(
    r"\b(?:may|might|could|would|possibly|perhaps|allegedly|reportedly|maybe|whether\s+to|"
    r"(?:want|hope|wish|seek|threaten|offer|propose|consider|try|attempt|ask)\w*\s+to|"
    r"(?:wanted|hoped|wished|sought|tried)\s+to|(?:considering|weighing|proposed))"
    r"(?:\s+(?:also|soon|then|have|be|been))*\s+\Z",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"(?:\b(?:will|shall|going\s+to)|[’']ll|\b(?:set|expected|due|scheduled|planned|likely|about|"
    r"plan|plans|intend|intends|intended|slated|poised|supposed|agreed|vowed|pledged|promised)"
    r"\s+to)(?:\s+(?:also|soon|then|be|have))*\s+\Z",
    re.IGNORECASE,
)
#: "considered pumping", "could help by pumping": not done either.
_POSSIBLE_GERUND = re.compile(
    r"\b(?:(?:consider|propos|suggest|discuss|contemplat|recommend|avoid)\w*|"
    r"(?:may|might|could|would|can)\b[^.;]{0,60}?\bby)\s+(?:\w+ly\s+)?\Z",
    re.IGNORECASE,
)
#: "Should the fans fail", "if they fail".
_CONDITION = re.compile(
    r"(?:(?:\A|[.;!?]\s+)Should\b|\b(?:if|unless|in\s+case)\b)[^.;,!?]*\Z", re.IGNORECASE
)
_PERFECT = re.compile(r"\b(?:has|have|had|was|were|been)\s+(?:\w+ly\s+|also\s+)?\Z", re.IGNORECASE)
#: The past of common verbs, to find them again in "will meet".
_PAST = dict(
    pair.split("/")
    for pair in """met/meet went/go said/say made/make took/take gave/give won/win lost/lose
        began/begin fell/fall rose/rise left/leave held/hold built/build bought/buy sold/sell
        paid/pay led/lead wrote/write spoke/speak told/tell became/become came/come got/get
        kept/keep sent/send spent/spend brought/bring sought/seek drew/draw broke/break
        chose/choose grew/grow knew/know flew/fly saw/see ran/run stood/stand taken/take
        given/give written/write spoken/speak broken/break chosen/choose known/know""".split()
)


def check_modality(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """A verb of the claim that stands in the evidence less firmly wherever it stands there."""
    if not same_matter(claim, evidence):
        return
    for word in claim.words:
        mine = _claimed(claim, word)
        if mine is None:
            continue
        base = _base(word)
        found = [w for w in evidence.words if _base(w) == base]
        standings = [_standing(evidence, w) for w in found]
        if standings and max(standings) < mine:
            said = evidence.text[max(0, found[0].start - 20) : found[0].end].split()[-3:]
            yield missing(f"The quote does not say that it is so, but “{' '.join(said)}”.")
            return


def _claimed(claim: Wording, word: Word) -> Standing | None:
    """How firmly the claim says ``word``; None for what is no verb in the past or the future."""
    if word.lower in STOP_WORDS or not word.text[0].islower():
        return None
    standing = _standing(claim, word)
    if standing is not Standing.DONE:
        return standing
    before = claim.text[max(0, word.start - 40) : word.start]
    past = word.lower.endswith("ed") or word.lower in _PAST or _PERFECT.search(before)
    return standing if past else None


def _standing(text: Wording, word: Word) -> Standing:
    before = text.text[max(0, word.start - 80) : word.start]
    gerund = word.lower.endswith("ing") and _POSSIBLE_GERUND.search(before)
    if gerund or _POSSIBLE.search(before[-40:]) or _CONDITION.search(before):
        return Standing.POSSIBLE
    return Standing.TO_COME if _TO_COME.search(before[-40:]) else Standing.DONE


def _base(word: Word) -> str:
    past = _PAST.get(word.lower)
    return stem([past])[0] if past else word.stem
