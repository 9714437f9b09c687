"""The two commands in the menu of a message. Both answer privately."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question
from bot.discord_app.replies import InteractionReply
from bot.discord_app.surfaces import question_text

NO_TEXT = "That message has no text that I could look up."


class Menus(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot
        # Context menus cannot be declared inside a class.
        self._menus = (
            app_commands.ContextMenu(name="Ask the document", callback=self._ask),
            app_commands.ContextMenu(name="Check against the document", callback=self._check),
        )

    async def cog_load(self) -> None:
        for menu in self._menus:
            self._bot.tree.add_command(menu)

    async def cog_unload(self) -> None:
        for menu in self._menus:
            self._bot.tree.remove_command(menu.name, type=menu.type)

    async def _ask(
        self, interaction: discord.Interaction[FootnoteBot], message: discord.Message
    ) -> None:
        await self._take(interaction, message, "menu", claims=False)

    async def _check(
        self, interaction: discord.Interaction[FootnoteBot], message: discord.Message
    ) -> None:
        await self._take(interaction, message, "check", claims=True)

    async def _take(
        self,
        interaction: discord.Interaction[FootnoteBot],
        message: discord.Message,
        surface: str,
        *,
        claims: bool,
    ) -> None:
        me = self._bot.user.id if self._bot.user is not None else 0
        # A list or a heading ends without a stop: its lines tell one claim from the next.
        text = question_text(message, me, lines=claims)
        if not text:
            await interaction.response.send_message(NO_TEXT, ephemeral=True)
            return
        question = Question(
            key=f"i:{interaction.id}",
            text=text,
            user_id=interaction.user.id,
            where=where_of(interaction),
            conversation=None,
            surface=surface,
            private=True,
            token=interaction.token,
            claims=claims,
        )
        await self._bot.questions.take(question, InteractionReply(interaction, private=True))
