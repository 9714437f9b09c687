"""/help, /status and /sources."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.pages import Vitals, help_sections, sources_sections, status_sections
from bot.discord_app.places import where_of
from bot.discord_app.scope import visible
from bot.discord_app.views import panel_view


class Information(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="help", description="What I can do, and how to ask.")
    async def help(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        documents = visible(self._bot.service.engine.documents, where_of(interaction))
        sections = help_sections(documents, hears_all=self._bot.intents.message_content)
        await interaction.response.send_message(
            view=panel_view("Footnote", sections), ephemeral=True
        )

    @app_commands.command(name="status", description="How I am doing.")
    async def status(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        sections = status_sections(self._vitals())
        await interaction.response.send_message(view=panel_view("Status", sections), ephemeral=True)

    @app_commands.command(name="sources", description="The documents I answer from.")
    async def sources(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        documents = visible(self._bot.service.engine.documents, where_of(interaction))
        view = panel_view("Sources", sources_sections(documents))
        await interaction.response.send_message(view=view, ephemeral=True)

    def _vitals(self) -> Vitals:
        service = self._bot.service
        engine = service.engine
        return Vitals(
            documents=len(engine.documents),
            passages=engine.passage_count,
            reader=engine.reader_name,
            build_id=engine.build_id,
            built_at=engine.built_at,
            working=service.working,
            waiting=service.waiting,
            started_at=self._bot.started_at,
            latency_s=self._bot.latency,
            servers=len(self._bot.guilds),
            hears_all=self._bot.intents.message_content,
            ledger=self._bot.ledger.health,
        )
