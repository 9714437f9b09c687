"""Names of a claim, and whether its evidence has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.answer.guard.finding import Finding, contradicted, missing
from index.answer.guard.polarity import denied
from index.answer.guard.wording import Word, Wording, overlap
from index.facts.extraction.vocabulary import HONORIFICS, NOT_NAMES, ROLE_HEADS, ROLE_MODIFIERS
from index.store.lexical import STOP_WORDS

#: From this share of common words on, another name in the quote is taken to stand in the place.
SAME_SENTENCE = 0.6

#: Names that share no beginning with what is made of them, by what they stand for.
_ALIASES = """
us usa u.s u.s.a america american americans united-states
uk u.k britain british briton united-kingdom england english
eu e.u european-union
un u.n united-nations
france french frenchman; netherlands dutch holland; switzerland swiss; greece greek greeks
denmark danish danes dane; turkey turkish turks; poland polish poles; finland finnish finns
spain spanish spaniards; wales welsh; ireland irish; scotland scottish scots; peru peruvian
germany german germans; philippines filipino filipinos; iceland icelandic; sweden swedish swedes
thailand thai; iraq iraqi; israel israeli; china chinese; norway norwegian
russia russian russians; ussr soviet soviet-union; congo congolese
cyprus cypriot; belgium belgian; portugal portuguese; ukraine ukrainian
kyiv kiev; luhansk lugansk; tv television; wwii ww2 world-war-ii; wwi ww1 world-war-i
"""
_STANDS_FOR: dict[str, int] = {
    name: number
    for number, group in enumerate(re.split(r"[;\n]", _ALIASES))
    for name in group.split()
}
#: "He ..." speaks of somebody outside of the quote; "Rubio and his counterpart" does not.
_SUBJECT_PRONOUN = re.compile(
    r"(?:\A|[.!?:;]\s+)[\"“‘'(]*(?:He|She|It|They|His|Her|Its|Their|This|These|That)\b"
    r"|\b(?:he|she|they)\b"
)
_DEMONYM = re.compile(r"^(?:a|n|s|i|an|ian|ans|ians|ese|ish|ic|er|ers|'s)*$")
_VERB_BEHIND = frozenset(
    """is was has had will would can could may might should must does did met said says won lost
    became began made took went gave came wrote played led built told signed visited""".split()
)
#: Words that are written with a capital by rule, and are no names that could be wrong.
_CAPITALISED = (
    frozenset(w.lower() for w in (*HONORIFICS, *NOT_NAMES)) | ROLE_HEADS | ROLE_MODIFIERS
    | STOP_WORDS | frozenset("i not no yes after before during only both all most".split())
) - _STANDS_FOR.keys()  # fmt: skip


_CAPITAL = r"(?!The\b)[A-Z][\w’'-]+"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+(?:(?:of|for|the|and|on)\s+){{0,2}}{_CAPITAL})+")


@dataclass(frozen=True, slots=True)
class Name:
    """Neighbouring words of a text that are written with capitals."""

    words: tuple[Word, ...]
    #: Opens the sentence, where a capital tells nothing.
    opening: bool

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


def names(text: Wording) -> tuple[Name, ...]:
    """The names of ``text`` in order, without titles and offices before them."""
    found: list[Name] = []
    run: list[Word] = []
    for word in text.words:
        gap = text.text[run[-1].end : word.start] if run else ""
        adjacent = bool(run) and not gap.strip(" .\u00a0" if len(run[-1].text) == 1 else " \u00a0")
        if run and not (adjacent and _is_capital(word)):
            found += _name(text, run)
            run = []
        if _is_capital(word):
            run.append(word)
    return (*found, *_name(text, run))


def _is_capital(word: Word) -> bool:
    return word.text[0].isupper()


def _name(text: Wording, run: list[Word]) -> list[Name]:
    opening = bool(run) and _opens_sentence(text.text, run[0].start)
    if run and opening and not _is_named_at_opening(text, run):
        run, opening = run[1:], False
    kept = [word for word in run if word.lower not in _CAPITALISED]
    if not kept or all(word.lower.isdigit() for word in kept):
        return []
    return [Name(tuple(kept), opening)]


def _opens_sentence(text: str, start: int) -> bool:
    return bool(re.search(r"(?:\A|[.!?:]\s+|\n)[\s\"“‘'(*•-]*\Z", text[:start]))


def _is_named_at_opening(text: Wording, run: list[Word]) -> bool:
    """Whether the first word of a sentence is a name: followed by its second word, by ’s, or, with
    no article before it and no plural or gerund, by a verb."""
    first = run[0]
    if first.lower in _CAPITALISED:
        return False
    if re.search(r"['’]s\Z", first.text) or first.text[1:] != first.text[1:].lower():
        return True
    if len(run) > 1:
        return True
    behind = next((w.lower for w in text.words if w.start >= first.end), "")
    verb = behind in _VERB_BEHIND or behind.endswith("ed")
    return verb and not first.lower.endswith(("ing", "s"))


def check_names(claim: Wording, evidence: Wording, context: Wording) -> Iterator[Finding]:
    """Names of the claim that neither the evidence has nor, where it names nobody else or has a
    pronoun, the ``context``."""
    # A pronoun that the claim keeps is none that its names stand for.
    kept, pronouns = (len(_SUBJECT_PRONOUN.findall(text.text)) for text in (claim, evidence))
    pronoun = pronouns > kept
    have = _Have(evidence)
    near = _Have(context)
    theirs = names(evidence)
    excepted = denied(claim)
    for name in names(claim):
        if any(word.stem in excepted for word in name.words):
            continue  # "not by Wells" needs no Wells in the quote
        wrong = _wrong_first_name(name, theirs)
        if wrong and name.words[0].lower not in evidence.lowers:
            yield contradicted(f"It names {name.text}; the quote names {wrong}.")
        elif have.has(name):
            continue
        elif near.has(name) and (pronoun or _others(theirs, claim) is None):
            continue  # "he", "the company": who that is stands beside the quote
        elif pronoun and not context.words and (name.opening or name == names(claim)[0]):
            continue  # "He ...": who that is stands outside of the quote, and is not at hand
        elif (others := _others(theirs, claim)) and overlap(claim, evidence) >= SAME_SENTENCE:
            yield contradicted(f"It names {name.text}; the quote names {others}.")
        else:
            yield missing(f"The quote does not mention {name.text}.")


class _Have:
    """The words of a text that may stand for a name."""

    def __init__(self, text: Wording) -> None:
        lowers = {part for word in text.lowers for part in (word, *word.split("-"))}
        self._lowers = lowers
        self._groups = {_STANDS_FOR[w] for w in lowers if w in _STANDS_FOR}
        self._groups |= _pairs(text.words)
        self._initials = _initials(text)
        self._stems = text.stems

    def has(self, name: Name) -> bool:
        """Whether the last word of a name, or its initials, or all of a shorter form are here."""
        words = [word for word in name.words if not word.lower.isdigit()]
        last = words[-1] if words else name.words[-1]
        initials = "".join(w.text[0] for w in words if not w.text.isupper()).lower()
        if self._has(last) or (len(initials) > 1 and initials in self._lowers):
            return True
        if _pairs(name.words) & self._groups:
            return True
        # "Witkoff Foundation" needs its head; "Paris Agreement" is also "the Paris deal".
        return len(words) > 1 and sum(self._has(w) for w in words) * 2 > len(words)

    def _has(self, word: Word) -> bool:
        lower = word.lower
        if lower in self._lowers or word.stem in self._stems or lower in self._initials:
            return True
        if _STANDS_FOR.get(lower) in self._groups and lower in _STANDS_FOR:
            return True
        return any(_related(lower, other) for other in self._lowers)


def _pairs(words: tuple[Word, ...]) -> set[int]:
    joined = (f"{a.lower}-{b.lower}" for a, b in pairwise(words))
    return {_STANDS_FOR[pair] for pair in joined if pair in _STANDS_FOR}


def _initials(text: Wording) -> set[str]:
    """Initials of the runs of capitals: "wto" for the World Trade Organization."""
    # Not of words in capitals: "World War II" is no WWI.
    found = [
        [w[0] for w in run.split() if w[0].isupper() and not w.isupper()]
        for run in _RUN.findall(text.text)
    ]
    return {"".join(initials).lower() for initials in found if len(initials) > 1}


def _related(one: str, other: str) -> bool:
    """Whether one word is made of the other: Russia and Russian, but not Iran and Iraq."""
    short, long = sorted((one, other), key=len)
    if len(short) < 4:
        return False
    stem = short if long.startswith(short) else short[:-1]
    return long.startswith(stem) and bool(_DEMONYM.match(long[len(stem) :])) and len(stem) >= 4


def _wrong_first_name(name: Name, theirs: tuple[Name, ...]) -> str | None:
    """The quote's name if it has the same last word behind another first one."""
    if len(name.words) != 2:
        return None
    first, last = name.words
    same = [n for n in theirs if n.words[-1].lower == last.lower]
    if not same or any(len(n.words) != 2 for n in same) or _STANDS_FOR.keys() & {first.lower}:
        return None
    if any(_same_first(first.lower, n.words[0].lower) for n in same):
        return None
    return same[0].text


def _same_first(one: str, other: str) -> bool:
    """Equal, short for one another, or an initial."""
    return one[:3] == other[:3] or (one[0] == other[0] and min(len(one), len(other)) == 1)


def _others(theirs: tuple[Name, ...], claim: Wording) -> str | None:
    """A name of the quote that the claim lacks."""
    return next((n.text for n in theirs if not any(w.lower in claim.lowers for w in n.words)), None)
