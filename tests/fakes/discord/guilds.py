"""Servers: their roles, members and channels."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.payload_types import ChannelKind
from tests.fakes.discord.people import Member, Role, User
from tests.fakes.discord.permissions import EVERYONE, NOTHING, Overwrite, Permission, effective

if TYPE_CHECKING:
    from tests.fakes.discord.world import World


@dataclass(eq=False)
class Guild:
    """Dictionaries are by id. ``channels`` holds threads too."""

    id: int
    name: str
    world: World = field(repr=False)
    owner: User
    joined_at: str
    locale: str = "en-US"
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.roles[self.id] = Role(self.id, "@everyone", EVERYONE, position=0)

    def __repr__(self) -> str:
        return f"<Guild {self.name}>"

    @property
    def everyone(self) -> Role:
        return self.roles[self.id]

    @property
    def has_bot(self) -> bool:
        return self.world.bot.id in self.members

    def channel(
        self, name: str, kind: ChannelKind = ChannelKind.TEXT, *, topic: str | None = None
    ) -> Channel:
        """A new channel, which a connected bot is told of."""
        return self.world.add_channel(self, name, kind, topic=topic)

    def forum(self, name: str) -> Channel:
        return self.channel(name, ChannelKind.FORUM)

    def role(self, name: str, *permissions: Permission, mentionable: bool = False) -> Role:
        granted = NOTHING
        for permission in permissions:
            granted |= permission
        role = Role(self.world.ids.next(), name, granted, mentionable, position=len(self.roles))
        self.roles[role.id] = role
        self.world.role_created(self, role)
        return role

    def permit(self, role: Role, *permissions: Permission) -> None:
        """Gives ``role`` exactly these permissions. ``bot_role`` is the bot's own."""
        role.permissions = NOTHING
        for permission in permissions:
            role.permissions |= permission
        self.world.role_updated(self, role)

    @property
    def bot_role(self) -> Role:
        return next(role for role in self.roles.values() if role.bot_id is not None)

    def join(self, user: User, *roles: Role) -> Member:
        """Makes ``user`` a member, or gives a member more roles."""
        member = self.members.get(user.id)
        if member is None:
            member = self.members[user.id] = Member(user, self.world.clock.stamp())
            member.roles.extend(roles)
            self.world.member_joined(self, member)
        else:
            member.roles.extend(role for role in roles if role not in member.roles)
            self.world.member_updated(self, member)
        return member

    def remove(self, user: User) -> None:
        """Kicks ``user``. For the bot this is the end of the server."""
        self.world.member_left(self, self.members.pop(user.id))

    def permissions_of(self, user: User, overwrites: Iterable[Overwrite] = ()) -> Permission:
        member = self.members.get(user.id)
        if member is None:
            return NOTHING
        roles = [self.everyone, *member.roles]
        return effective(
            guild_id=self.id,
            member_id=user.id,
            is_owner=user is self.owner,
            roles=[(role.id, role.permissions) for role in roles],
            overwrites=overwrites,
        )
