"""What travels over the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum, IntFlag
from typing import Any

#: A decoded JSON object. Its values are whatever a client sent, so nothing is promised of them.
JsonObject = dict[str, Any]


class Intent(IntFlag):
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    GUILD_MESSAGE_REACTIONS = 1 << 10
    GUILD_MESSAGE_TYPING = 1 << 11
    DIRECT_MESSAGES = 1 << 12
    DIRECT_MESSAGE_REACTIONS = 1 << 13
    DIRECT_MESSAGE_TYPING = 1 << 14
    MESSAGE_CONTENT = 1 << 15


NO_INTENTS = Intent(0)
PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
#: Bits 0-16, 20, 21, 24 and 25 mean something; any other bit is close code 4013.
KNOWN_INTENTS = sum(1 << bit for bit in (*range(17), 20, 21, 24, 25))


class MessageFlag(IntFlag):
    SUPPRESS_EMBEDS = 1 << 2
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    COMPONENTS_V2 = 1 << 15


NO_FLAGS = MessageFlag(0)


class ChannelKind(IntEnum):
    TEXT = 0
    DM = 1
    VOICE = 2
    GROUP_DM = 3
    CATEGORY = 4
    NEWS = 5
    NEWS_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15

    @property
    def is_thread(self) -> bool:
        return self in (self.NEWS_THREAD, self.PUBLIC_THREAD, self.PRIVATE_THREAD)

    @property
    def is_private(self) -> bool:
        return self in (self.DM, self.GROUP_DM)


class MessageKind(IntEnum):
    DEFAULT = 0
    PINNED = 6
    USER_JOIN = 7
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU_COMMAND = 23


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as a client or a user sends it."""

    filename: str
    content: bytes
    content_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Body:
    """A request's JSON and the files beside it, by the id that ``attachments[].id`` names."""

    json: Any = None
    files: dict[int, Upload] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a route answers: a status and, unless it is 204, a JSON body."""

    status: int = 204
    body: Any = None


@dataclass(frozen=True, slots=True)
class Event:
    """A dispatch, as a session with all intents receives it.

    ``intents``: a session gets it if it asked for one of these (0: every session does).
    ``stripped``: what a session without MESSAGE_CONTENT gets in place of ``data``.
    ``guild_id`` decides the shard.
    """

    name: str
    data: JsonObject
    intents: Intent = NO_INTENTS
    guild_id: int | None = None
    stripped: JsonObject | None = None
