"""What happens when somebody clicks under an answer or submits a form."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec

import aiohttp
import discord

from bot.discord_app.failures import describe
from bot.discord_app.places import where_of
from bot.discord_app.questions import Question
from bot.discord_app.rendering import render_source
from bot.discord_app.replies import InteractionReply
from bot.discord_app.scope import may_see
from bot.discord_app.views import (
    follow_up_modal,
    modal_values,
    reason_modal,
    source_view,
)
from bot.discord_app.views.modals import MODAL_ID
from bot.ledger import AnswerRecord, Store, Vote

if TYPE_CHECKING:
    from bot.discord_app.client import FootnoteBot

    Interaction = discord.Interaction[FootnoteBot]

log = logging.getLogger(__name__)

P = ParamSpec("P")

GONE = (
    "I do not keep that answer any more: it is older than I keep answers, or its asker had it "
    "deleted. Please ask the question again."
)
ELSEWHERE = "That answer belongs to another channel, so I cannot open it here."
NOT_YOURS = "Only whoever asked, and moderators, may delete this answer."
WHOSE = (
    "I do not keep that answer any more, so I cannot tell whether it was you who asked. "
    "Moderators can delete it."
)
OLD_BUTTON = (
    "This button is from an older version of me and does not work any more. Please ask again."
)


async def tell(interaction: Interaction, line: str) -> None:
    """One line to whoever clicked, as the first response or after it. Never raises."""
    try:
        if interaction.response.is_done():
            await interaction.followup.send(line, ephemeral=True)
        else:
            await interaction.response.send_message(line, ephemeral=True)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        log.info("A click could not be answered: %s", error)


def _never_silent(
    action: Callable[Concatenate[Desk, Interaction, P], Awaitable[None]],
) -> Callable[Concatenate[Desk, Interaction, P], Coroutine[Any, Any, None]]:
    """An error in ``action`` becomes one line for whoever clicked, and one in the log."""

    async def wrapped(
        desk: Desk, interaction: Interaction, /, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        try:
            await action(desk, interaction, *args, **kwargs)
        except discord.NotFound as error:
            # The three seconds are over, or the message is gone: nobody is left to be told.
            log.info("A click came to nothing: %s", error)
        except Exception as error:  # noqa: BLE001 - the edge: the user is told, the log knows why
            await tell(interaction, describe(error, "A click").line)

    return wrapped


class Desk:
    """Serves clicks. Who may see what is decided here, on every click."""

    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @_never_silent
    async def open_source(
        self, interaction: Interaction, answer_id: str, kind: str, number: int
    ) -> None:
        record = await self._record(interaction, answer_id)
        if record is None:
            return
        document = self._document(record, kind, number)
        source = await asyncio.to_thread(render_source, record.answer, kind, number, document)
        if source is None:
            await tell(interaction, GONE)
        elif document is not None and not may_see(document, where_of(interaction)):
            await tell(interaction, "That document may not be shown here.")
        else:
            await interaction.response.send_message(view=source_view(source), ephemeral=True)

    @_never_silent
    async def ask_follow_up(self, interaction: Interaction, answer_id: str) -> None:
        modal = follow_up_modal(answer_id, self._bot.settings.max_question_chars)
        await interaction.response.send_modal(modal)

    @_never_silent
    async def vote(self, interaction: Interaction, answer_id: str, *, helpful: bool) -> None:
        if not helpful:
            await interaction.response.send_modal(reason_modal(answer_id))
            await self._count(interaction, answer_id, helpful=False, reason="")
            return
        counted = await self._count(interaction, answer_id, helpful=True, reason="")
        await tell(interaction, "Thank you, noted: helpful." if counted else GONE)

    @_never_silent
    async def delete(self, interaction: Interaction, answer_id: str) -> None:
        record = await self._bot.ledger.answer(answer_id)
        asker = record is not None and record.user == self._pseudonym(interaction)
        # Between the two of us there is nobody else who could have asked.
        alone = interaction.guild_id is None and interaction.context.dm_channel
        if not (asker or alone or interaction.permissions.manage_messages):
            await tell(interaction, WHOSE if record is None else NOT_YOURS)
            return
        await interaction.response.defer()
        others = () if record is None else record.message_ids[:-1]
        await interaction.delete_original_response()
        for message_id in others:
            await self._delete_part(interaction, message_id)

    @_never_silent
    async def ask_again(self, interaction: Interaction, message_id: int) -> None:
        draft = await self._bot.ledger.read(Store.draft, message_id)
        if draft is None:
            await tell(interaction, GONE)
            return
        if draft.user != self._pseudonym(interaction):
            await tell(interaction, "Only whoever wrote the question may ask it again.")
            return
        question = Question(
            key=f"i:{interaction.id}",
            text=draft.question,
            user_id=interaction.user.id,
            where=where_of(interaction),
            conversation=draft.conversation,
            surface="edited",
            token=interaction.token,
        )
        reply = InteractionReply(interaction, private=False, in_place=True)
        await self._bot.questions.take(question, reply)

    @_never_silent
    async def submit(self, interaction: Interaction) -> None:
        """A modal was submitted."""
        data: Any = interaction.data
        found = MODAL_ID.fullmatch(str(data.get("custom_id", "")))
        if found is None:
            await tell(interaction, OLD_BUTTON)
            return
        text = modal_values(data.get("components") or ()).get("text", "")
        if found["kind"] == "F":
            await self._go_on(interaction, found["answer"], "follow-up", lambda _: text)
        else:
            done = await self._count(interaction, found["answer"], helpful=False, reason=text)
            await tell(interaction, "Thank you, noted: not helpful." if done else GONE)

    @_never_silent
    async def choose(self, interaction: Interaction, answer_id: str, number: int) -> None:
        """One of the questions that an answer offers was chosen."""
        await self._go_on(interaction, answer_id, "choice", lambda record: _choice(record, number))

    async def _go_on(
        self,
        interaction: Interaction,
        answer_id: str,
        surface: str,
        text_of: Callable[[AnswerRecord | None], str | None],
    ) -> None:
        """Ask a question in the exchange that an answer belongs to."""
        record = self._bot.ledger.recent(answer_id)
        private = record.private if record is not None else self._is_hidden(interaction)
        reply = InteractionReply(interaction, private=private)
        if record is None:
            await reply.begin()
            record = await self._bot.ledger.answer(answer_id)
        text = text_of(record)
        if text is None:
            await tell(interaction, GONE)
            return
        question = Question(
            key=f"i:{interaction.id}",
            text=text,
            user_id=interaction.user.id,
            where=where_of(interaction),
            conversation=self._conversation(interaction, record),
            surface=surface,
            private=private,
            token=interaction.token,
            unseen=True,
        )
        await self._bot.questions.take(question, reply)

    @staticmethod
    def _is_hidden(interaction: Interaction) -> bool:
        """Whether the message under which the form was opened is shown to one person only."""
        return interaction.message is not None and interaction.message.flags.ephemeral

    async def _record(self, interaction: Interaction, answer_id: str) -> AnswerRecord | None:
        """The answer, if it is kept and may be seen here by this user; else they are told."""
        record = await self._bot.ledger.answer(answer_id)
        if record is None:
            await tell(interaction, GONE)
        elif not self._may_open(interaction, record):
            await tell(interaction, ELSEWHERE)
        else:
            return record
        return None

    def _conversation(self, interaction: Interaction, record: AnswerRecord | None) -> str | None:
        """The exchange that a follow-up to ``record`` continues."""
        if record is None or not self._may_open(interaction, record):
            return None
        return record.conversation

    def _may_open(self, interaction: Interaction, record: AnswerRecord) -> bool:
        """Whether whoever clicked may see that answer where they are."""
        mine = record.user == self._pseudonym(interaction)
        here = record.channel_id in {interaction.channel_id, where_of(interaction).parent_id}
        shown_here = (
            interaction.message is not None and interaction.message.id in record.message_ids
        )
        return mine or (not record.private and (here or shown_here))

    def _document(self, record: AnswerRecord, kind: str, number: int) -> Any:
        engine = self._bot.service.engine
        if kind == "s":
            cited = {c.number: c.document_id for c in record.answer.citations}
            return engine.document(cited.get(number, ""))
        nearest = record.answer.nearest
        if 1 <= number <= len(nearest):
            return engine.document(nearest[number - 1].passage.document_id)
        return None

    async def _count(
        self, interaction: Interaction, answer_id: str, *, helpful: bool, reason: str
    ) -> bool:
        vote = Vote(
            answer_id=answer_id,
            user=self._pseudonym(interaction),
            helpful=helpful,
            reason=reason,
            at=self._bot.ledger.now(),
        )
        return await self._bot.ledger.write(Store.vote, vote)

    async def _delete_part(self, interaction: Interaction, message_id: int) -> None:
        try:
            await interaction.followup.delete_message(message_id)
        except discord.NotFound:
            if interaction.channel_id is not None:
                channel = self._bot.get_partial_messageable(interaction.channel_id)
                await channel.get_partial_message(message_id).delete()

    def _pseudonym(self, interaction: Interaction) -> str:
        return self._bot.ledger.pseudonym(interaction.user.id)


def _choice(record: AnswerRecord | None, number: int) -> str | None:
    """The question that button ``number``, from 1, of an answer stands for."""
    choices = record.answer.choices if record is not None else ()
    return choices[number - 1] if 1 <= number <= len(choices) else None
