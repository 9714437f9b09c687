"""Near misses made from answerable questions: one detail is exchanged, in the question or in the
text, so that the text almost answers.

Every maker returns None where it finds nothing to exchange. Randomness comes from the caller.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_NAME = re.compile(
    r"\b[A-Z][\w’'\-]*[a-z][\w’'\-]*(?:\s+(?:(?:of|the|de|von|van)\s+){0,2}[A-Z][\w’'\-]*)*"
)
_YEAR = re.compile(r"\b1[0-9]{3}s?\b|\b20[0-4][0-9]s?\b")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:,\d{3})+\b|(?<![\w.,])\d+(?:\.\d+)?(?![\w,]|\.\d)")
_MONTH = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December)\b"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'\-]+")
_FIRST_WORDS = frozenset(
    "what who whom whose which when where why how in on at of to for from by with the a an is are"
    " was were did does do if after before during along besides between under according name about"
    " as other it its this that these he she they his her their however although while since many"
    " some most one two three such both and but not there by within through despite because".split()
)
_STOP = _FIRST_WORDS | frozenset(
    "been being have has had can could would should will may might must than then into over out up"
    " off only also more less much any all each every no nor so too very own same or be type kind"
    " year term name called known used many people something someone thing part".split()
)

# Pairs that turn a true description into a false one.
_OPPOSITES = """
first/last largest/smallest biggest/smallest highest/lowest most/least oldest/newest before/after
increase/decrease increased/decreased increases/decreases rise/fall rose/fell north/south
east/west northern/southern eastern/western more/fewer more/less higher/lower larger/smaller
greater/lesser above/below with/without start/end began/ended begin/end started/stopped win/lose
won/lost wins/loses open/close opened/closed early/late earlier/later earliest/latest
longest/shortest longer/shorter old/new older/younger young/old male/female men/women man/woman
father/mother son/daughter king/queen husband/wife brother/sister inside/outside internal/external
allowed/forbidden legal/illegal support/oppose supported/opposed supports/opposes accept/reject
accepted/rejected buy/sell bought/sold public/private rural/urban positive/negative major/minor
majority/minority maximum/minimum ancient/modern arrive/leave arrived/left enter/leave add/remove
added/removed join/leave joined/left create/destroy created/destroyed build/demolish built/destroyed
attack/defend attacked/defended hot/cold warm/cool strong/weak stronger/weaker fast/slow
faster/slower rich/poor upper/lower best/worst success/failure successful/unsuccessful
common/rare direct/indirect import/export imports/exports include/exclude included/excluded
gain/lose gained/lost give/take gave/took borrow/lend day/night summer/winter left/right
top/bottom front/back dead/alive died/born birth/death true/false same/different always/never
agree/disagree agreed/disagreed approve/reject approved/rejected pass/fail passed/failed
student/teacher students/teachers employee/employer buyer/seller victory/defeat enemy/ally
enemies/allies friend/enemy peace/war land/sea offense/defense liberal/conservative heavy/light
advantage/disadvantage hardest/easiest easy/difficult primary/secondary formal/informal
""".split()

_AUXILIARY = re.compile(
    r"\b(is|are|was|were|did|does|do|can|could|has|had|have|will|would|should)\b"
)


def _opposites() -> Mapping[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for pair in _OPPOSITES:
        left, right = pair.split("/")
        table.setdefault(left, []).append(right)
        table.setdefault(right, []).append(left)
    return {word: tuple(others) for word, others in table.items()}


OPPOSITES = _opposites()


@dataclass(frozen=True, slots=True)
class Detail:
    """A name, year, number or month that stands at ``start`` to ``end`` of a text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Pool:
    """What an article offers for exchange: its details by kind, and its questions' words by the
    word that stands before them."""

    details: Mapping[str, tuple[str, ...]]
    successors: Mapping[str, tuple[str, ...]]


def details(text: str) -> list[Detail]:
    """The details of ``text`` that can be exchanged, none overlapping another, in order."""
    found: list[Detail] = []
    taken: set[int] = set()
    for kind, pattern in (
        ("month", _MONTH),
        ("year", _YEAR),
        ("number", _NUMBER),
        ("name", _NAME),
    ):
        for match in pattern.finditer(text):
            start, end = match.span()
            if kind == "name":
                start = _skip_first_words(text, start, end)
            if start < end and taken.isdisjoint(range(start, end)):
                taken.update(range(start, end))
                found.append(Detail(kind, text[start:end], start, end))
    return sorted(found, key=lambda d: d.start)


def _skip_first_words(text: str, start: int, end: int) -> int:
    """Names do not begin with a sentence's first word merely because it is capitalised."""
    while start < end:
        word = _WORD.match(text, start)
        if word is None or word.group().lower() not in _FIRST_WORDS:
            return start
        gap = re.compile(r"\s*").match(text, word.end())
        start = gap.end() if gap else word.end()
    return end


def pool(texts: Sequence[str], questions: Sequence[str]) -> Pool:
    """What can be exchanged within one article."""
    kinds: dict[str, set[str]] = {}
    for text in texts:
        for detail in details(text):
            kinds.setdefault(detail.kind, set()).add(detail.text)
    after: dict[str, set[str]] = {}
    for question in questions:
        words = [w.lower() for w in _WORD.findall(question)]
        for previous, word in pairwise(words):
            if len(word) > 3 and word not in _STOP:
                after.setdefault(previous, set()).add(word)
    return Pool(
        {kind: tuple(sorted(texts)) for kind, texts in kinds.items()},
        {word: tuple(sorted(words)) for word, words in after.items()},
    )


def substitute(detail: Detail, pool: Pool, avoid: str, rng: random.Random) -> str | None:
    """Another detail of the same kind; shares no word with ``detail``, is not in ``avoid``."""
    if detail.kind in {"year", "number"} and rng.random() < 0.5:
        changed = _change_number(detail.text, rng)
        return changed if changed != detail.text and changed not in avoid else None
    words = set(detail.text.lower().split())
    lowered = avoid.lower()
    choices = [
        text
        for text in pool.details.get(detail.kind, ())
        if words.isdisjoint(text.lower().split()) and text.lower() not in lowered
    ]
    return rng.choice(choices) if choices else None


def _change_number(text: str, rng: random.Random) -> str:
    """The same number with one of its digits changed."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    # A year keeps its century, so that it stays plausible.
    place = rng.choice(places[2:] if len(places) == 4 else places)
    return text[:place] + rng.choice("123456789".replace(text[place], "")) + text[place + 1 :]


def exchange_in_question(
    question: str, window: str, answer: str, pool: Pool, rng: random.Random
) -> str | None:
    """The question with one detail replaced by another of the article.

    One time in three the new detail stands in the window, so that it takes more to see the
    difference than looking for the words.
    """
    found = details(question)
    if not found:
        return None
    detail = rng.choice(found)
    new: str | None
    if rng.random() < 1 / 3:
        near = [
            d.text
            for d in details(window)
            if d.kind == detail.kind
            and d.text.lower() not in (question + answer).lower()
            and answer.lower() not in d.text.lower()
        ]
        new = rng.choice(near) if near else None
    else:
        new = substitute(detail, pool, question + window, rng)
    return None if new is None else question[: detail.start] + new + question[detail.end :]


def exchange_in_window(
    question: str, window: str, answer: tuple[int, int], pool: Pool, rng: random.Random
) -> tuple[str, str, str] | None:
    """The window with a detail of the question replaced throughout, the old one and the new one.

    The answer itself is left alone.
    """
    kept = window[slice(*answer)]
    shared = [d for d in details(question) if d.text in window and d.text not in kept]
    if not shared:
        return None
    detail = rng.choice(shared)
    new = substitute(detail, pool, question + window, rng)
    if new is None:
        return None
    changed = re.sub(rf"(?<!\w){re.escape(detail.text)}(?!\w)", lambda _: new, window)
    return (changed, detail.text, new) if changed != window and kept in changed else None


def oppose(text: str, rng: random.Random, among: str | None = None) -> str | None:
    """``text`` with one word replaced by its opposite; only a word of ``among``, when given."""
    allowed = None if among is None else {w.lower() for w in _WORD.findall(among)}
    found = [
        match
        for match in _WORD.finditer(text)
        if match.group().lower() in OPPOSITES
        and (allowed is None or match.group().lower() in allowed)
    ]
    if not found:
        return None
    match = rng.choice(found)
    new = rng.choice(OPPOSITES[match.group().lower()])
    return text[: match.start()] + new + text[match.end() :]


def negate(question: str, rng: random.Random) -> str | None:
    """The question with "not" or "never" behind its first auxiliary verb."""
    match = _AUXILIARY.search(question)
    if match is None or re.search(r"\b(not|never|n't|no)\b", question):
        return None
    position = match.end()
    return f"{question[:position]} {rng.choice(('not', 'not', 'never'))}{question[position:]}"


def replace_word(question: str, window: str, pool: Pool, rng: random.Random) -> str | None:
    """The question with a content word that the window has too replaced by one that it lacks,
    chosen among those that follow the same word in other questions about the article."""
    lowered = window.lower()
    words = list(_WORD.finditer(question))
    choices: list[tuple[re.Match[str], str]] = []
    for previous, match in pairwise(words):
        word = match.group().lower()
        if len(word) < 4 or word in _STOP or match.group()[0].isupper() or word not in lowered:
            continue
        choices.extend(
            (match, new)
            for new in pool.successors.get(previous.group().lower(), ())
            if _ending(new) == _ending(word) and new[:4] not in lowered
        )
    if not choices:
        return None
    match, new = rng.choice(choices)
    return question[: match.start()] + new + question[match.end() :]


def _ending(word: str) -> str:
    """A word class as far as its ending tells."""
    for ending in ("ing", "ed", "ly", "tion", "er", "est", "al", "ic", "s"):
        if word.endswith(ending):
            return ending
    return ""


def misspell(question: str, rng: random.Random) -> str:
    """One letter dropped, doubled or exchanged with its neighbour in a word of five or more."""
    words = [m for m in _WORD.finditer(question) if len(m.group()) >= 5]
    if not words:
        return question
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    kind = rng.randrange(3)
    if kind == 0:
        return question[:at] + question[at + 1 :]
    if kind == 1:
        return question[:at] + question[at] + question[at:]
    return question[:at] + question[at + 1] + question[at] + question[at + 2 :]


def keywords(question: str) -> str:
    """The question as somebody types it into a search box: question word and content words."""
    words = question.rstrip("?. ").split()
    kept = [w for i, w in enumerate(words) if i == 0 or w.lower() not in _STOP]
    return " ".join(kept) if len(kept) > 2 else question
