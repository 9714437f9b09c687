"""Questions asked in messages: mentions, replies, direct messages, threads, open channels."""

from __future__ import annotations

import logging

import discord
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.failures import TROUBLE
from bot.discord_app.pages import help_line, role_line
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question, digest
from bot.discord_app.replies import MessageReply
from bot.discord_app.surfaces import Heard, listen
from bot.discord_app.views import ask_again_view
from bot.ledger import ChannelSettings, Claim, Draft, Store

log = logging.getLogger(__name__)


class Messages(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        heard = self._listen(message)
        if heard is None:
            return
        if not heard.text:
            await self._explain(message, heard)
            return
        settings = self._settings(message)
        in_thread = settings is not None and settings.threads and heard.continues is None
        if in_thread and isinstance(message.channel, discord.TextChannel):
            # A thread has the id of the message it was opened on.
            conversation: str | None = f"c:{message.id}"
            reply = MessageReply(message, thread_name=heard.text)
        else:
            conversation = await self._conversation(heard)
            reply = MessageReply(message)
        await self._bot.questions.take(
            Question(
                key=f"m:{message.id}",
                text=heard.text,
                user_id=message.author.id,
                where=where_of(message),
                conversation=conversation,
                surface=heard.surface,
            ),
            reply,
        )

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """An edited question is never answered again unasked: its author is offered to."""
        message = payload.message
        if message.edited_at is None:
            return  # Discord added a link preview
        heard = self._listen(message)
        if heard is None or not heard.text:
            return
        asked = await self._bot.ledger.read(Store.digest, f"m:{message.id}")
        if not asked or asked == digest(heard.text):
            return  # not ours, forgotten, or the same
        draft = Draft(
            message_id=message.id,
            at=self._bot.ledger.now(),
            user=self._bot.ledger.pseudonym(message.author.id),
            question=heard.text,
            conversation=await self._conversation(heard),
        )
        if await self._bot.ledger.write(Store.save_draft, draft):
            await self._offer(message)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self._bot.questions.withdraw(f"m:{payload.message_id}")

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message_id in payload.message_ids:
            self._bot.questions.withdraw(f"m:{message_id}")

    def _listen(self, message: discord.Message) -> Heard | None:
        me = self._bot.user
        if me is None:
            return None
        return listen(
            message,
            me.id,
            self._settings(message),
            hears_all=self._bot.intents.message_content,
            longest=self._bot.settings.max_question_chars,
        )

    def _settings(self, message: discord.Message) -> ChannelSettings | None:
        settings = self._bot.channels.get(message.channel.id)
        if settings is None and isinstance(message.channel, discord.Thread):
            settings = self._bot.channels.get(message.channel.parent_id)
        return settings

    async def _conversation(self, heard: Heard) -> str | None:
        if heard.conversation is not None or heard.continues is None:
            return heard.conversation
        return await self._bot.ledger.read(Store.conversation_of, heard.continues)

    async def _explain(self, message: discord.Message, heard: Heard) -> None:
        """Addressed without a word: an empty mention, an attachment alone, or our role in place
        of us, for which Discord keeps the words from us."""
        claim = Claim(
            f"m:{message.id}",
            self._bot.ledger.now(),
            message.channel.id,
            digest=digest(heard.text),
            user=self._bot.ledger.pseudonym(message.author.id),
        )
        if await self._bot.ledger.claim(claim):
            await MessageReply(message).say(self._help_line(message, heard))
            await self._bot.ledger.write(Store.finish, claim.key)

    def _help_line(self, message: discord.Message, heard: Heard) -> str:
        if heard.by_role and not self._bot.intents.message_content and self._bot.user is not None:
            return role_line(self._bot.user.mention)
        return help_line(attachments=bool(message.attachments))

    async def _offer(self, message: discord.Message) -> None:
        try:
            await message.reply(
                "You changed your question. Shall I answer it as it reads now?",
                view=ask_again_view(message.id),
                mention_author=False,
                nonce=f"{message.id}-e",
            )
        except TROUBLE as error:
            log.info("An edited question cannot be offered: %s", error)
