"""What commands for those who manage a server have in common."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import aiohttp
import discord
from discord import app_commands

if TYPE_CHECKING:
    from bot.discord_app.client import FootnoteBot

log = logging.getLogger(__name__)

C = TypeVar("C", bound=Callable[..., Any] | app_commands.Command[Any, ..., Any])

NOT_YOURS = "This is for those who manage the server."
#: Discord counts edits; more than one a second helps nobody.
_EDIT_EVERY_S = 1.2


def for_managers(command: C) -> C:
    """Offer a command in servers only, and by default to those with Manage Server only."""
    command = app_commands.default_permissions(manage_guild=True)(command)
    command = app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)(command)
    return app_commands.allowed_installs(guilds=True, users=False)(command)


async def is_manager(interaction: discord.Interaction[FootnoteBot]) -> bool:
    """Whether the user may manage the server; if not, they are told. Discord hides the command
    from others by default, but a server can change that."""
    if interaction.guild_id is not None and interaction.permissions.manage_guild:
        return True
    await interaction.response.send_message(NOT_YOURS, ephemeral=True)
    return False


def may_read(interaction: discord.Interaction[Any], channel_id: int | None) -> bool:
    """Whether the user sees that channel of the server: managing does not imply it."""
    if interaction.permissions.administrator or channel_id == interaction.channel_id:
        return True
    guild, user = interaction.guild, interaction.user
    if guild is None or channel_id is None or not isinstance(user, discord.Member):
        return False
    channel = guild.get_channel_or_thread(channel_id)
    if channel is None or (isinstance(channel, discord.Thread) and channel.parent is None):
        return False
    held = channel.permissions_for(user)
    if isinstance(channel, discord.Thread) and channel.is_private():
        # Only its members see it, whom we are not told of, and those who manage threads.
        return held.view_channel and held.manage_threads
    return held.view_channel


class ProgressTeller:
    """Shows how far something is, at most once in a while."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._shown_at = 0.0
        self._task: asyncio.Task[None] | None = None

    def tell(self, line: str) -> None:
        """Show ``line`` soon, or skip it; returns at once."""
        now = time.monotonic()
        if now - self._shown_at < _EDIT_EVERY_S or (self._task and not self._task.done()):
            return
        self._shown_at = now
        self._task = asyncio.create_task(self._show(line))

    async def stop(self) -> None:
        """Wait until the last line is shown, so that it cannot overtake the result."""
        if self._task is not None:
            await self._task

    async def _show(self, line: str) -> None:
        try:
            await self._interaction.edit_original_response(content=line)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.debug("Progress is not shown: %s", error)
