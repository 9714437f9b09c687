"""Text of documents and users as Discord must show it: letter for letter, and inert.

Discord's clients read a Markdown of their own, turn addresses into links, ``:names:`` into
emoji and ``<...>`` into mentions, times and commands. A backslash before a character that is
neither a letter, a digit nor a space stops each of these and is not shown. Where the bare text
would notify people, ``@everyone`` and mentions, a zero-width space follows the ``@`` besides,
because notifications are found in the raw text.
"""

from __future__ import annotations

import re
import unicodedata

from index.types import Span

_ZERO_WIDTH_SPACE = "\u200b"
#: Characters that have a meaning anywhere in a line.
_ANYWHERE = re.compile(r"[\\*_~|`\[\]<]")
#: Bullets, headings, small print, block quotes and numbered lists; with what precedes the marker.
_AT_LINE_START = re.compile(r"(?m)^[^\S\n]*(?:([-+#>])|\d+([.)])(?=\s))")
_PING = re.compile(r"@(?=everyone|here|[!&]?\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"\w(:)//")
_INVITE = re.compile(r"discord(?:app)?(\.)(?:gg|com|me|io)\b", re.IGNORECASE)
_EMOJI_NAME = re.compile(r":[\w+~-]+:")
_LINE_BREAKS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
#: Direction overrides, embeddings and isolates: they would turn our own text around as well.
_DIRECTION = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
#: Joiners and direction marks that Arabic, Persian, Indic scripts and emoji need.
_NEEDED = {0x200C, 0x200D, 0x200E, 0x200F, 0x061C}


def _shown(char: str) -> str:
    """``char`` as it is displayed: nothing for what is invisible, a mark for what is broken."""
    code = ord(char)
    if code < 0x7F and code >= 0x20:
        return char
    category = unicodedata.category(char)
    if category == "Cs":  # half a surrogate pair
        return "\ufffd"
    if char == "\n" or code in _NEEDED:
        return char
    if char == "\t":
        return " "
    return "" if category in {"Cc", "Cf"} or code in _DIRECTION else char


def _units(text: str) -> list[str]:
    """What to send for each character of ``text``, by index."""
    flat = _LINE_BREAKS.sub(lambda found: "\n" * len(found.group()), text)
    shown = [_shown(char) for char in flat]
    # Markup is looked for in what is left when the invisible is gone: "@<zero width>everyone"
    # must not become a mention by our own doing.
    origin = [index for index, char in enumerate(shown) if char]
    visible = "".join(shown)
    escaped = set[int]()
    escaped.update(found.start() for found in _ANYWHERE.finditer(visible))
    for pattern in (_AT_LINE_START, _ADDRESS, _INVITE):
        for found in pattern.finditer(visible):
            group = found.lastindex or 0
            escaped.add(found.start(group))
    for found in _EMOJI_NAME.finditer(visible):
        escaped.update((found.start(), found.end() - 1))
    units = list(shown)
    for position in escaped:
        units[origin[position]] = "\\" + units[origin[position]]
    for found in _PING.finditer(visible):
        units[origin[found.start()]] += _ZERO_WIDTH_SPACE
    return units


def escape(text: str) -> str:
    """``text`` so that Discord shows it and does nothing else with it."""
    return "".join(_units(text))


def inert_start(escaped: str) -> str:
    """Escaped text whose first line begins with no mark for a list, heading or quote."""
    found = _AT_LINE_START.match(escaped)
    if found is None:
        return escaped
    at = found.start(found.lastindex or 0)
    return f"{escaped[:at]}\\{escaped[at:]}"


def escape_name(text: str, limit: int = 100) -> str:
    """``text`` on one line, shortened to about ``limit`` characters: titles, names, sections."""
    flat = " ".join(text.split())
    return escape(flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…")


def marked(text: str, bold: Span | None) -> str:
    """``text`` escaped, with ``text[bold.start:bold.end]`` in bold, line by line."""
    units = _units(text)
    if bold is None:
        return "".join(units)
    pieces = ["".join(units[: bold.start])]
    for line in re.split(r"(\n)", "".join(units[bold.start : bold.end])):
        core = line.strip()
        if not core:
            pieces.append(line)
            continue
        lead = line[: len(line) - len(line.lstrip())]
        trail = line[len(line.rstrip()) :]
        pieces.append(f"{lead}**{core}**{trail}")
    pieces.append("".join(units[bold.end :]))
    return "".join(pieces)


def quoted(text: str) -> str:
    """Escaped ``text`` as a block quote. An empty line inside keeps its mark."""
    return "\n".join(f"> {line}" for line in text.split("\n"))
