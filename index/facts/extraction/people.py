"""Mentions of people, each with what speaks for its being one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.facts.extraction.given_names import is_given_name
from index.facts.extraction.names import WORD, Case, Run
from index.facts.extraction.organisations import is_organisation_name
from index.facts.extraction.places import Gazetteer
from index.facts.extraction.roles import (
    has_honorific,
    is_role_head,
    roles_before,
    roles_behind,
    split_title,
)
from index.facts.extraction.vocabulary import (
    HONORIFICS,
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
_AT_PLACE = re.compile(r"\b(?:in|on|at|near|into|towards?|off|above|below|outside|across)\s+\Z")
_CREDIT = re.compile(r"\(\Z")
#: "By Priya Raman" at the head of a text.
_BYLINE = re.compile(r"\A\W*(?:By|Von|Par|Por)\s+\Z")
#: Only people have these: an age, a day of birth.
_LIFE = re.compile(
    r",\s+(?:aged\s+)?\d{1,3}(?=[,.;)])|,?\s+\(?(?:born\b|née\b)|"
    r"\s+\((?:[^()]{0,60};\s+)?(?:c\.\s*)?(?:\d{1,2}\s+\w+\s+)?1\d{3}\s*[–-]"
)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A name that may be a person's."""

    name: Run
    roles: tuple[Excerpt, ...]
    evidence: float


def find_people(
    runs: Sequence[Run], gazetteer: Gazetteer, case: Case, *, nouns_have_capitals: bool
) -> list[PersonMention]:
    """The mentions among ``runs``. Where every noun has a capital, as in German, only a title or
    a verb of speaking makes a name."""
    found: list[PersonMention] = []
    runs = list(runs)
    things = {run.text for run in runs if _THE.search(run.before)}
    for run in runs:
        run = _before_of(_from_title(run) if nouns_have_capitals else run)
        if is_organisation_name(run) or "&" in run.words or gazetteer.is_place_name(run.text):
            continue
        name, title = split_title(run)
        if name is None or len(name.words) > MAX_NAME_WORDS or gazetteer.is_place_name(name.text):
            continue
        if is_organisation_name(name):
            continue
        if _is_thing(name) or _is_team(name, gazetteer) or name.text in HONORIFICS:
            continue
        before = [*([title] if title else []), *roles_before(name)]
        behind = list(roles_behind(name))
        evidence = _evidence(name, before, behind, nouns_have_capitals)
        if name.text not in things:  # "the Charlotte Hornets"
            evidence += _called(name, case)
        if not evidence:
            behind = []
        found.append(PersonMention(name, tuple(dict.fromkeys([*before, *behind])), evidence))
    return found


def _from_title(run: Run) -> Run:
    """ "Oberbürgermeister Jörg Hansen" of a run that began with other nouns before that."""
    words = run.words
    for at in range(1, len(words) - 1):
        if is_given_name(words[at]):
            return run.part(at - 1 if is_role_head(words[at - 1]) else at)
    return run


def _called(name: Run, case: Case) -> float:
    """What a given name speaks for a person: "Thabo Dlamini", much less for "Thabo" alone."""
    words = name.words
    if _AT_PLACE.search(name.before) or name.in_title:
        return 0.0  # "on Ben Tarrow", "in San Jose"
    if not is_given_name(words[0]) or case.is_common(words[0]) or case.is_common(words[-1]):
        return 0.0
    return HINT if len(words) == 1 or words[-1].isupper() else LIKELY


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
    """Whether its words name a war, a law, a league: "Le Loutre's War", "League Baseball"."""
    words = name.words
    return words[-1] in THINGS or words[0] in THINGS or bool(_INNER.search(name.text))


def _is_team(name: Run, gazetteer: Gazetteer) -> bool:
    """Whether it is a place and the plural of something: "New York Yankees"."""
    *place, last = name.words
    return last.endswith("s") and not last.endswith("ss") and gazetteer.knows(" ".join(place))


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
    if _LIFE.match(after):
        score += CERTAIN if several else HINT
    if _SAID.match(after) or _SAID_BEFORE.search(name.before):
        score += LIKELY
    elif _WILL.match(after):
        score += HINT  # teams and companies meet and travel too
    if nouns_have_capitals:
        return score
    if _BYLINE.search(name.before) and several:
        score += LIKELY
    if _BY.search(name.before) or (several and _LABEL.search(name.before)):
        score += LIKELY
    if several and _ITEM_LABEL.search(name.before) and after[:1] == ":":
        score += LIKELY
    if _DID.match(after):
        score += HINT
    if several and _CREDIT.search(name.before) and re.match(r"/[A-Z]", after):
        score += LIKELY
    return score
