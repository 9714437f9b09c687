"""Answers to a command, button or modal: deferred first, then edited in."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.discord_app.failures import new_reference
from bot.discord_app.rendering import CONTENT_LIMIT, Message, escape_name, fit
from bot.discord_app.replies.reply import (
    Undeliverable,
    attachment,
    notice,
    persist,
    worth_a_notice,
)
from bot.service import Place

if TYPE_CHECKING:
    from bot.discord_app.client import FootnoteBot

log = logging.getLogger(__name__)

_ALREADY_RESPONDED = 40060
#: Unknown Interaction, Unknown Webhook, Invalid Webhook Token, Unknown Message.
_DEAD = {10062, 10015, 50027, 10008}
_TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


class InteractionReply:
    """``in_place`` edits the message whose button was clicked, in place of a new one."""

    def __init__(
        self,
        interaction: discord.Interaction[FootnoteBot],
        *,
        private: bool,
        in_place: bool = False,
    ) -> None:
        self._interaction = interaction
        self._private = private
        self._in_place = in_place
        self._alive = True
        self._notice: asyncio.Task[None] | None = None

    async def begin(self) -> None:
        """Defer. Discord waits three seconds for this, so nothing comes before it."""
        response = self._interaction.response
        for last in (False, True):
            try:
                if self._in_place:
                    await response.defer()
                else:
                    await response.defer(ephemeral=self._private, thinking=True)
                return
            except discord.InteractionResponded:
                return
            except discord.HTTPException as error:
                self._alive = error.code == _ALREADY_RESPONDED
                if not self._alive:
                    log.info("An interaction could not be deferred: %s", error)
                return
            except (aiohttp.ClientError, OSError) as error:
                if last:
                    self._alive = False
                    log.info("An interaction could not be deferred: %s", error)

    def waiting(self, place: Place) -> None:
        if self._alive and worth_a_notice(place):
            self._notice = asyncio.create_task(self._tell(notice(place)))

    async def draft(self, text: str) -> None:
        await self._settle_notice()
        if self._alive:
            await self._tell(text)

    async def show(self, message: Message, view: discord.ui.View | None) -> tuple[int, ...]:
        await self._settle_notice()
        if self._alive:
            try:
                return await self._respond(message, view)
            except _TROUBLE as error:
                self._bury(error)
        return await self._elsewhere(message, view)

    async def say(self, line: str) -> None:
        await self._settle_notice()
        with suppress(Undeliverable):  # logged where it was found out
            await self.show(Message((line,), votable=False), None)

    async def withdraw(self) -> None:
        await self._settle_notice()

    async def _tell(self, text: str) -> None:
        try:
            await self._interaction.edit_original_response(content=text)
        except _TROUBLE as error:
            log.debug("What is to be seen meanwhile is not shown: %s", error)

    async def _settle_notice(self) -> None:
        if self._notice is not None:
            task, self._notice = self._notice, None
            await task

    async def _respond(self, message: Message, view: discord.ui.View | None) -> tuple[int, ...]:
        ids: list[int] = []
        last = len(message.parts) - 1
        for ordinal, part in enumerate(message.parts):
            buttons = view if ordinal == last else None
            sent: discord.Message
            if ordinal == 0:
                sent = await persist(lambda: self._edit(part, buttons, message))  # noqa: B023
            else:
                sent = await persist(lambda: self._follow(part, buttons))  # noqa: B023
            ids.append(sent.id)
        return tuple(ids)

    async def _edit(
        self, content: str, view: discord.ui.View | None, message: Message
    ) -> discord.InteractionMessage:
        file = attachment(message)
        return await self._interaction.edit_original_response(
            content=content, view=view, attachments=[file] if file is not None else []
        )

    async def _follow(self, content: str, view: discord.ui.View | None) -> discord.WebhookMessage:
        options: dict[str, Any] = {"view": view} if view is not None else {}
        return await self._interaction.followup.send(
            content, ephemeral=self._private, suppress_embeds=True, wait=True, **options
        )

    def _bury(self, error: BaseException) -> None:
        self._alive = False
        code = getattr(error, "code", None)
        known = "its token is dead" if code in _DEAD else str(error)
        log.info("An interaction cannot be answered in place: %s", known)

    async def _elsewhere(self, message: Message, view: discord.ui.View | None) -> tuple[int, ...]:
        """Post in the channel, or for a private answer in the asker's direct messages."""
        asker = self._interaction.user
        intro = f"For {escape_name(asker.display_name, 64)}:\n"
        target: discord.abc.Messageable | None = asker
        if not self._private:
            channel_id = self._interaction.channel_id
            target = (
                self._interaction.client.get_partial_messageable(channel_id)
                if channel_id is not None
                else None
            )
        reference = new_reference()
        if target is None:
            log.error("%s: an answer has nowhere to go", reference)
            raise Undeliverable
        ids: list[int] = []
        last = len(message.parts) - 1
        try:
            for ordinal, part in enumerate(message.parts):
                text = fit(intro + part, CONTENT_LIMIT) if ordinal == 0 else part
                buttons = view if ordinal == last else None
                sent = await persist(
                    lambda: self._post(target, text, ordinal, buttons, message)  # noqa: B023
                )
                ids.append(sent.id)
        except _TROUBLE as error:
            log.error("%s: an answer could not be delivered: %s", reference, error)
            raise Undeliverable from error
        return tuple(ids)

    async def _post(
        self,
        target: discord.abc.Messageable,
        content: str,
        ordinal: int,
        view: discord.ui.View | None,
        message: Message,
    ) -> discord.Message:
        file = attachment(message) if ordinal == len(message.parts) - 1 else None
        options: dict[str, Any] = {"view": view} if view is not None else {}
        if file is not None:
            options["file"] = file
        return await target.send(
            content,
            nonce=f"{self._interaction.id}-{ordinal}",
            suppress_embeds=True,
            **options,
        )
