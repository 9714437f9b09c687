"""What the text calls a person: in front of the name, behind it, or with "is" and "was"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.facts.extraction.given_names import is_given_name
from index.facts.extraction.names import Run
from index.facts.extraction.vocabulary import HONORIFICS, ROLE_HEAD, ROLE_HEADS, ROLE_MODIFIERS
from index.facts.types import Excerpt

_DETERMINERS = "the|a|an|his|her|their|its|my|our|one of|another|first"
#: From this length on, one slip is forgiven: "Secetary".
_MIN_FUZZY_CHARS = 7
#: A word before a role's noun that belongs to it: "special", "US", "Norsund’s".
_MODIFIER = rf"(?:(?:{'|'.join(sorted(ROLE_MODIFIERS))})|[A-Z][\w.-]*(?:[’']s)?|[a-z]+[’']s)"
_IN_FRONT = re.compile(
    rf"(?:\A|(?<=[\s“\"(*—]))(?P<role>(?:{_MODIFIER}\s+){{0,4}}(?:(?i:{ROLE_HEAD})))(?P<comma>,)?\s+\Z"
)
_OPENING_MODIFIER = re.compile(r"(?:The|A|An|His|Her|Their|Its|My|Our|Only|Special\s+thanks)\s+")
_BEHIND = re.compile(
    rf",\s+(?P<role>(?:(?:{_DETERMINERS})\s+)?(?:[\w’'.&-]+\s+){{0,8}}?(?:{ROLE_HEAD})\b"
    r"[^,.;:“”\"()]{0,120})"
    r"(?=[,.;:)—–]|\Z)",
    re.IGNORECASE,
)
_WHO = re.compile(r",\s+(?P<role>who\s+[^,.;:“”\"()]{5,120})(?=[,.;:)—–”]|\Z)")
_IN_BRACKETS = re.compile(
    rf"\s+\((?P<role>(?:[\w’'.&-]+\s+){{0,4}}?(?:{ROLE_HEAD})\b[^(),;]{{0,60}})(?=[),;])",
    re.IGNORECASE,
)
_IS = re.compile(
    rf"(?:\s*\([^()]{{1,120}}\))?\s+(?:is|was|became|remains|remained)\s+(?P<role>(?:the|an?)\s+(?:[\w’'-]+\s+){{0,4}}?"
    rf"(?:{ROLE_HEAD})\b(?:\s+(?:of|for|at|in)\s+[^,.;:“”\"()]{{1,60}}?)?)(?=[,.;:)]|\s+(?:and|who|when|since)\b|\Z)"
)
_LABEL = re.compile(
    rf"\A\W*(?P<role>(?:[\w’'-]+\s+){{0,3}}(?:{ROLE_HEAD}))\s*:\s*\Z", re.IGNORECASE
)
_OF_GROUP = re.compile(r"\s+(?P<role>of\s+the\s+[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)+)")
#: In a description these show that it is another clause already.
_VERBS = frozenset(
    """is was are were will would has had have must may can could should said says told asked while
    whereas but when""".split()
)
_RELATIVE = frozenset({"who", "which", "that", "whose"})
_LINKS = frozenset("and or with by in at on to for from of".split())


def split_title(run: Run) -> tuple[Run | None, Excerpt | None]:
    """The name in a run, and the office written as part of it: "US President", "Donald Trump".

    No name if the run is an office alone.
    """
    words = run.words
    office = 0
    for index, word in enumerate(words[:-1]):
        if is_given_name(word):
            break  # "Wentworth Earl Miller III"
        if is_role_head(word):
            office = index + 1
            while words[office : office + 1] == ("of",) and office + 2 <= len(words):
                office = _end_of_office(words, office)
    bare = words[1:] if words[0] in HONORIFICS else words
    rest = words[office:] if office else bare
    if office >= len(words) or (len(rest) == 1 and is_role_head(rest[0])):
        return None, None  # "the Secretary of State", "the Lord Advocate"
    if office == 0 or _GENERATION.fullmatch(words[office]):
        return run, None
    title = run.part(0, office)
    return run.part(office), title.excerpt()


#: "Wentworth Earl Miller III" is no miller named III.
_GENERATION = re.compile(r"[IVX]+|Jr|Sr")


def _end_of_office(words: tuple[str, ...], at: int) -> int:
    """Where the office ends whose "of" is at ``at``: "of State", "of the Allied Powers"."""
    if words[at + 1 : at + 2] != ("the",):
        return at + 2
    names = (index for index, word in enumerate(words) if index > at + 2 and is_given_name(word))
    return next(names, len(words))


def is_role_head(word: str) -> bool:
    """Whether a word is what a person is: "President", "Secretary", "secetary"."""
    return _is_role_head(word.lower().rstrip("."))


@cache
def _is_role_head(word: str) -> bool:
    if re.fullmatch(ROLE_HEAD, word):
        return True
    if len(word) < _MIN_FUZZY_CHARS or word.endswith(("s", "al", "ic", "an", "ly")):
        return False
    found = process.extractOne(word, ROLE_HEADS, scorer=OSA.distance, score_cutoff=1)
    return found is not None and len(found[0]) > len(word)


def roles_before(name: Run) -> Iterator[Excerpt]:
    """What stands in front of a name: "the naturalist", "Norsund’s managing director,"."""
    if match := _IN_FRONT.search(name.before):
        start = match.start("role")
        if opening := _OPENING_MODIFIER.match(name.before, start):
            start = opening.end()
        is_apposition = not match["comma"] or name.after[:1] in {",", ".", ")", ";"}
        if is_apposition and start < match.end("role"):
            yield name.sentence.excerpt(start, match.end("role"))
    elif match := _LABEL.search(name.before):
        yield name.sentence.excerpt(*match.span("role"))


def roles_behind(name: Run) -> Iterator[Excerpt]:
    """What follows a name: ", head of the fund", ", who runs the shop", "was the chair"."""
    for pattern in (_BEHIND, _WHO, _IN_BRACKETS, _IS, _OF_GROUP):
        match = pattern.match(name.after)
        if match and (pattern is not _BEHIND or _is_description(match["role"])):
            start = name.behind + match.start("role")
            yield name.sentence.excerpt(start, start + len(match["role"].rstrip()))


def _is_description(role: str) -> bool:
    """Whether an apposition describes: "head of the fund", not the next name of a list or the
    next statement."""
    words = role.split()
    head = next((i for i, word in enumerate(words) if is_role_head(word.strip("’'s,"))), 0)
    clause = next((i for i, word in enumerate(words) if word in _RELATIVE), len(words))
    if any(word.lower() in _VERBS for word in words[:clause]) or words[0].lower() in _LINKS:
        return False
    if head and words[head][0].isupper() and is_given_name(words[head - 1]):
        return False  # "originally performed by Roger Miller"
    follows = words[head + 1 : head + 2]
    names_next = bool(follows) and follows[0][:1].isupper()
    return not names_next or "’s" in role or "'s" in role


def has_honorific(name: Run) -> bool:
    """Whether it is "Mrs Varga"."""
    return name.words[0] in HONORIFICS
