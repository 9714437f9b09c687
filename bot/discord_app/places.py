"""Where a message or interaction is."""

from __future__ import annotations

from typing import Any

import discord

from bot.discord_app.scope import Where


def where_of(source: discord.Message | discord.Interaction[Any]) -> Where:
    """Server, channel, and the channel that a thread belongs to."""
    channel = source.channel
    if isinstance(source, discord.Message):
        guild_id = server_of(source)
        channel_id: int | None = source.channel.id
    else:
        guild_id, channel_id = source.guild_id, source.channel_id
    parent_id = channel.parent_id if isinstance(channel, discord.Thread) else None
    return Where(guild_id, channel_id, parent_id)


def server_of(message: discord.Message) -> int | None:
    """The id of its server, known to us or not; None in direct messages."""
    if message.guild is not None:
        return message.guild.id
    # While a server is unavailable, its channels are known by their ids alone.
    return getattr(message.channel, "guild_id", None)
