"""What a question asks for, before anything is looked up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from index.errors import QuestionError

#: The longest question, in characters, unless the settings say otherwise.
MAX_CHARS = 1000
_EXAMPLE = "a question in words, such as: Who spoke to whom?"


class Kind(StrEnum):
    """The form of answer that a question asks for."""

    #: A name, a date, a number: shown as a short answer inside its sentence.
    SPAN = "span"
    #: Why, how, what about: whole sentences.
    EXPLAIN = "explain"
    #: The evidence, without an invented yes or no.
    YES_NO = "yes_no"
    #: Hello, thanks, what can you do: help instead of a search.
    SMALL_TALK = "small_talk"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, cleaned: one line, no control characters, no courtesies around it."""

    asked: str
    text: str
    kind: Kind

    def resolved(self, text: str) -> Question:
        """The same question, understood as ``text``."""
        return Question(self.asked, text, _kind(text))


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")

_WH = r"(?=(?:who|whom|whose|what|when|where|which|why|how|if|whether)\b)"
#: What shows that the word before it is no part of a name or a noun, as in "Hello Kitty", "well
#: water" or "Yo-Yo": a mark, or the beginning of a question, a request or another courtesy.
_SET_OFF = r"""(?:\s*(?:[,!:]+|\.+(?=\s))|\s+[-–—]+(?=\s)|\s+(?=(?:
    who|whom|whose|what|when|where|which|why|how|if|whether|is|are|was|were|do|does|did|has|have|had
    |can|could|will|would|should|tell|remind|inform|explain|describe|summari[sz]e|list|name|show|give
    |find|say|let|i|please|pls|so|ok|okay|well|um+|quick|just|sorry|according|hi|hey|hello)\b(?!-)))"""
_COURTESY = re.compile(
    rf"""(?:
      (?:hi|hey|hello|yo|good\s(?:morning|evening|afternoon))(?:[\s,!.]+(?:there|bot|all|everyone)){{0,3}}
        {_SET_OFF}
    | (?:so|ok|okay|well|um+|please|pls|quick\squestion|just\s(?:wondering|curious)){_SET_OFF}
    | (?:sorry|apologies|excuse\s+me)\b[^,?!.]*(?:,\s*but\b|[,:])
    | (?:(?:can|could|would|will|do|does)\s+(?:you|u|anyone|anybody|someone|somebody)\s+)?
        (?:(?:please|pls|kindly|maybe|possibly)\s+)?
        (?:tell|remind|inform|explain|say|know|let\s+(?:me|us)\s+know)
        (?:\s+(?:to\s+)?(?:me|us))?\s*,?\s*{_WH}
    | (?:can|could|would|will)\s+(?:you|u|anyone|anybody|someone|somebody)\s+(?:please\s+)?
        (?=(?:explain|describe|summari[sz]e|tell|list|name)\b)
    | (?:i\s+|i['’](?:m|d|ve)\s+)(?:was\s+|am\s+|would\s+|just\s+|been\s+|really\s+)*
        (?:wonder(?:ing)?|curious|like\s+to\s+know|love\s+to\s+know|want\s+to\s+know
        |need\s+to\s+know)\s*,?\s*{_WH}
    | (?:do|does)\s+(?:the|this)\s+(?:article|document|text)\s+(?:say|mention|tell\s+us)\s+{_WH}
    | according\s+to\s+(?:the|this)\s+(?:article|document|text)
    )[\s,:!.\-–]*""",
    re.IGNORECASE | re.VERBOSE,
)
_TAIL = re.compile(
    r"[\s,]*(?:please|pls|thanks|thank\syou|thx|according\sto\s(?:the|this)\s"
    r"(?:article|document|text)|in\s(?:the|this)\s(?:article|document|text))(?=[\s?!.]*$)",
    re.IGNORECASE,
)
_AFTER_STOP = re.compile(r"(?<=[?!.])\s+")

_SMALL_TALK = re.compile(
    r"""^(?:
      (?:hi|hey|hello|yo|hiya|howdy|greetings|moin|hallo|bonjour|salut|hola)
        (?:\s+(?:there|bot|footnote|all|everyone|again))?
    | good\s+(?:morning|afternoon|evening|night|day)(?:\s+(?:bot|all|everyone))?
    | (?:many\s+)?(?:thanks|thank\s+you|thx|ty|cheers|merci|danke)
        (?:\s+(?:you|a\s+lot|so\s+much|very\s+much|bot|again))*(?:\s+for\b.{0,40})?
    | (?:bye|goodbye|see\s+you|cya)(?:\s+\w+)?
    | (?:ok|okay|cool|nice|great|awesome|perfect|good\s+bot|lol|haha+)(?:\s+(?:thanks|thank\s+you))?
    | how\s+are\s+(?:you|u)(?:\s+(?:doing|today))*
    | who\s+are\s+(?:you|u) | what\s+are\s+(?:you|u)
    | what(?:['’]?s|\s+is)\s+your\s+name
    | what\s+(?:can|do)\s+(?:you|u)\s+do(?:\s+for\s+(?:me|us))?
    | what\s+can\s+i\s+ask(?:\s+(?:you|here))*
    | how\s+do\s+(?:you\s+work|i\s+use\s+(?:you|(?:this|the)\s+bot))
    | how\s+does\s+(?:this|the)\s+bot\s+work
    | (?:can|could)\s+you\s+help(?:\s+me)? | help(?:\s+me)?
    | test(?:ing)? | ping
    )$""",
    re.IGNORECASE | re.VERBOSE,
)

#: Small talk at the beginning; later, "it" is what the conversation is about.
_SMALL_TALK_AT_FIRST = re.compile(
    r"what\s+can\s+i\s+do(?:\s+here)?|how\s+do\s+i\s+use\s+(?:this|it)|how\s+does\s+this\s+work",
    re.IGNORECASE,
)

#: "Will Cathcart leads which company?", "May Day is when?": names that look like auxiliaries.
_NAME_FIRST = re.compile(
    r"(?:Will|May)\s+(?:[A-Z][\w'’-]*\s+){1,3}(?:is|was|has|had|\w+[^s\W]s|\w+[^es\W]ed)\b"
    r".*\b(?:who|whom|whose|what|when|where|which|why|how)\b"
)

_YES_NO = re.compile(
    r"^(?:is|isn['’]?t|are|aren['’]?t|was|wasn['’]?t|were|weren['’]?t|am|do|don['’]?t|does|"
    r"doesn['’]?t|did|didn['’]?t|has|hasn['’]?t|have|haven['’]?t|had|hadn['’]?t|can|can['’]?t|"
    r"cannot|could|couldn['’]?t|will|won['’]?t|would|wouldn['’]?t|shall|should|shouldn['’]?t|"
    r"may|might|must|whether|if)\b(?!.*\bor\b)",
    re.IGNORECASE,
)
_MEASURED_HOW = (
    r"many|much|long|old|far|often|big|large|high|tall|deep|wide|fast|soon|late|early|heavy|"
    r"hot|cold|expensive|likely|strong|small|young|frequently|quickly|close|near|thick"
)
_EXPLAIN = re.compile(
    rf"^(?:(?:and|but|so)\s+)?(?:why\b|how(?!\s+(?:{_MEASURED_HOW})\b)\b|explain\b|describe\b|"
    r"tell\s+(?:me|us)\s+(?:more\s+)?about\b|summari[sz]e\b|what\s+(?:happened|happens|about|for)\b|for\s+what\s+reason|"
    r"what\s+(?:is|was|were|are)\s+the\s+(?:reasons?|causes?|purpose|aim|goal|point)\b|"
    r"what\s+caused\b|in\s+what\s+way)",
    re.IGNORECASE,
)


def parse_question(
    asked: str, max_chars: int = MAX_CHARS, *, in_conversation: bool = False
) -> Question:
    """Cleans and classifies what a user typed, ``in_conversation`` if something was asked before.

    Raises QuestionError if it is empty, longer than ``max_chars`` or holds no word.
    """
    clean = clean_text(asked)
    if not clean:
        raise QuestionError(
            "The question is empty.", cure="Type a question, such as: Who spoke to whom?"
        )
    if len(clean) > max_chars:
        raise QuestionError(
            f"The question is too long: {len(clean):,} characters of at most {max_chars:,}.",
            cure="Ask it in fewer words.",
        )
    if not any(char.isalnum() for char in clean):
        raise QuestionError("The question holds no words.", cure=f"Type {_EXAMPLE}")
    bare = _bare(clean)
    at_first = not in_conversation and _SMALL_TALK_AT_FIRST.fullmatch(bare)
    if at_first or _SMALL_TALK.match(bare):
        return Question(clean, clean, Kind.SMALL_TALK)
    text = _without_courtesies(clean)
    return Question(clean, text, _kind(text))


def clean_text(text: str) -> str:
    """``text`` in one line, without control characters, direction marks or lone surrogates."""
    text = _SURROGATE.sub("\ufffd", text)
    text = _CONTROL.sub(" ", unicodedata.normalize("NFC", text))
    return " ".join(text.split())


def _without_courtesies(text: str) -> str:
    """The question inside "hey, could you tell me ... please?"; unchanged if nothing remains."""
    parts = [part for part in _AFTER_STOP.split(text) if not _SMALL_TALK.match(_bare(part))]
    bare = " ".join(parts)
    while match := _COURTESY.match(bare):
        bare = bare[match.end() :]
    bare = _TAIL.sub("", bare).strip()
    if sum(char.isalnum() for char in bare) < 3:
        return text
    return bare[:1].upper() + bare[1:] if text[:1].isupper() else bare


def _bare(text: str) -> str:
    return text.strip(" \t?!.…,;:-–—'\"“”‘’()").strip()


def _kind(text: str) -> Kind:
    if _EXPLAIN.match(text):
        return Kind.EXPLAIN
    return Kind.YES_NO if _YES_NO.match(text) and not _NAME_FIRST.match(text) else Kind.SPAN
