"""A loopback Discord: REST and gateway on 127.0.0.1 for tests with the real client.

    async with LoopbackDiscord() as discord:
        guild = discord.guild()
        channel = guild.channel("general")
        ann = discord.user("Ann", guild)
        ...

README.md shows a whole test.
"""

from __future__ import annotations

from tests.fakes.discord.actors import Actor
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.findings import ProtocolBreach
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interaction import Callback, Interaction
from tests.fakes.discord.invocations import NotOffered
from tests.fakes.discord.mentions import NOBODY, Mentions
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import (
    ChannelKind,
    Intent,
    MessageFlag,
    MessageKind,
    Upload,
)
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.server import LoopbackDiscord

__all__ = [
    "LoopbackDiscord",
    "Rules",
    "Actor",
    "Guild",
    "Channel",
    "Message",
    "Mentions",
    "NOBODY",
    "Interaction",
    "Callback",
    "NotOffered",
    "Permission",
    "Intent",
    "ChannelKind",
    "MessageKind",
    "MessageFlag",
    "Upload",
    "ProtocolBreach",
]
