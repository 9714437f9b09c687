"""A small reading of Discord's message markup, written from its behaviour and not from ours: what
a person sees of a text, and what in it would do something.

It errs on the strict side: whatever might be taken for markup by some client counts.
"""

from __future__ import annotations

import re

_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
#: A private-use character that stands for an escaped one, so that no pattern sees it.
_HIDDEN = 0xF0000

ACTIVE = {
    "mention": re.compile(r"<@[!&]?\d+>|<#\d+>|<id:\w+>", re.IGNORECASE),
    "everyone": re.compile(r"@(?:everyone|here)", re.IGNORECASE),
    "raw mention": re.compile(r"@[!&]?\d{5,}"),
    "command": re.compile(r"</[\w -]+:\d+>"),
    "time": re.compile(r"<t:-?\d+(?::\w)?>"),
    "custom emoji": re.compile(r"<a?:\w+:\d+>"),
    "emoji name": re.compile(r":[\w+~-]+:"),
    "link": re.compile(r"(?:https?|steam|discord|ftp)://\S", re.IGNORECASE),
    "masked link": re.compile(r"\]\("),
    "invite": re.compile(r"discord(?:app)?\.(?:gg|com/invite)/\S", re.IGNORECASE),
    "code": re.compile(r"`"),
    "spoiler": re.compile(r"\|\|"),
    "emphasis": re.compile(r"[*_]|~~"),
    "heading": re.compile(r"(?m)^\s*(?:-#|#{1,3})\s"),
    "quote": re.compile(r"(?m)^\s*>{1,3}(?:\s|$)"),
    "list": re.compile(r"(?m)^\s*(?:[-*+]|\d+[.)])\s"),
}


def hide_escapes(text: str) -> str:
    """``text`` with each escaped character replaced by one that means nothing."""
    return _ESCAPE.sub(lambda found: chr(_HIDDEN + ord(found[1]) % 0xFFFF), text)


def active(text: str) -> set[str]:
    """The kinds of markup that ``text`` still has."""
    bare = hide_escapes(text)
    return {kind for kind, pattern in ACTIVE.items() if pattern.search(bare)}


def read(text: str) -> str:
    """What a person reads of escaped ``text`` without markup of its own."""
    return _ESCAPE.sub(lambda found: found[1], text).replace("\u200b", "")
