"""The minimal bot, connected to a loopback Discord that is furnished with a channel and a user."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest_asyncio

from tests.fakes.discord import Actor, Channel, Guild, LoopbackDiscord
from tests.fakes.discord.discord_py import running
from tests.fakes.discord.fixtures import *  # noqa: F403
from tests.fakes.discord.minimal_bot import MinimalBot


@dataclass(frozen=True)
class Scene:
    server: LoopbackDiscord
    guild: Guild
    channel: Channel
    ann: Actor
    bot: MinimalBot


@pytest_asyncio.fixture
async def scene(loopback_discord: LoopbackDiscord) -> AsyncIterator[Scene]:
    guild = loopback_discord.guild()
    channel = guild.channel("general")
    ann = loopback_discord.user("Ann", guild)
    bot = MinimalBot()
    async with running(bot, loopback_discord):
        yield Scene(loopback_discord, guild, channel, ann, bot)
