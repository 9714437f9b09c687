"""Quick facts: /who, /when, /where, /figures, /quotes, /timeline, /summary and /fact.

All are answered from memory, and shown like any other answer.
"""

from __future__ import annotations

import asyncio
from typing import Any, NamedTuple

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.document_choice import document_choices, find_document
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question
from bot.discord_app.replies import InteractionReply
from bot.discord_app.scope import visible
from index.facts.types import Topic
from index.types import Document

_Interaction = discord.Interaction[FootnoteBot]
_Command = app_commands.Command[Any, ..., None]
_Choices = list[app_commands.Choice[str]]


class _Quick(NamedTuple):
    """A command: its topic, what it says of itself, and its option with its meaning."""

    topic: Topic
    description: str
    option: str
    about: str


_QUICK = (
    _Quick(Topic.WHO, "The people in it, or one of them.", "name", "A person or an office."),
    _Quick(Topic.WHEN, "What happened when.", "what", "A date, or what happened."),
    _Quick(Topic.WHERE, "The places in it, or one of them.", "place", "A place."),
    _Quick(Topic.FIGURES, "The figures, and what they measure.", "about", "What they are about."),
    _Quick(Topic.QUOTES, "Who said what, word for word.", "speaker", "Who said it."),
    _Quick(Topic.TIMELINE, "What happened, in order.", "about", "What to keep to."),
    _Quick(Topic.SUMMARY, "What it says, in its own sentences.", "length", "How long."),
    _Quick(Topic.FACT, "Look up anything.", "anything", "A name, a date, a word."),
)


class Facts(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    async def cog_load(self) -> None:
        for quick in _QUICK:
            self._bot.tree.add_command(self._command(quick))

    def _command(self, quick: _Quick) -> _Command:
        """All have the same shape; only their names and topics differ."""

        @app_commands.command(name=quick.topic.value, description=quick.description)
        @app_commands.rename(wanted=quick.option)
        @app_commands.describe(
            wanted=quick.about,
            document="Look in this document only.",
            private="Show the answer to you alone.",
        )
        async def run(
            interaction: _Interaction,
            wanted: str | None = None,
            document: str | None = None,
            private: bool = False,
        ) -> None:
            await self.show(interaction, quick.topic, wanted or "", document, private=private)

        @run.autocomplete("wanted")
        async def _(interaction: _Interaction, typed: str) -> _Choices:
            return await self.choices(interaction, quick.topic, typed)

        @run.autocomplete("document")
        async def _(interaction: _Interaction, typed: str) -> _Choices:
            return document_choices(self.visible(interaction), typed)

        return run

    async def show(
        self,
        interaction: _Interaction,
        topic: Topic,
        wanted: str,
        document: str | None,
        *,
        private: bool,
    ) -> None:
        """Answers like any question: once, with source buttons, kept in the ledger."""
        engine = self._bot.service.engine
        chosen = None
        if document is not None:
            chosen = find_document(self.visible(interaction), document)
        await self._bot.questions.take(
            Question(
                key=f"i:{interaction.id}",
                text=f"/{topic.value} {wanted}".strip(),
                user_id=interaction.user.id,
                where=where_of(interaction),
                conversation=None,
                surface=topic.value,
                private=private,
                documents=chosen,
                token=interaction.token,
                look_up=lambda documents: engine.fact_book.answer(topic, wanted, documents),
                unseen=True,
            ),
            InteractionReply(interaction, private=private),
        )

    async def choices(
        self, interaction: _Interaction, topic: Topic, typed: str
    ) -> list[app_commands.Choice[str]]:
        """At most 25, from the documents that may be seen there."""
        allowed = {document.id for document in self.visible(interaction)}
        engine = self._bot.service.engine
        # In a thread: the first look reads the fact sheets of a build into memory.
        offered = await asyncio.to_thread(lambda: engine.fact_book.suggest(topic, typed, allowed))
        return [app_commands.Choice(name=label, value=label) for label in offered]

    def visible(self, interaction: _Interaction) -> tuple[Document, ...]:
        """The documents that may be seen where the command was given."""
        return visible(self._bot.service.engine.documents, where_of(interaction))
