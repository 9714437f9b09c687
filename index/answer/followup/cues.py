"""How a question leans on what was said before it, as its own words show."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from index.answer.followup.binding import pronouns_of
from index.answer.followup.phrases import Word, words_of
from index.answer.followup.vocabulary import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    PRONOUNS,
    WH,
)


class Lean(StrEnum):
    """In which way a question is incomplete."""

    #: It is not.
    NONE = "none"
    #: So few words that it may be about what was talked of; it is left as it is.
    THIN = "thin"
    #: "Tell me more", "what else?"
    MORE = "more"
    #: "Who else?"
    ELSE = "else"
    #: "Why?", "since when?", "and how long?"
    BARE = "bare"
    #: "And Rubio?", "South Korea?", "I meant Japan."
    FRAGMENT = "fragment"
    #: "When was that?", "What did he say?"
    ANAPHOR = "anaphor"


@dataclass(frozen=True, slots=True)
class Cue:
    """How a question leans. ``text`` is the question without "and", "no, I meant" and the like;
    ``pronouns`` are the words of it that point back. ``is_sure`` means that it cannot be read
    without a history."""

    lean: Lean
    text: str
    pronouns: tuple[Word, ...] = ()
    is_sure: bool = False


_LEAD = re.compile(
    r"^(?:(?:ok(?:ay)?|so|well|hm+|oh|ah|aha|wait|sorry|thanks|yes|yeah|no|nope|btw|by\s+the\s+way)"
    r"[\s,.!…-]+)*(?:(?:and|but|or|then|also)\b[\s,…]*)*",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"^(?:(?:what|how)(?:\s+is)?\s+(?:about|abt|bout)|what\s+(?:of|if\s+it\s+is)|"
    r"(?:the\s+)?same\s+(?:for|question\s+(?:for|about))|"
    r"(?:no[\s,]+)?(?:i|we)\s+(?:mean|meant|(?:was|am|were)\s+(?:asking|talking)\s+about)|rather|"
    r"not\s+[^,]{1,40},\s*(?:but\s+)?)\b[\s,:]*",
    re.IGNORECASE,
)
_CORRECTION = re.compile(r"^(?:no|nope|not\s+\w+)\b|\b(?:i|we)\s+mean", re.IGNORECASE)
#: "It", "that topic": what "more" may be said to be about without being about anything else.
_OF_IT = r"(?:\s+(?:about|on|of)\s+(?:this|that|it|them|him|her)(?:\s+(?:topic|subject|one))?)?"
_MORE = re.compile(
    r"^(?:(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:tell|give|show|say)\s+(?:(?:me|us)\s+)?"
    r"(?:some\s+|a\s+bit\s+|a\s+little\s+|any\s*)?more(?:\s+(?:details?|info(?:rmation)?))?|"
    r"(?:some\s+|any\s*)?more(?:\s+(?:details?|please|info(?:rmation)?))?|go\s+(?:on|deeper)|"
    r"continue|(?:please\s+)?(?:elaborate|expand)|keep\s+going|"
    r"(?:what|anything|something)\s+(?:else|more)(?:\s+(?:is\s+there|does\s+(?:it|the\s+\w+)\s+say))?|"
    r"(?:any|some)\s+(?:more|other|further)\s+(?:details?|info(?:rmation)?)|"
    r"what\s+(?:happened|happens|comes|came)\s+(?:next|then|after(?:wards|\s+that))|then\s+what|"
    r"what\s+then|what\s+next)" + _OF_IT + r"\s*(?:,?\s*please)?\W*$",
    re.IGNORECASE,
)
#: "Who else?", "anybody else?", "which others?"; the whole of it, or with a clause behind it.
_ELSE = re.compile(
    r"^(?:(?:(?:to|with|from|by|for|of|on|in)\s+)?(?:who|whom|where|when|why|how)\s+else"
    r"|any(?:one|body)\s+else|(?:which|what|any|who\s+are\s+the)\s+others?(?:\s+ones?)?$)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^(?P<core>(?:(?:since|until|till|by|from|for|with|to|of|about|on|in|at|against)\s+)?"
    r"(?:(?:for\s+)?how(?:\s+(?:come|so|many|much|long|far|often|big|large|old|high|deep|wide|tall|heavy"
    r"|fast|soon|late|early|expensive))?|why(?:\s+not)?|when|where|who|whom|whose|what(?:\s+for)?"
    r"|which(?:\s+ones?)?|what\s+(?:year|day|time|date)|which\s+(?:year|day)|in\s+what\s+way|what\s+reason))"
    r"(?:\s+(?:did|does|will|has)\s+(?:that|this|it|all\s+(?:that|this))\s+"
    r"(?:happen(?:ed)?|occur(?:red)?|take\s+place|come\s+about))?"
    r"(?:\s+(?:exactly|though|then|so|(?<=when\s)(?:is|was)\s+(?:that|this|it)"
    r"|(?<=why\s)(?:is|was)\s+(?:that|this|it)(?:\s+so)?))?\W*$",
    re.IGNORECASE,
)
#: "With how many votes", "which country": a question without a verb.
_ASKED_PHRASE = re.compile(
    r"^(?:(?P<led>since|until|till|by|from|for|with|to|of|about|on|in|at|against)\s+)?"
    r"(?:which|what|whose|how\s+(?:many|much))\s+\w[\w'’-]*(?:\s+\w[\w'’-]*){0,2}\W*$",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"\b(what|who|where|when|how|why)['’]?s\b", re.IGNORECASE)
_IS = re.compile(r"\b(he|she|it|that|there)['’]s\b", re.IGNORECASE)
_FILLER = re.compile(
    r"[\s,]+(?:tho|though|exactly|again|btw|lol|huh|please|pls|plz|do\s+you\s+(?:know|think))"
    r"(?=[\s?!.]*$)",
    re.IGNORECASE,
)
#: First words of questions in other languages; such a question is left as it is.
_FOREIGN = frozenset(
    """und wer wie wann wo wohin woher warum wieso welche welcher welches wem wen et qui quand où
    pourquoi quel quelle quels quelles comment combien y quién quien cuándo cuando dónde donde por
    cuál cómo""".split()
)
#: A question of at most so many content words, none a name, is thin.
THIN_WORDS = 3
#: A fragment has at most so many words.
FRAGMENT_WORDS = 6


def find_cue(question: str) -> Cue:
    """How ``question`` leans on a conversation. Says nothing of whether there is one."""
    plain = _plain(question)
    if _MORE.match(plain):
        return Cue(Lean.MORE, plain, is_sure=True)
    lead = _LEAD.match(plain)
    text = plain[lead.end() :].strip() if lead else plain
    text = text or plain
    led = text != plain
    about = _ABOUT.match(text)
    if about and text[about.end() :].strip():
        text, led = text[about.end() :].strip(), True
    if _MORE.match(text):
        return Cue(Lean.MORE, text, is_sure=True)
    bare = _BARE.match(text)
    if bare:
        return Cue(Lean.BARE, bare["core"], is_sure=True)
    words = words_of(text)
    if not words or words[0].lower in _FOREIGN:
        return Cue(Lean.THIN, question, is_sure=True)
    if _ELSE.match(text.rstrip(" ?!.")):
        return Cue(Lean.ELSE, text, pronouns_of(text), is_sure=len(words) <= 3)
    if _is_asked_phrase(text, words):
        return Cue(Lean.BARE, text)
    pronouns = pronouns_of(text)
    if _is_fragment(text):
        return Cue(Lean.FRAGMENT, text, pronouns, is_sure=led or bool(pronouns))
    if pronouns:
        return Cue(Lean.ANAPHOR, text, pronouns)
    return Cue(Lean.THIN if _is_thin(text) or led else Lean.NONE, question)


def _plain(question: str) -> str:
    """``question`` with "what's" written out and without "tho" and the like at its end."""
    text = _IS.sub(r"\1 is", _WHAT_IS.sub(r"\1 is", question))
    while (shorter := _FILLER.sub("", text)) != text:
        text = shorter
    return text


def _is_asked_phrase(text: str, words: tuple[Word, ...]) -> bool:
    if not _ASKED_PHRASE.match(text):
        return False
    last = words[-1].lower
    if any(w.lower in AUXILIARIES | PRONOUNS.keys() for w in words) or last.endswith("ed"):
        return False
    # "What helps?" has a verb, "what reasons?" none; the former is asked more.
    return not (words[0].lower == "what" and len(words) == 2 and last.endswith("s"))


def is_correction(question: str) -> bool:
    """Whether it takes back what was asked before: "no, the other one", "I meant Japan"."""
    return bool(_CORRECTION.search(question))


def _is_fragment(text: str) -> bool:
    """Whether it is a phrase rather than a sentence, as far as the words tell."""
    words = words_of(text)
    if not words or len(words) > FRAGMENT_WORDS:
        return False
    first = words[0].lower
    if first in WH or first in {"tell", "explain", "describe", "name", "list", "give", "show"}:
        return False
    return not any(word.lower in AUXILIARIES for word in words)


def _is_thin(text: str) -> bool:
    words = words_of(text)
    content = [w for w in words if w.lower not in FUNCTION_WORDS | DETERMINERS]
    named = any(w.text[:1].isupper() or w.text[:1].isdigit() for w in words[1:])
    return len(content) <= THIN_WORDS and not named
