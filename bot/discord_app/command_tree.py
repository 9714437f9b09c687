"""The tree of commands, which never leaves a command without a response."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import aiohttp
import discord
from discord import app_commands

from bot.discord_app.failures import describe

if TYPE_CHECKING:
    from bot.discord_app.client import FootnoteBot

log = logging.getLogger(__name__)

UNKNOWN_COMMAND = (
    "I do not know this command (any more). Discord will list the present ones shortly; "
    "/help tells what I can do."
)


class CommandTree(app_commands.CommandTree["FootnoteBot"]):
    async def on_error(
        self,
        interaction: discord.Interaction[FootnoteBot],
        error: app_commands.AppCommandError,
        /,
    ) -> None:
        name = interaction.command.qualified_name if interaction.command is not None else "?"
        if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
            log.info("An unknown or outdated command was used: %s", error)
            line = UNKNOWN_COMMAND
        else:
            cause = getattr(error, "original", error)
            line = describe(cause, f"The command {name}").line
        if interaction.type is discord.InteractionType.autocomplete:
            return
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(content=line, view=None, attachments=[])
            else:
                await interaction.response.send_message(line, ephemeral=True)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as failure:
            log.info("A command's error could not be shown: %s", failure)
