"""/new."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.ledger import Store

_BEGUN = "A new conversation. What was said here before is forgotten."
_NOTHING = "Nothing was said here that I would go on from."
_CHANNEL = (
    "In a channel every question begins a conversation of its own. To go on with one, reply to "
    "its answer; to begin a new one, just ask."
)


class Conversations(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="new", description="Begin a new conversation here.")
    async def new(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        """Direct messages and threads are one conversation each; a channel is none."""
        alone = interaction.guild_id is None
        if not (alone or isinstance(interaction.channel, discord.Thread)):
            await interaction.response.send_message(_CHANNEL, ephemeral=True)
            return
        await interaction.response.defer(ephemeral=True)
        conversation = f"c:{interaction.channel_id}"
        begun = await self._bot.ledger.write(Store.forget_turns, conversation)
        await interaction.edit_original_response(content=_BEGUN if begun else _NOTHING)
