"""/ask, the whole job in one command."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.document_choice import document_choices, find_document
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question
from bot.discord_app.replies import InteractionReply
from bot.discord_app.scope import visible


class Ask(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="ask", description="Ask a question about the documents.")
    @app_commands.describe(
        question="What you want to know.",
        document="Look in this document only.",
        private="Show the answer to you alone.",
    )
    async def ask(
        self,
        interaction: discord.Interaction[FootnoteBot],
        question: str,
        document: str | None = None,
        private: bool = False,
    ) -> None:
        where = where_of(interaction)
        documents = visible(self._bot.service.engine.documents, where)
        in_direct = interaction.guild_id is None and interaction.context.dm_channel
        await self._bot.questions.take(
            Question(
                key=f"i:{interaction.id}",
                text=question,
                user_id=interaction.user.id,
                where=where,
                conversation=f"c:{interaction.channel_id}" if in_direct else None,
                surface="ask",
                private=private,
                documents=None if document is None else find_document(documents, document),
                token=interaction.token,
                unseen=True,
            ),
            InteractionReply(interaction, private=private),
        )

    @ask.autocomplete("document")
    async def _document_choices(
        self, interaction: discord.Interaction[FootnoteBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        documents = visible(self._bot.service.engine.documents, where_of(interaction))
        return document_choices(documents, typed)
