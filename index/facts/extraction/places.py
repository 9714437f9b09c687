"""Places: those the world knows, and those that the text shows to be one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.facts.extraction.given_names import is_given_name
from index.facts.extraction.locale_words import FALLBACK, locale_words
from index.facts.extraction.names import WORD, Case, Run
from index.facts.extraction.roles import is_role_head
from index.facts.extraction.vocabulary import (
    FOLLOWS_PLACE,
    HUMAN_VERBS,
    KNOWN_ORGANISATIONS,
    MAYBE_PLACE_STARTS,
    MOTION_VERBS,
    PLACE_ENDS,
    PLACE_SORTS,
    PLACE_STARTS,
    SPEECH_VERBS,
)
from index.facts.types import Excerpt

#: Cities that are also words or surnames: the text must show that the place is meant.
_AMBIGUOUS = frozenset(
    """Troll Center Easter Midway Jersey Norfolk Phoenix Palmer Knox Creston Davis Casey Mawson
    Vincennes Winamac Marengo Vevay Monticello Petersburg Regina Madeira Chatham Stanley Nelson
    Vostok Truk Wake Johnston Wallis Gibraltar Dawson Melbourne Lindeman Lima Male Nome Andorra
    Jordan Chad Georgia Guernsey Reunion Boa Rio Belize Lord Howe Swift Iron Thunder""".split()
)


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A name that may be a place's, what the text calls it, and what speaks for it."""

    name: Run
    sort: Excerpt | None
    evidence: float


class Gazetteer:
    """Names of countries, regions and large cities, in the text's language and in English."""

    def __init__(self, language: str | None) -> None:
        codes = dict.fromkeys((language or FALLBACK, FALLBACK))
        words = [locale_words(code) for code in codes]
        self._known = frozenset[str]().union(*(w.territories | w.cities for w in words))
        self.unions = frozenset[str]().union(*(w.unions for w in words))
        self.languages = frozenset[str]().union(*(w.languages for w in words))

    def knows(self, name: str) -> bool:
        """Whether the name needs no evidence from the text."""
        return name in self._known and name not in _AMBIGUOUS

    def is_place_name(self, name: str) -> bool:
        """Whether it is known, or made like "Lake Orrin", "Cable Square", "Insel Merlum"."""
        if name in KNOWN_ORGANISATIONS or _COMPOUND.search(name):
            return False
        words = name.split()
        return self.knows(name) or (
            len(words) > 1
            and (words[0] in PLACE_STARTS or words[-1] in PLACE_ENDS or _is_sort(words[0]))
        )


def _is_sort(word: str) -> bool:
    return word in {"Insel", "Stadt"}


#: "American", "Danish", "Japanese".
_PEOPLE = re.compile(r"(?:ican|ish|ese|ean)\Z")
#: "Muskogee-speaking Creek" is a people.
_COMPOUND = re.compile(r"-[a-z]{4,}")
_SORT = "|".join(sorted(PLACE_SORTS))
_SORT_OF = re.compile(rf"\b(?P<sort>(?:{_SORT}))\s+of\s+\Z", re.IGNORECASE)
#: "Andhra Pradesh state of India" is no state named India.
_NAMED_BEFORE = re.compile(r"(?<![.!?]\s)(?<!\A)\b(?!The\b|In\b)[A-ZÀ-Þ]\w+\s+\Z")
_LISTED = re.compile(
    rf"(?P<sort>(?:[\w-]+\s+){{0,3}}(?:regions|countries|cities|towns|villages|islands|states|"
    rf"provinces|districts)\b[^.;:]{{0,40}}?):\s*(?:{WORD}(?:\s{WORD})*\s*(?:[;,]\s*and,?|[;,]|and,?)\s*)*\Z"
)
_IN = re.compile(
    r"\b(?:in|at|near|outside|across|im|auf|(?:suburbs|outskirts|streets|coast|north|south|east|"
    r"west)\s+of)\s+\Z"
)
_PLAYED = re.compile(
    r"\b(?:as|role|starr\w+|stars|appear\w*|featured|character)\b[^.;]{0,60}\b(?:in|on)\s+\Z"
)
_OWN = re.compile(r"[’']s\b|\s+\((?:1[89]|20)\d\d\)|\s+to\s+[A-Z]")
#: "in Olympic history".
_NOUN_NEXT = re.compile(
    rf"\s+(?!(?:{'|'.join(sorted(FOLLOWS_PLACE | SPEECH_VERBS | HUMAN_VERBS))})\b)"
    r"(?!\w+ed\b)[a-z]+"
)
#: "US $140 million".
_MONEY = re.compile(r"\s?[$£€]")
#: "of northern Anvaria".
_PART_OF = re.compile(
    r"\b(?:in|of|from|to)\s+(?:northern|southern|eastern|western|central|upper|lower)\s+\Z"
)
#: Also for names that could be an organisation's for short: "in Jacksonville".
IN_PLACE = _IN
_TOWARDS = re.compile(r"\b(?:from|to|on|into|off|below|above|towards?|von|nach)\s+\Z")
_MOTION = re.compile(
    rf"\b(?:{'|'.join(sorted(MOTION_VERBS))})\s+(?:(?:back|up|down|on)\s+)?(?:to|from)\s+\Z"
)
_NOT_A_PLACE = re.compile(
    r"\b(?:with|using|via|under|written|translated|version|belie\w+|interest\w*|faith|trust|"
    r"expert\w*|result\w*|speciali\w+|Alice)\s+(?:in\s+|into\s+)?\Z"
)


def find_places(
    runs: Sequence[Run], gazetteer: Gazetteer, case: Case, *, nouns_have_capitals: bool
) -> Iterator[PlaceMention]:
    """The mentions among ``runs``, with the weight of what speaks for them."""
    for run in runs:
        if run.text in KNOWN_ORGANISATIONS or run.text in gazetteer.languages:
            continue
        name = _behind_of(run)
        if name.in_title or name.before.endswith("née ") or _MONEY.match(name.after):
            continue
        if is_role_head(name.words[0]) and not gazetteer.is_place_name(name.text):
            continue  # "King George’s War"; but "Queen Street"
        sort = _sort_of(name)
        if gazetteer.is_place_name(name.text) or sort is not None:
            yield PlaceMention(name, sort, 3.0)
        elif not nouns_have_capitals and _may_be_place(name, case):
            yield PlaceMention(name, None, _evidence(name))


def _may_be_place(name: Run, case: Case) -> bool:
    if _PEOPLE.search(name.text):
        return False
    shouted = any(len(word) > 1 and word.isupper() for word in name.words)
    return len(name.words) <= 2 and not shouted and case.is_named(name.words[0])


def _behind_of(run: Run) -> Run:
    """ "Rope Walk" of "Residents of Rope Walk"."""
    words = run.words
    if "of" in words[1:-1]:
        return run.part(words.index("of") + (2 if "the" in words else 1))
    return run


def _sort_of(name: Run) -> Excerpt | None:
    for pattern in (_SORT_OF, _LISTED):
        if match := pattern.search(name.before):
            start, end = match.span("sort")
            if pattern is _SORT_OF and _NAMED_BEFORE.search(name.before, 0, start):
                return None
            while opening := re.match(
                r"(?:over|in|of|the|to|claim|for|and|on)\s+", name.before[start:end]
            ):
                start += opening.end()
            return name.sentence.excerpt(start, end)
    return None


def _evidence(name: Run) -> float:
    """How much the words before a name speak for a place."""
    if _NOT_A_PLACE.search(name.before) or re.match(r"\s+#?\s?\d", name.after):
        return -2.0
    if _MOTION.search(name.before):
        return 2.0
    if _PART_OF.search(name.before):
        return 2.0
    several = len(name.words) > 1
    if several and is_given_name(name.words[0]) and name.words[0] not in MAYBE_PLACE_STARTS:
        return 0.0  # "his act in Terry Gilliam’s film"
    if _IN.search(name.before):
        # Of roles, films and songs "in" tells as little as of somebody’s.
        doubtful = (
            _PLAYED.search(name.before) or _OWN.match(name.after) or _NOUN_NEXT.match(name.after)
        )
        return 0.5 if doubtful else 1.0
    if _TOWARDS.search(name.before):
        return 1.0 if several and name.words[0] in MAYBE_PLACE_STARTS else 0.5
    return 0.0
