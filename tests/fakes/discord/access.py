"""Finding what a request names, and checking that the bot may do what it asks there."""

from __future__ import annotations

from tests.fakes.discord.backend import Call
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import (
    archived_thread,
    cannot_message_user,
    missing_access,
    missing_permissions,
    not_a_text_channel,
    unknown_channel,
    unknown_message,
)
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import Body, ChannelKind
from tests.fakes.discord.permissions import NOTHING, Permission


def channel_of(call: Call, *needed: Permission) -> Channel:
    """The channel in the path: 10003 if there is none, 50001 unseen, 50013 without ``needed``."""
    channel = call.backend.world.channels.get(call.id("channel_id"))
    if channel is None:
        raise unknown_channel()
    if not channel.is_seen_by_bot:
        raise missing_access()
    permissions = channel.permissions_of(call.backend.world.bot)
    if any(permission not in permissions for permission in needed):
        raise missing_permissions()
    return channel


def channel_to_write_in(call: Call, body: Body | None = None) -> Channel:
    """A channel in which the bot may post, here with what ``body`` holds."""
    channel = channel_of(call)
    if channel.kind in (ChannelKind.FORUM, ChannelKind.CATEGORY):
        raise not_a_text_channel()
    require(call, channel, writing(channel) | posting(body))
    if channel.kind is ChannelKind.DM and not channel.recipients[0].accepts_dms:
        raise cannot_message_user()
    if channel.is_archived and channel.is_locked:
        raise archived_thread()
    return channel


def writing(channel: Channel) -> Permission:
    in_thread = channel.kind.is_thread
    return Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES


def posting(body: Body | None) -> Permission:
    """What the parts of a message need beyond writing."""
    needed = NOTHING
    if body is not None and body.json.get("embeds"):
        needed |= Permission.EMBED_LINKS
    if body is not None and body.files:
        needed |= Permission.ATTACH_FILES
    return needed


def require(call: Call, channel: Channel, needed: Permission) -> None:
    if needed & ~channel.permissions_of(call.backend.world.bot):
        raise missing_permissions()


def message_of(call: Call, channel: Channel) -> Message:
    """The message in the path, if it is one that the channel shows to the bot's REST calls."""
    message = channel.messages.get(call.id("message_id"))
    if message is None or message.is_ephemeral:
        raise unknown_message()
    return message
