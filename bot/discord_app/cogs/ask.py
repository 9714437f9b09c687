"""/ask, the whole job in one command."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands
from rapidfuzz import fuzz, process, utils

from bot.discord_app.client import FootnoteBot
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question
from bot.discord_app.replies import InteractionReply
from bot.discord_app.scope import Where, visible
from index.types import Document

#: Discord's limits for autocompletion.
_MOST_CHOICES = 25
_CHOICE_CHARS = 100
#: Likeness, 0..100, above which a typed title is taken for a document's.
_LIKENESS = 60


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
                documents=None if document is None else self._find(document, where),
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
        return [
            app_commands.Choice(name=_short(document.title), value=_value(document))
            for document in _ranked(documents, typed)[:_MOST_CHOICES]
        ]

    def _find(self, chosen: str, where: Where) -> frozenset[str]:
        """The document that was chosen, or typed by id or title; empty when there is none."""
        documents = visible(self._bot.service.engine.documents, where)
        for document in documents:
            if chosen in {document.id, document.title, _value(document)}:
                return frozenset({document.id})
        ranked = _ranked(documents, chosen)
        return frozenset({ranked[0].id} if chosen.strip() and ranked else ())


def _value(document: Document) -> str:
    """What stands for a document in a choice: its id, or its hash where that is too long."""
    return document.id if len(document.id) <= _CHOICE_CHARS else document.sha256


def _short(title: str) -> str:
    flat = " ".join(title.split()) or "Untitled"
    return flat if len(flat) <= _CHOICE_CHARS else flat[: _CHOICE_CHARS - 1] + "…"


def _ranked(documents: tuple[Document, ...], typed: str) -> list[Document]:
    """All documents when nothing is typed, else those like it, the likest first."""
    if not typed.strip():
        return sorted(documents, key=lambda document: document.title.casefold())
    names = [f"{document.title} {document.id}" for document in documents]
    found = process.extract(
        typed,
        names,
        scorer=fuzz.partial_ratio,
        processor=utils.default_process,
        limit=_MOST_CHOICES,
        score_cutoff=_LIKENESS,
    )
    return [documents[index] for _, _, index in found]
