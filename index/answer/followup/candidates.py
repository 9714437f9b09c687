"""What a question may mean, as a question that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that stands alone, and how likely the words alone make it; comparable within
    one cue."""

    text: str
    prior: float


def sentence(text: str) -> str:
    """``text`` as a question: one line, a capital, a mark at its end."""
    flat = " ".join(text.split()).rstrip(" .,;")
    return capital(flat if flat.endswith(("?", "!", ")")) else f"{flat}?")


def capital(text: str) -> str:
    """``text`` with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def with_topic(question: str, topic: Sequence[str]) -> str:
    """``question`` with what the conversation is about, in brackets."""
    mark = "?" if question.rstrip().endswith("?") else ""
    return f"{question.rstrip(' ?')}{mark} ({', '.join(topic)})" if topic else question
