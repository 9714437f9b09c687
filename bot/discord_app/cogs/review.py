"""/gaps and /verify: what was asked in vain, and whether what was said still stands."""

from __future__ import annotations

import asyncio

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.managers import ProgressTeller, for_managers, is_manager, may_read
from bot.discord_app.review_pages import gaps_sections, verification_sections
from bot.discord_app.views import panel_view
from bot.ledger import AnswerRecord, Store
from bot.verification import Verification

#: Answers read from the ledger at once: a tenth of a second for everybody else who waits for it.
_PAGE = 100


class Review(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="gaps", description="What was asked here and not found.")
    @for_managers
    async def gaps(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        if interaction.guild_id is None or not await is_manager(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        found = await self._bot.ledger.read(Store.gaps, interaction.guild_id)
        shown = [gap for gap in found if may_read(interaction, gap.channel_id)]
        days = self._bot.settings.retention_days
        view = panel_view("Not in the documents", gaps_sections(shown, days))
        await interaction.edit_original_response(view=view)

    @app_commands.command(
        name="verify", description="Hold the answers given here against the documents of today."
    )
    @for_managers
    async def verify(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        if interaction.guild_id is None or not await is_manager(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        teller = ProgressTeller(interaction)
        try:
            found = await self._verify(interaction.guild_id, teller)
        finally:
            await teller.stop()
        fallen = [
            each
            for each in found.fallen
            if not each.record.private and may_read(interaction, each.record.channel_id)
        ]
        view = panel_view("Answers given here", verification_sections(found, fallen))
        await interaction.edit_original_response(content=None, view=view)

    async def _verify(self, guild_id: int, teller: ProgressTeller) -> Verification:
        found, last = Verification(), None
        document_of = self._bot.service.engine.document
        while True:
            page: tuple[AnswerRecord, ...] = await self._bot.ledger.read(
                Store.answers_before, guild_id, last, _PAGE
            )
            # In a thread: it looks for quotes in whole documents.
            await asyncio.to_thread(found.add, page, document_of)
            if len(page) < _PAGE:
                return found
            last = page[-1]
            teller.tell(f"{found.answers} answers looked at so far.")
