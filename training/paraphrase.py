"""Sentences in fewer or other words that say no more than the sentence does, and ways to make
them say something else.

What changes the sense returns None where it finds nothing to change. Randomness comes from the
caller.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.perturb import OPPOSITES, Pool, details, substitute
from training.statements import past

_ROUND = re.compile(r"\s*\([^()]*\)|\s*\[[^\[\]]*\]")
_LEADING = re.compile(
    r"^(?:However|Therefore|Thus|Moreover|Furthermore|In addition|Additionally|Also|Indeed|"
    r"For example|For instance|Consequently|As a result|Nevertheless|Meanwhile|Similarly|Overall|"
    r"Finally|In fact|Today|Currently|Eventually|Later),?\s+"
)
_APPOSITION = re.compile(r",\s+(?:an?|the)\s[^,.;]{5,60},\s+(?=[a-z])")
_RELATIVE = re.compile(r",\s+(?:which|who|where|whose)\s[^,.;]{5,100}(?=,|\.$)(?:,(?=\s))?")
_TRAILING = re.compile(
    r",\s+(?:while|although|though|including|such as|with|making|leading|resulting|as well as|"
    r"especially|particularly|followed by|according to|but|and)\s[^.;]{5,160}(?=\.$)"
)
_CIRCUMSTANCE = re.compile(
    r"\s(?:because|since|after|before|when|until|so that|in order to|due to|thanks to|as part of|"
    r"instead of|despite|without|during|through|on behalf of|in return for)\s[^,.;]{8,90}"
    r"(?=[,;]|\.$)"
)
_FRONTED = re.compile(
    r"^(?P<when>(?:In|On|During|By|After|Since|At)\s[^,]{3,40}),\s+(?P<rest>.{20,})$"
)
_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|has|had|will|would|should|did|does|do)\b")
_PRONOUNS = frozenset("It He She They This These There That".split())
_NEGATED = re.compile(r"\b(?:not|never|no|cannot|none|neither|nor|without)\b|n['’]t\b")

#: Words that may stand for one another wherever they stand.
_SYNONYMS = """
began started;begin start;large big;huge enormous;many numerous;created made;famous well-known;
country nation;film movie;obtained got;purchased bought;located situated;approximately about;
nearly almost;received got;constructed built;often frequently;main chief;quickly fast;
wrote authored;roughly about;occurred happened;occurs happens;largest biggest;died passed away;
employed used;primary main;founded established;ended finished;attempted tried;assisted helped;
required needed;requires needs;children kids;residents inhabitants;university college;gave granted;
shows indicates;stated said;noted said;became turned into;important significant;allowed permitted
"""
SYNONYMS = {
    pair.split()[0]: " ".join(pair.split()[1:]) for pair in _SYNONYMS.replace("\n", "").split(";")
}

_ED = re.compile(r"\b[a-z]{3,}ed\b")
_VERBS = frozenset(
    """left welcomed refused sold bought closed opened visited criticised praised blamed built lost
    won gave took received founded joined led wrote paid cancelled announced banned rebuilt moved
    followed feared ignored funded caused prevented owned designed discovered married killed saw
    met wanted liked supported rejected replaced repaired bore kept sent brought told knew chose
    """.split()
)
#: What turns a cautious statement into a bold one.
_BOLDER = (
    (re.compile(r"\b(?:some|many|most|several)\s+(?=[a-z]+s\b)", re.I), "all "),
    (re.compile(r"\b(?:may|might|could)\s+(?=[a-z]+\b)"), "will certainly "),
    (re.compile(r"\b(?:often|usually|sometimes|generally|typically)\b"), "always"),
    (re.compile(r"\b(?:nearly|almost|about|approximately|around|up to)\s+(?=\d)"), "more than "),
    (re.compile(r"\bone of the\b"), "the only one of the"),
    (re.compile(r"\bpart(?:ly|ially)\b"), "entirely"),
    (re.compile(r"\bmore than\b"), "less than"),
    (re.compile(r"\bat least\b"), "at most"),
    (re.compile(r"\b(?:may|might|could)\s+(?=[a-z]+\b)"), "will "),
    (re.compile(r"\b(is|are|was|were)\s+(?:expected|believed|thought|said|reported|alleged|likely|"
                r"supposed|rumou?red|planned|intended|considered)\s+to\s+be\b"), r"\1"),
    (re.compile(r"\b(?:is|are)\s+(?:expected|likely|supposed|planned|intended)\s+to\b"), "will"),
    (re.compile(r"\b(?:allegedly|reportedly|possibly|perhaps|probably|presumably|apparently|"
                r"supposedly)\s+"), ""),
    (re.compile(r"^.{3,60}?\b(?:claims?|claimed|argues?|argued|suggests?|suggested|believes?|"
                r"believed|speculated|alleged)\s+that\s+"), ""),
)  # fmt: skip
#: "planned to build" becomes "built".
_ATTEMPT = re.compile(
    r"\b(?:planned|proposed|tried|attempted|wanted|hoped|intended|sought|threatened|offered|agreed)"
    r"\s+to\s+(?P<verb>[a-z]+)\b"
)


def shorten(sentence: str, rng: random.Random) -> str:
    """The sentence without some of its asides, in another order, or with a synonym."""
    text = _ROUND.sub("", sentence)
    text = _LEADING.sub("", text)
    for pattern, by in ((_APPOSITION, " "), (_RELATIVE, ""), (_TRAILING, "")):
        if rng.random() < 0.6:
            text = pattern.sub(by, text, count=1)
    match = _FRONTED.match(text)
    if match and rng.random() < 0.6:
        when = match["when"][0].lower() + match["when"][1:]
        rest = match["rest"].rstrip(".")
        text = f"{rest} {when}." if rng.random() < 0.7 else f"{rest}."
    words = [m for m in re.finditer(r"[a-z]+", text) if m[0] in SYNONYMS]
    for word in reversed(words):
        if rng.random() < 0.7:
            text = text[: word.start()] + SYNONYMS[word[0]] + text[word.end() :]
    text = " ".join(text.split())
    return text[:1].upper() + text[1:]


def exchange(claim: str, evidence: str, pool: Pool, rng: random.Random) -> str | None:
    """The claim with a name, year, number or month for another; half of the time, for one that
    stands in the evidence as well."""
    found = [d for d in details(claim) if d.text in evidence]
    if not found:
        return None
    detail = rng.choice(found)
    new: str | None = None
    if rng.random() < 0.5:
        near = [
            d.text
            for d in details(evidence)
            if d.kind == detail.kind
            and d.text.lower() not in claim.lower()
            and detail.text.lower() not in d.text.lower()
        ]
        new = rng.choice(near) if near else None
    if new is None:
        new = substitute(detail, pool, claim + evidence, rng)
    return None if new is None else claim[: detail.start] + new + claim[detail.end :]


def swap(claim: str, rng: random.Random) -> str | None:
    """The claim with two of its names, or two of its numbers, in each other's place."""
    found = details(claim)
    pairs = [
        (a, b)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
        if a.kind == b.kind and not {*a.text.lower().split()} & {*b.text.lower().split()}
        and not re.fullmatch(r"[\s,]*(?:and|or|,)?\s*", claim[a.end : b.start])
    ]  # fmt: skip
    if not pairs:
        return None
    a, b = rng.choice(pairs)
    return claim[: a.start] + b.text + claim[a.end : b.start] + a.text + claim[b.end :]


def negate(claim: str, rng: random.Random) -> str | None:
    """The claim with "not" or "never" behind its first auxiliary verb, or without its negation."""
    negated = _NEGATED.search(claim)
    if negated:
        if negated[0] not in {"not", "never"}:
            return None
        return " ".join((claim[: negated.start()] + claim[negated.end() :]).split())
    match = _AUXILIARY.search(claim)
    if match is None:
        return None
    word = rng.choice(("not", "not", "not", "never"))
    if word == "not" and rng.random() < 0.3 and match[0] not in {"can", "will"}:
        return f"{claim[: match.end()]}n't{claim[match.end() :]}"
    return f"{claim[: match.end()]} {word}{claim[match.end() :]}"


def other_verb(claim: str, evidence: str, text: str, rng: random.Random) -> str | None:
    """The claim with a verb in the past for one of ``text``, or of _VERBS, that the evidence has in
    no form."""
    lowered = evidence.lower()
    mine = [m for m in re.finditer(r"\b[a-z]+\b", claim) if m[0] in _VERBS or _ED.fullmatch(m[0])]
    if not mine:
        return None
    match = rng.choice(mine)
    near = {m[0] for m in _ED.finditer(text)}
    fitting = sorted(v for v in near | _VERBS if v[:4] not in lowered and v[:4] != match[0][:4])
    if not fitting:
        return None
    verb = rng.choice(fitting)
    return claim[: match.start()] + verb + claim[match.end() :]


def oppose(claim: str, evidence: str, rng: random.Random) -> str | None:
    """The claim with a word that it shares with the evidence replaced by its opposite."""
    found = [
        m
        for m in re.finditer(r"[a-z]+", claim)
        if m[0] in OPPOSITES and re.search(rf"\b{m[0]}\b", evidence)
    ]
    if not found:
        return None
    match = rng.choice(found)
    new = rng.choice(OPPOSITES[match[0]])
    return claim[: match.start()] + new + claim[match.end() :]


def embolden(claim: str, rng: random.Random) -> str | None:
    """The claim without its caution: "some" becomes "all"."""
    attempt = _ATTEMPT.search(claim)
    if attempt and rng.random() < 0.7:
        return claim[: attempt.start()] + past(attempt["verb"]) + claim[attempt.end() :]
    fitting = [(p, by) for p, by in _BOLDER if p.search(claim)]
    if not fitting:
        return None
    pattern, by = rng.choice(fitting)
    changed = pattern.sub(by, claim, count=1)
    return changed[:1].upper() + changed[1:]


def stitch(one: str, other: str) -> str | None:
    """The subject of one sentence with what the other says of its own subject."""
    halves = [_halves(text) for text in (one, other)]
    if halves[0] is None or halves[1] is None:
        return None
    (subject, _), (other_subject, predicate) = halves[0], halves[1]
    if subject.lower() in other.lower() or other_subject.lower() in subject.lower():
        return None
    return f"{subject} {predicate}"


def _halves(text: str) -> tuple[str, str] | None:
    """Subject and predicate, where the subject is short and the first auxiliary begins the rest."""
    match = _AUXILIARY.search(text)
    if match is None:
        return None
    subject = text[: match.start()].strip()
    if not 1 <= len(subject.split()) <= 6 or "," in subject or subject.split()[0] in _PRONOUNS:
        return None
    return subject, text[match.start() :]


def pad(claim: str, asides: Sequence[str], pool: Pool, evidence: str, rng: random.Random) -> str:
    """The claim with a detail, or an aside of another sentence, that it has not."""
    bare = claim.rstrip(".")
    if asides and rng.random() < 0.8:
        return f"{bare}{rng.choice(asides)}."
    kind = rng.choice(("year", "name", "name"))
    near = [d.text for d in details(evidence) if d.kind == kind and d.text not in claim]
    far = [text for text in pool.details.get(kind, ()) if text not in claim]
    chosen = rng.choice(near) if near and rng.random() < 0.6 else rng.choice(far or ["1876"])
    return f"{bare} {rng.choice(('in', 'with', 'for') if kind == 'name' else ('in',))} {chosen}."


def asides(text: str) -> list[str]:
    """What can be hung on another statement of the sentence ``text``: its relative and trailing
    clauses with the comma before them, its reasons and circumstances, its predicate."""
    found = [m[0].rstrip(",") for pattern in (_RELATIVE, _TRAILING) for m in pattern.finditer(text)]
    found += [m[0] for m in _CIRCUMSTANCE.finditer(text)]
    halves = _halves(text.rstrip("."))
    if halves is not None:
        found.append(f" and {halves[1]}")
    return [clause for clause in found if len(clause) < 110]


def join(one: str, other: str) -> str:
    """Two statements in one sentence."""
    second = other if re.match(r"(?:[A-Z][\w’'-]*\s+[A-Z]|[A-Z]{2})", other) else _lowered(other)
    return f"{one.rstrip('.')}, and {second}"


def _lowered(text: str) -> str:
    first = text.split()[0]
    common = first.lower() in {
        "the",
        "a",
        "an",
        "it",
        "in",
        "this",
        "there",
        "its",
        "these",
        "they",
    }
    return text[0].lower() + text[1:] if common else text
