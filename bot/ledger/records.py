"""The rows of the ledger. Times are seconds since 1970; ``user`` is ``Ledger.pseudonym``."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Answer


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """An answer that was given, with all that its buttons and a later check need."""

    #: Random, 12 hexadecimal digits.
    id: str
    at: float
    user: str
    guild_id: int | None
    channel_id: int | None
    #: Names the exchange that a follow-up continues.
    conversation: str
    private: bool
    #: "mention", "direct", "ask", ...: where the question came from.
    surface: str
    answer: Answer
    #: The messages that show it; empty until they are sent.
    message_ids: tuple[int, ...] = ()
    #: The channel of the first of these, which may be a thread that was opened for the answer.
    shown_in: int | None = None


@dataclass(frozen=True, slots=True)
class ChannelSettings:
    """What an administrator switched on in one channel. Everything is off by default."""

    channel_id: int
    guild_id: int
    answer_all: bool = False
    forum: bool = False
    threads: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """A question that was taken up. ``key`` is "m:" or "i:" and the id of the message or
    interaction; ``token`` lets a restarted bot edit a deferred response, and is cleared with
    ``channel_id`` as soon as the question is done."""

    key: str
    at: float
    channel_id: int | None
    token: str | None = None
    #: Of the question's text; tells an edited question from a preview that was added to it.
    #: Empty when its asker had it forgotten.
    digest: str = ""
    user: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    answer_id: str
    user: str
    helpful: bool
    reason: str
    at: float


@dataclass(frozen=True, slots=True)
class Draft:
    """An edited question that its author may ask again."""

    #: Of the edited message.
    message_id: int
    at: float
    user: str
    question: str
    conversation: str | None


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the documents did not answer."""

    question: str
    at: float
    channel_id: int | None
