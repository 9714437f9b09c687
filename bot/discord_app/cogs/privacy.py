"""/privacy and /forget-me."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.model_place import asked_elsewhere
from bot.discord_app.pages import privacy_sections
from bot.discord_app.views import panel_view


class Privacy(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="privacy", description="What I keep, and for how long.")
    async def privacy(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        settings = self._bot.settings
        sections = privacy_sections(settings.retention_days, elsewhere=asked_elsewhere(settings))
        await interaction.response.send_message(
            view=panel_view("Privacy", sections), ephemeral=True
        )

    @app_commands.command(name="forget-me", description="Delete what I keep about you.")
    async def forget_me(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        await interaction.response.defer(ephemeral=True)
        ledger = self._bot.ledger
        deleted = await ledger.forget(ledger.pseudonym(interaction.user.id))
        told = (
            f"Deleted: {deleted} answers and votes, and the conversations they belong to."
            if deleted
            else "There is nothing that I keep about you."
        )
        if ledger.health.problem is not None:
            told += " My ledger is out of use at the moment; please repeat this later."
        await interaction.edit_original_response(content=told)
