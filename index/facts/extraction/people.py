"""Mentions of people, each with what speaks for its being one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.extraction.names import WORD, Run
from index.facts.extraction.organisations import is_organisation_name
from index.facts.extraction.places import Gazetteer
from index.facts.extraction.roles import has_honorific, roles_before, roles_behind, split_title
from index.facts.extraction.vocabulary import (
    HUMAN_VERBS,
    MADE_BY,
    ORGANISATION_STARTS,
    SPEECH_VERBS,
    THINGS,
)
from index.facts.types import Excerpt

MAX_NAME_WORDS = 5
#: Weights of the evidence; a name is a person's from ``resolution.people.MIN_EVIDENCE`` on.
CERTAIN, LIKELY, HINT = 3.0, 2.0, 1.0

_SPEECH, _HUMAN = "|".join(sorted(SPEECH_VERBS)), "|".join(sorted(HUMAN_VERBS))
_SAID = re.compile(rf"[\s,]*(?:(?:had|has|also|then|still)\s+)?(?:{_SPEECH})\b")
_DID = re.compile(rf"\s+(?:(?:had|has|also|then|still|will|can|could|did)\s+)?(?:{_HUMAN})\b")
_WILL = re.compile(
    r"\s+(?:(?:is|are|was)\s+(?:set|expected|due|likely)\s+to\s+(?:meet|speak|visit|travel|say)|"
    r"will\s+(?:meet|speak|visit|organise|organize|step|travel|say))\b"
)
_SAID_BEFORE = re.compile(rf"[”\"»,]\s*(?:{_SPEECH})\s+(?:(?:the|old|young|der|die)\s+)*\Z")
_BY = re.compile(rf"\b(?:{'|'.join(sorted(MADE_BY))})\s+by\s+\Z")
_LABEL = re.compile(rf"\A\W*(?:[A-Z][a-z]+(?:\s[a-z]+)?):\s*(?:{WORD}(?:\s{WORD})+,\s+)*\Z")
_ITEM_LABEL = re.compile(r"\A\s*[-*•]\s+\Z")
_THE = re.compile(r"\b(?:the|The|an?)\s+\Z")
#: "Le Loutre's War", "Siouan-speaking Catawba": no names of people.
_INNER = re.compile(r"[’']s\s|-[a-z]{4,}")
_CREDIT = re.compile(r"\(\Z")


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A name that may be a person's."""

    name: Run
    roles: tuple[Excerpt, ...]
    evidence: float


def find_people(
    runs: Sequence[Run], gazetteer: Gazetteer, *, nouns_have_capitals: bool
) -> list[PersonMention]:
    """The mentions among ``runs``. Where every noun has a capital, as in German, only a title or
    a verb of speaking makes a name."""
    found: list[PersonMention] = []
    for run in runs:
        run = _before_of(run)
        if is_organisation_name(run) or gazetteer.is_place_name(run.text):
            continue
        name, title = split_title(run)
        if name is None or len(name.words) > MAX_NAME_WORDS or gazetteer.is_place_name(name.text):
            continue
        if is_organisation_name(name):
            continue
        if _is_thing(name):
            continue
        before = [*([title] if title else []), *roles_before(name)]
        behind = list(roles_behind(name))
        evidence = _evidence(name, before, behind, nouns_have_capitals)
        if not evidence:
            behind = []
        found.append(PersonMention(name, tuple(dict.fromkeys([*before, *behind])), evidence))
    return found


def _before_of(run: Run) -> Run:
    """ "Noor Haddad" of "Noor Haddad of the Fjord Security Lab"; offices keep their "of"."""
    words = run.words
    if "of" in words:
        at = words.index("of")
        _, title = split_title(run)
        named_of = any(word in ORGANISATION_STARTS for word in words[:at])
        if title is None and at >= 2 and not named_of:
            return run.part(0, at)
    return run


def _is_thing(name: Run) -> bool:
    """Whether its words name a war, a law, a language: "Le Loutre's War"."""
    return name.words[-1] in THINGS or bool(_INNER.search(name.text))


def _evidence(
    name: Run, before: Sequence[Excerpt], behind: Sequence[Excerpt], nouns_have_capitals: bool
) -> float:
    several = len(name.words) > 1
    score = CERTAIN if has_honorific(name) or before else 0.0
    if not score and _THE.search(name.before):
        return 0.0  # "the Rhine", "the French, their trading partner"
    if behind:
        # What follows a single word may speak of something before it.
        score += CERTAIN if several else HINT
    after = name.after
    if _SAID.match(after) or _SAID_BEFORE.search(name.before) or _WILL.match(after):
        score += LIKELY
    if nouns_have_capitals:
        return score
    if _BY.search(name.before) or (several and _LABEL.search(name.before)):
        score += LIKELY
    if _DID.match(after) or (several and _ITEM_LABEL.search(name.before) and after[:1] == ":"):
        score += LIKELY if several else HINT
    if several and _CREDIT.search(name.before) and re.match(r"/[A-Z]", after):
        score += LIKELY
    return score
