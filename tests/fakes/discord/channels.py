"""Channels, threads and DMs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import ChannelKind, MessageKind
from tests.fakes.discord.people import Role, User
from tests.fakes.discord.permissions import NOTHING, PRIVATE_CHANNEL, Overwrite, Permission
from tests.fakes.discord.waiting import Watchable

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild
    from tests.fakes.discord.world import World


@dataclass(eq=False)
class Channel(Watchable):
    """A text channel, forum, thread or DM; ``messages`` holds them by id, oldest first."""

    id: int
    kind: ChannelKind
    name: str
    world: World = field(repr=False)
    guild: Guild | None = None
    parent: Channel | None = None
    #: Of a DM, without the bot.
    recipients: tuple[User, ...] = ()
    #: Whether the bot takes part in a private channel. It never does in a group DM.
    has_bot: bool = True
    topic: str | None = None
    position: int = 0
    overwrites: list[Overwrite] = field(default_factory=list)
    messages: dict[int, Message] = field(default_factory=dict)
    #: How often the bot has shown that it is typing here.
    typing_seen: int = 0
    # Threads only.
    owner: User | None = None
    created_at: str = ""
    thread_members: list[User] = field(default_factory=list)
    is_archived: bool = False
    is_locked: bool = False
    auto_archive_minutes: int = 1440
    applied_tags: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def __repr__(self) -> str:
        return f"<Channel {self.name} {self.id}>"

    @property
    def mention(self) -> str:
        return f"<#{self.id}>"

    @property
    def threads(self) -> list[Channel]:
        """Threads, or posts of a forum, oldest first."""
        if self.guild is None:
            return []
        return [each for each in self.guild.channels.values() if each.parent is self]

    @property
    def bot_messages(self) -> list[Message]:
        """What the bot shows here now, oldest first: neither deleted nor still loading."""
        bot = self.world.bot
        return [
            message
            for message in self.messages.values()
            if message.author is bot
            and not message.is_loading
            and message.kind is not MessageKind.THREAD_STARTER
        ]

    def permissions_of(self, user: User) -> Permission:
        if self.guild is None:
            takes_part = self.has_bot if user is self.world.bot else user in self.recipients
            return PRIVATE_CHANNEL if takes_part else NOTHING
        # A thread has the overwrites of the channel it hangs on.
        home = self.parent if self.kind.is_thread and self.parent else self
        return self.guild.permissions_of(user, home.overwrites)

    @property
    def is_seen_by_bot(self) -> bool:
        return Permission.VIEW_CHANNEL in self.permissions_of(self.world.bot)

    def allow(self, target: User | Role, *permissions: Permission) -> None:
        """Grants ``permissions`` here by an overwrite."""
        for permission in permissions:
            overwrite = self._overwrite(target)
            overwrite.allow |= permission
            overwrite.deny &= ~permission
        self.world.channel_updated(self)

    def deny(self, target: User | Role, *permissions: Permission) -> None:
        """Takes ``permissions`` away here by an overwrite."""
        for permission in permissions:
            overwrite = self._overwrite(target)
            overwrite.deny |= permission
            overwrite.allow &= ~permission
        self.world.channel_updated(self)

    def _overwrite(self, target: User | Role) -> Overwrite:
        for overwrite in self.overwrites:
            if overwrite.target_id == target.id:
                return overwrite
        self.overwrites.append(Overwrite(target.id, isinstance(target, Role)))
        return self.overwrites[-1]

    def delete(self) -> None:
        """As a moderator would: with everything in it."""
        self.world.delete_channel(self)
