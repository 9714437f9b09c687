"""Questions that ask for a thing with a form of its own, and where that thing stands.

An e-mail address, a phone number or a link is told apart by its form alone, where it is asked for.
Who sent the e-mail, when, or what it says is something else.
"""

from __future__ import annotations

import re

from index.ingest.layout import CREDIT
from index.types import Span

URL = re.compile(r"(?:https?://|www\.)[^\s<>|`\"”)\]]*[^\s<>|`\"”)\].,;:!?]")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_YEAR = r"(?:1\d|20)\d\d"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
#: 1876-03-07, 7/3/1876, 3/7/1876 and 1939-1945 have the digits of a phone number.
_DATE = rf"(?:{_YEAR}[/-]{_MONTH}[/-]{_DAY}|{_DAY}[ /-]{_DAY}[ /-]{_YEAR}|{_YEAR}\s?[/-]\s?{_YEAR})"
_PHONE = re.compile(rf"(?<![\w/.-])\+?\(?(?!{_DATE}(?!\d))\d[\d ()/-]{{4,}}\d(?![\w-])")
#: The name in the attribution line of a post: "— Financial Times (@FT) March 27, 2025".
_POSTER = re.compile(r"[—–-]\s*(\S[^—–]{0,80}?)\s*\(@\w+\)")

_LEAD = (
    r"(?:and\s+|so\s+)?"
    r"(?:what(?:['’]?s|\s+(?:is|are|was|were))\s+(?!an?\s)|(?:is|are)\s+there\s+(?:an?\s+|any\s+)?"
    r"|(?:please\s+)?(?:tell|give|send|show|list|find|name)\s+(?:(?:me|us)\s+)?"
    r"|i\s+(?:need|want)\s+)?(?:the\s+)?"
)
#: Words before the thing: of "the name of who runs the website", it is not what is asked for.
_MODIFIERS = (
    r"(?:(?!(?:who|whom|whose|what|when|where|which|why|how|since|of|that|for|by|on|in|with|about|"
    r"to|the|an?|is|are|was|were|do|does|did|can|could|has|have|had|will|would)\b)[\w'’.&-]+\s+){0,5}?"
)
_TAIL = r"(?=\W*$|,|\s+(?:of|for|from|to|at|in|on|under|where|that|which|i|we|you)\s+\w)"


def _asks_for(thing: str, full: str) -> str:
    """Questions for ``thing``, such as "e-mail"; ``full`` can mean nothing else: "e-mail
    address"."""
    return (
        rf"^{_LEAD}{_MODIFIERS}(?:{full}|{thing}){_TAIL}(?!.*\babout\b)"
        rf"|^(?:\w+\s+)?(?:what|which)\s+(?:{full}\b|(?:{thing})"
        r"(?=\W*$|\s+(?:can|could|do|should|must|may|to)\b))"
        r"|^how\b.*\b(?:reach|contact|write|call|answer|apply|register|order|book)\b"
        rf".*\b(?:by|via|per|through|over|on)\s+(?:{full}|{thing})\b"
    )


_ASKED = tuple(
    (re.compile(asks, re.IGNORECASE), form)
    for asks, form in (
        (_asks_for(r"e-?mails?", r"e-?mail\s+address(?:es)?"), EMAIL),
        (
            _asks_for(r"(?:tele)?phone", r"(?:tele)?phone\s+numbers?")
            + r"|^(?:\w+\s+)?(?:what|which)\s+number(?:\W*$|\b.*\b(?:call|dial|phone|reach|ring)\b)"
            rf"|^{_LEAD}number\b.*\b(?:call|dial|phone|reach|ring)\b",
            _PHONE,
        ),
        (
            _asks_for(r"links?|urls?|web\s?sites?|web\s?pages?", r"url|web\s+address(?:es)?"),
            URL,
        ),
        (
            r"\bphotographers?\b|\b(?:photo|picture|image)s?\s+(?:credit|by)\b"
            r"|\bwho\s+(?:took|shot|made|takes)\b.*\b(?:photo|picture|image|shot)",
            CREDIT,
        ),
        (
            r"\b(?:who|which|what)\b.*\b(?:re)?(?:posted|tweeted|shared)\b"
            r"|\bwhose\s+(?:tweet|post)\b",
            _POSTER,
        ),
    )
)


def find_asked(question: str, shown: str) -> Span | None:
    """Where in ``shown`` the address, number, photographer or poster stands that ``question``
    asks for; None if it asks for none of them or there is none."""
    for asks, form in _ASKED:
        if asks.search(question) and (found := form.search(shown)):
            return Span(*found.span(found.lastindex or 0))
    return None
