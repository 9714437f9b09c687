"""What is said to a model and what comes back, whoever runs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of what the model is given."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one call, as the provider counts them; 0 where it does not tell."""

    input: int = 0
    output: int = 0


@dataclass(frozen=True, slots=True)
class Chunk:
    """A piece of a streamed answer. ``usage`` is the count so far, where the provider tells."""

    text: str
    usage: Usage | None = None


#: Opens one streamed call. Raises whatever the provider's library raises, at once or later.
Transport = Callable[[Sequence[Message]], Iterator[Chunk]]

#: Characters a token holds at least, on average, in the languages and tokenizers in use: an
#: estimate by it is rather too high, which is the right side for a limit.
CHARS_PER_TOKEN = 3


def estimate_tokens(text: str) -> int:
    """About how many tokens ``text`` is, rather too many; for providers that do not tell."""
    return len(text.encode("utf-8", "replace")) // CHARS_PER_TOKEN + 1
