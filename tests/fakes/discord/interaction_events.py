"""INTERACTION_CREATE, as the client receives it."""

from __future__ import annotations

from tests.fakes.discord import message_payloads, payloads
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.payload_types import ChannelKind, Event, JsonObject
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.world import World

#: Installation contexts: in a server, in the bot's DM, in any other private channel.
IN_GUILD, IN_BOT_DM, IN_PRIVATE_CHANNEL = 0, 1, 2


def context_of(channel: Channel) -> int:
    if channel.guild is not None:
        return IN_GUILD
    is_bot_dm = channel.kind is ChannelKind.DM and channel.has_bot
    return IN_BOT_DM if is_bot_dm else IN_PRIVATE_CHANNEL


def interaction_event(
    interaction: Interaction, interactions: Interactions, world: World, rules: Rules
) -> Event:
    channel = interaction.channel
    guild = channel.guild
    user = interaction.user
    data: JsonObject = {
        "id": str(interaction.id),
        "application_id": str(world.application_id),
        "type": int(interaction.kind),
        "token": interaction.token,
        "version": 1,
        "data": interaction.data,
        "channel_id": str(channel.id),
        "channel": {
            **payloads.channel_json(channel),
            "permissions": str(int(channel.permissions_of(user))),
        },
        "context": context_of(channel),
        "authorizing_integration_owners": interactions.owners(interaction),
        "app_permissions": str(int(_app_permissions(channel, world))),
        "locale": user.locale,
        "entitlements": [],
        "attachment_size_limit": rules.upload_bytes,
    }
    if interaction.source is not None:
        data["message"] = message_payloads.message_json(interaction.source)
    if guild is None:
        data["user"] = payloads.user_json(user)
        return Event("INTERACTION_CREATE", data)
    data |= {
        "guild_id": str(guild.id),
        "guild_locale": guild.locale,
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "member": {
            **payloads.member_json(guild.members[user.id]),
            "permissions": str(int(channel.permissions_of(user))),
        },
    }
    return Event("INTERACTION_CREATE", data, guild_id=guild.id if guild.has_bot else None)


def _app_permissions(channel: Channel, world: World) -> Permission:
    """Where the bot is not a member, it may at least answer with text, embeds and files."""
    return channel.permissions_of(world.bot) or (
        Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE
    )
