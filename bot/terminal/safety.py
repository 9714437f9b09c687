"""Text from a document, made harmless for a terminal.

A document is written by somebody else. Printed raw, its bytes could move the cursor, rename the
window, fake an answer or reverse the reading order. What comes out of :func:`visible` is one line
of printable characters.
"""

from __future__ import annotations

import codecs
import re

#: Blanks that would break a line, overwrite it or jump: all read as one space.
_BREAKS = "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
#: Embeddings, overrides and isolates. They stay in force beyond the text that holds them; the
#: plain marks U+200E, U+200F and U+061C do not, and right-to-left text needs them.
_BIDI = "\u202a-\u202e\u2066-\u2069"
_UNSAFE = re.compile(rf"\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029{_BIDI}\ufff9-\ufffb\ud800-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")

#: What a terminal without UTF-8 shows for the typography that articles are full of.
_PLAIN_TYPE = {
    "‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "·": "-",
    "│": "|", "›": ">", "•": "*", "✓": "ok", "✗": "x", "\u00a0": " ",
}  # fmt: skip


def visible(text: str) -> str:
    """``text`` on one line, with control and bidirectional characters shown instead of obeyed.

    Printable text comes back unchanged.
    """
    return _UNSAFE.sub(_shown, text)


def whole(text: str) -> str:
    """``text`` with lone surrogates replaced, so that it can be encoded and handed on."""
    return _SURROGATE.sub("\ufffd", text)


def _shown(match: re.Match[str]) -> str:
    found = match.group()
    if found == "\r\n" or found in _BREAKS:
        return " "
    code = ord(found)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures: ESC reads as one small "ESC"
    return "\u2421" if code == 0x7F else f"<U+{code:04X}>"


def _plain_type(error: UnicodeError) -> tuple[str, int]:
    """A codec error handler: plain quotes and dashes, a backslash escape for everything else."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    failed = error.object[error.start : error.end]
    shown = (
        _PLAIN_TYPE.get(c) or c.encode("ascii", "backslashreplace").decode("ascii") for c in failed
    )
    return "".join(shown), error.end


def register_plain_type() -> str:
    """Makes the handler known to :mod:`codecs`; returns the name to give as ``errors``."""
    codecs.register_error("footnote-plain-type", _plain_type)
    return "footnote-plain-type"
