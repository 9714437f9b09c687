"""What a figure measures or counts, and whom it holds for, from the words beside it.

All positions are local to the sentence.
"""

from __future__ import annotations

import re

_Span = tuple[int, int]

#: Follow a number without being a thing that is counted.
_NOT_COUNTED = frozenset(
    """of and or to in on at by for from with as is was were are be been has had have will would
    can could may might must should than that which who when while where if because so but not
    more less fewer the a an this these those it its his her their our my your per out times time
    later before after ago since until till between above below over under about only also each
    every other another such same thing ones und oder bis von der die das auf mit ist nur mal uhr
    kept left right long wide high old did does was always perhaps us plus versus series late
    longer high higher wider deep deeper shorter early earlier away apart thick tall""".split()
)
_NO_NOUN = _NOT_COUNTED | frozenset(
    """cut up down found accepted reported gave give gives get gets still face faces faced reach
    reaches reached includes include included gathered against put keeps kept made show ran
    through asked add heat fry simmer bake boil fill whole better worse each around nearly within
    there here again together alone cannot not near nearby past toward towards upon onto
    missing remaining above below without across along beyond despite during""".split()
)
_ARTICLES = frozenset("the a an its his her their our this that some any no".split())

_ADJECTIVE = (
    r"(?:[a-zà-ž]+(?:ed|al|ive|ous|ful|an|en|y|ic|ing|ble|ent|ish)|large|new|small|big|great|top|"
    r"main|old|young|full|free|other|more|extra|dark|white|black|red|green|blue|brown|grey|gray)"
)
_COUNTED = re.compile(
    rf"\s+(?P<np>(?:{_ADJECTIVE}\s+){{0,2}}[a-zà-ž-]{{2,}}"
    r"(?:[^sui\W]s|people|men|women|children|fish|mice|feet|sheep|staff))\b(?!['’])"
)


#: Nouns have capitals there, so their form need not tell.
_COUNTED_GERMAN = re.compile(
    r"\s+(?P<np>(?:[a-zäöüß]{3,}e[nrs]?\s+)?(?!Uhr\b)[A-ZÄÖÜ][a-zäöüß]{2,}(?:-[A-Z]\w+)?)\b"
)


def counted_noun(text: str, end: int, language: str | None) -> _Span | None:
    """The plural noun behind the number that ends at ``end``, with the adjectives before it."""
    german = (language or "").startswith("de")
    match = (_COUNTED_GERMAN if german else _COUNTED).match(text, end)
    if match is None or any(word in _NOT_COUNTED for word in match["np"].split()):
        return None
    return match.span("np")


_NOUN_AFTER = re.compile(
    r"(?:\s+|-)(?:of\s+(?:the\s+|a\s+)?)?"
    r"(?P<np>(?:[a-zà-ž-]+\s+){0,2}?[a-zà-ž-]{3,}(?:\s+(?:of|in)\s+[a-z]+\s+[a-z]+)?)"
    r"(?=[.,;:)]|\s+(?:on|in|for|from|to|by|and|is|was|were|are|will|which|that|at|down|until|"
    r"over|under|with|the|when|who|or|since)\b|\Z)"
)
_NOUN_BEFORE = re.compile(
    r"(?P<np>(?:[\w’'-]+\s+){0,3}?[\w’'-]{3,})\s+of\s+(?:(?:up|close)\s+to\s+|at\s+(?:most|least)\s+|"
    r"(?:about|around|nearly|almost|some|over|only|just)\s+|more\s+than\s+)?\Z"
)
_SUBJECT = re.compile(
    r"(?:\A|[,;:]\s+|\b(?:and|that|while|but|when|if|because|und|wenn|dass)\s+)"
    r"(?P<np>(?:(?:the|its|his|her|their|an?|der|die|das|ein|eine)\s+)?"
    r"(?:(?!is\b|was\b|are\b|were\b)[^\W\d][\w’'-]*\s+){0,4}?"
    r"(?!(?:is|was|are|were|has|had|will|would|may|can|it|he|she|they|there|which|that|who)\b)[\w’'-]{3,})\s+"
    r"(?:(?:has|have|had)\s+)?(?:is|was|are|were|will\s+be|costs?|covers?|covered|lasts?|lasted|"
    r"took|takes|lies\s+at|weighs|weighed|measures|ist|sind|kostet|dauert|wiegt)\s+"
    r"(?:(?:now|normally|about|around|nearly|almost|some|only|over|fast|etwa)\s+|at\s+(?:most|"
    r"least)\s+|up\s+to\s+|more\s+than\s+)*\Z",
    re.IGNORECASE,
)


def measured(text: str, start: int, end: int, *, english: bool) -> _Span | None:
    """What the figure ``text[start:end]`` measures, where the wording beside it tells."""
    if not english:
        match = _SUBJECT.search(text, 0, start)
        return match.span("np") if match else None
    if match := _NOUN_BEFORE.search(text, max(0, start - 80), start):
        return _bare_noun(text, *match.span("np"))
    match = _NOUN_AFTER.match(text, end)
    if match and _is_noun_phrase(match["np"]):
        return match.span("np")
    if match := _SUBJECT.search(text, 0, start):
        return match.span("np")
    return None


def _bare_noun(text: str, start: int, end: int) -> _Span | None:
    """The end of ``text[start:end]`` without articles, verbs and what stands before them."""
    keep = end
    for word in reversed(list(re.finditer(r"[\w’'-]+", text[start:end]))):
        if word[0].lower() in _NO_NOUN | _ARTICLES:
            break
        keep = start + word.start()
    return (keep, end) if keep < end else None


def _is_noun_phrase(phrase: str) -> bool:
    words = phrase.split()
    return (
        words[0] not in _NO_NOUN
        and not words[0].endswith(("ly", "ward", "wards", "wide"))
        and not any(word in {"is", "was", "has", "will", "than", "the", "to"} for word in words)
    )


_NAME = r"[A-ZÀ-Ž][\w’'-]*(?:\s+[A-ZÀ-Ž][\w’'-]*){0,3}"
_ON = re.compile(rf"\s+(?:on|for)\s+(?P<of>(?:the\s+)?{_NAME})")
_FOR = re.compile(rf"\s+for\s+(?P<of>(?:the\s+)?{_NAME})")
_ON_ALL = re.compile(rf"\bon\s+(?P<of>all\s+[a-z]+\s+except\s+{_NAME})")
_BEARS = re.compile(
    rf"(?P<of>{_NAME}(?:(?:,\s+(?:and\s+)?|\s+and\s+){_NAME})*)\s+(?:(?:still|also|now)\s+)?"
    r"(?:faces?|faced)\s+[^.;]{0,40}\Z"
)


def holds_for(text: str, start: int, end: int) -> _Span | None:
    """Whom a figure is for: "20% on the EU"; "Canada and Mexico still face tariffs of 25%"."""
    # A rate or a sum is on something; "six weeks on the Rhine" are not.
    is_rate = text[end - 1] == "%" or not text[start].isalnum()
    match = (
        (_ON if is_rate else _FOR).match(text, end)
        or _BEARS.search(text, 0, start)
        or _ON_ALL.search(text, end, end + 80)
    )
    return match.span("of") if match else None
