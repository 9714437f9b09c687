"""Users, and what a server adds to them: roles and membership."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.discord.permissions import NOTHING, Permission


@dataclass(eq=False)
class User:
    id: int
    name: str
    is_bot: bool = False
    locale: str = "en-US"
    #: A user who has closed their DMs answers 50007.
    accepts_dms: bool = True

    @property
    def mention(self) -> str:
        return f"<@{self.id}>"

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name}>"


@dataclass(eq=False)
class Role:
    id: int
    name: str
    permissions: Permission = NOTHING
    mentionable: bool = False
    managed: bool = False
    #: Of the role that came with a bot.
    bot_id: int | None = None
    position: int = 1

    @property
    def mention(self) -> str:
        return f"<@&{self.id}>"


@dataclass(eq=False)
class Member:
    user: User
    joined_at: str
    #: Without @everyone, as on the wire.
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None
