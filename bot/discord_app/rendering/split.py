"""Cutting text that is too long for one message.

Cuts fall between paragraphs, else lines, sentences, words; never inside an escape, a
surrogate pair or a joined emoji. Bold text, block quotes and code fences that a cut would break
are closed before it and opened again after it.
"""

from __future__ import annotations

import re
import unicodedata

from bot.discord_app.rendering.escape import inert_start

#: Discord's limit for the text of one message.
CONTENT_LIMIT = 2000
#: Room for what closes and reopens markup at a cut.
_MARGIN = 24
_BORDERS = (
    re.compile(r"\n\n"),
    re.compile(r"\n"),
    re.compile(r"""(?<=[.!?…])["”’')\]*]*\s"""),
    re.compile(r"\s"),
)
_FENCE = re.compile(r"(?m)^(?:> )?```([\w+#-]*)")


def length(text: str) -> int:
    """Length in UTF-16 units: at least what Discord counts, whichever way it counts."""
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def split(text: str, limit: int = CONTENT_LIMIT) -> list[str]:
    """``text`` in parts of at most ``limit``, none of them blank."""
    parts: list[str] = []
    rest = text.strip("\n")
    while _prefix(rest, limit) < len(rest):
        cut = _cut(rest, limit - _MARGIN)
        head, tail = rest[:cut].rstrip(), rest[cut:]
        close, reopen = _seam(rest[:cut])
        if rest[cut - 1] == "\n" or tail.startswith("\n"):
            tail = tail.lstrip("\n")
        else:  # what stood inside a line now begins one
            tail = inert_start(tail.lstrip(" "))
        if head.strip("> \n"):
            parts.append(head + close)
        rest = reopen + tail
    if rest.strip():
        parts.append(rest.rstrip())
    return parts


def fit(text: str, limit: int) -> str:
    """``text``, cut short with an ellipsis if it is longer than ``limit``."""
    if length(text) <= limit:
        return text
    return split(text[: 2 * limit], limit - 2)[0] + " …"


def _prefix(text: str, budget: int) -> int:
    """How many characters of ``text`` fit into ``budget``."""
    spent = 0
    for index, char in enumerate(text):
        spent += 2 if ord(char) > 0xFFFF else 1
        if spent > budget:
            return index
    return len(text)


def _cut(text: str, budget: int) -> int:
    most = _prefix(text, budget)
    window = text[:most]
    for border in _BORDERS:
        ends = [found.end() for found in border.finditer(window)]
        if ends and ends[-1] > most // 2:
            return ends[-1]
    cut = most
    while cut > most - 64 and _joined(text, cut):
        cut -= 1
    # A long row of escaped marks holds no other place; a backslash still keeps what it escapes.
    return cut - 1 if _escaped(text, cut) else cut


def _escaped(text: str, cut: int) -> bool:
    """Whether a backslash before ``cut`` escapes the character behind it."""
    slashes = len(text[:cut]) - len(text[:cut].rstrip("\\"))
    return slashes % 2 == 1


def _joined(text: str, cut: int) -> bool:
    """Whether a cut at ``cut`` would tear something that belongs together."""
    before, after = text[cut - 1], text[cut]
    return (
        _escaped(text, cut)
        or after in "*`\u200b"
        or before in "*`\u200d"
        or after in "\u200d\ufe0f"
        or unicodedata.combining(after) > 0
        or 0x1F3FB <= ord(after) <= 0x1F3FF
    )


def _seam(head: str) -> tuple[str, str]:
    """What closes the markup that is open at the end of ``head``, and what opens it again."""
    fences = _FENCE.findall(head)
    if len(fences) % 2:
        return "\n```", f"```{fences[-1]}\n"
    line = head.rsplit("\n", 1)[-1]
    mark = "> " if line.startswith("> ") else "-# " if line.startswith("-# ") else ""
    bare = re.sub(r"\\.", "", line)
    if bare.count("**") % 2:
        return "**", f"{mark}**"
    return "", mark
