"""Permission bits, and how roles and overwrites add up to what a member may do in a channel."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntFlag


class Permission(IntFlag):
    KICK_MEMBERS = 1 << 1
    BAN_MEMBERS = 1 << 2
    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    ADD_REACTIONS = 1 << 6
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    USE_EXTERNAL_EMOJIS = 1 << 18
    MANAGE_ROLES = 1 << 28
    MANAGE_WEBHOOKS = 1 << 29
    USE_APPLICATION_COMMANDS = 1 << 31
    MANAGE_THREADS = 1 << 34
    CREATE_PUBLIC_THREADS = 1 << 35
    CREATE_PRIVATE_THREADS = 1 << 36
    SEND_MESSAGES_IN_THREADS = 1 << 38


NOTHING = Permission(0)
ALL = Permission(sum(Permission))
#: What Discord gives @everyone in a new server, as far as it concerns text.
EVERYONE = (
    Permission.ADD_REACTIONS
    | Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.MENTION_EVERYONE
    | Permission.USE_EXTERNAL_EMOJIS
    | Permission.USE_APPLICATION_COMMANDS
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.CREATE_PRIVATE_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)
#: In a DM there are no roles; this is what both sides may do there.
PRIVATE_CHANNEL = EVERYONE & ~(Permission.CREATE_PUBLIC_THREADS | Permission.CREATE_PRIVATE_THREADS)


@dataclass(slots=True)
class Overwrite:
    """A channel's exception for one role or one member."""

    target_id: int
    is_role: bool
    allow: Permission = NOTHING
    deny: Permission = NOTHING


def effective(
    *,
    guild_id: int,
    member_id: int,
    is_owner: bool,
    roles: Iterable[tuple[int, Permission]],
    overwrites: Iterable[Overwrite],
) -> Permission:
    """Base permissions of all roles, then @everyone's, the roles' and the member's overwrites.

    The order is that of Discord's documentation ("Permission Overwrites"). ``roles`` are
    (id, permissions) pairs and include @everyone, whose id is the guild's.
    """
    held = list(roles)
    base = NOTHING
    for _, permissions in held:
        base |= permissions
    if is_owner or base & Permission.ADMINISTRATOR:
        return ALL
    role_ids = {role_id for role_id, _ in held} - {guild_id}
    everyone: list[Overwrite] = []
    by_role: list[Overwrite] = []
    by_member: list[Overwrite] = []
    for overwrite in overwrites:
        if overwrite.is_role and overwrite.target_id == guild_id:
            everyone.append(overwrite)
        elif overwrite.is_role and overwrite.target_id in role_ids:
            by_role.append(overwrite)
        elif not overwrite.is_role and overwrite.target_id == member_id:
            by_member.append(overwrite)
    for group in (everyone, by_role, by_member):
        allow, deny = NOTHING, NOTHING
        for overwrite in group:
            allow |= overwrite.allow
            deny |= overwrite.deny
        base = (base & ~deny) | allow
    # Who may not see a channel may do nothing in it.
    return base if base & Permission.VIEW_CHANNEL else NOTHING
