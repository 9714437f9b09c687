"""How numbers, times and long texts are put into words."""

from __future__ import annotations

from typing import Final

#: Lowest confidence of each word, best first.
_CONFIDENCE: Final = ((0.85, "high confidence"), (0.6, "fair confidence"), (0.0, "low confidence"))


def counted(count: int, noun: str) -> str:
    """``1 document``, ``3 documents``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def confidence_words(confidence: float) -> str:
    """How sure an answer is, in words and as a percentage."""
    word = next(word for floor, word in _CONFIDENCE if confidence >= floor)
    return f"{word} ({confidence:.0%})"


def duration(milliseconds: float) -> str:
    """A time as people read it: ``84 ms``, ``1.2 s``."""
    return f"{milliseconds:.0f} ms" if milliseconds < 1000 else f"{milliseconds / 1000:.1f} s"


def shortened(text: str, limit: int) -> str:
    """``text`` with blanks joined, cut before the word that passes ``limit`` characters."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:") + "…"
