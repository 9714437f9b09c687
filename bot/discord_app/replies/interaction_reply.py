"""Answers to a command, button or modal: deferred first, then edited in."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.discord_app.failures import new_reference
from bot.discord_app.rendering import CONTENT_LIMIT, Message, escape_name, fit
from bot.discord_app.replies.reply import (
    Undeliverable,
    attachment,
    cannot_attach,
    notice,
    persist,
    worth_a_notice,
)
from bot.service import Place

if TYPE_CHECKING:
    from bot.discord_app.client import FootnoteBot

log = logging.getLogger(__name__)

_ALREADY_RESPONDED = 40060
_LIMITED = 429
#: Between two tries to defer, for which there are three seconds.
_SHORT_PAUSE_S = 0.5
#: Unknown Interaction, Unknown Webhook, Invalid Webhook Token, Unknown Message.
_DEAD = {10062, 10015, 50027, 10008}
_TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)


@dataclass(frozen=True, slots=True)
class _Piece:
    """One part of a message; the last has the buttons and the file."""

    message: Message
    ordinal: int
    buttons: discord.ui.View | None

    @property
    def text(self) -> str:
        return self.message.parts[self.ordinal]

    @property
    def view(self) -> discord.ui.View | None:
        return self.buttons if self._is_last else None

    def file(self) -> discord.File | None:
        """New at every call: a file is read once."""
        return attachment(self.message) if self._is_last else None

    @property
    def _is_last(self) -> bool:
        return self.ordinal == len(self.message.parts) - 1


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
                if error.status == _LIMITED and not last:
                    await asyncio.sleep(_SHORT_PAUSE_S)
                    continue
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

    async def show(
        self, message: Message, view: discord.ui.View | None
    ) -> tuple[discord.Message, ...]:
        await self._settle_notice()
        pieces = [_Piece(message, ordinal, view) for ordinal in range(len(message.parts))]
        return tuple([await self._deliver(piece) for piece in pieces])

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

    async def _deliver(self, piece: _Piece) -> discord.Message:
        if self._alive:
            try:
                return await _with_or_without_file(piece, self._respond)
            except _TROUBLE as error:
                self._bury(error)
        return await self._elsewhere(piece)

    async def _respond(self, piece: _Piece) -> discord.Message:
        if piece.ordinal > 0:
            options: dict[str, Any] = {"view": piece.view} if piece.view is not None else {}
            return await self._interaction.followup.send(
                piece.text, ephemeral=self._private, suppress_embeds=True, wait=True, **options
            )
        file = piece.file()
        return await self._interaction.edit_original_response(
            content=piece.text, view=piece.view, attachments=[file] if file is not None else []
        )

    def _bury(self, error: BaseException) -> None:
        self._alive = False
        code = getattr(error, "code", None)
        known = "its token is dead" if code in _DEAD else str(error)
        log.info("An interaction cannot be answered in place: %s", known)

    async def _elsewhere(self, piece: _Piece) -> discord.Message:
        """Post in the channel, or for a private answer in the asker's direct messages."""
        asker = self._interaction.user
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
        try:
            return await _with_or_without_file(piece, partial(self._post, target))
        except _TROUBLE as error:
            log.error("%s: an answer could not be delivered: %s", reference, error)
            raise Undeliverable from error

    async def _post(self, target: discord.abc.Messageable, piece: _Piece) -> discord.Message:
        text, options = piece.text, dict[str, Any]()
        if piece.ordinal == 0:
            name = escape_name(self._interaction.user.display_name, 64)
            text = fit(f"For {name}:\n{text}", CONTENT_LIMIT)
        if piece.view is not None:
            options["view"] = piece.view
        if (file := piece.file()) is not None:
            options["file"] = file
        nonce = f"{self._interaction.id}-{piece.ordinal}"
        return await target.send(text, nonce=nonce, suppress_embeds=True, **options)


async def _with_or_without_file(
    piece: _Piece, send: Callable[[_Piece], Awaitable[discord.Message]]
) -> discord.Message:
    try:
        return await persist(lambda: send(piece))
    except discord.HTTPException as error:
        if piece.message.attachment is None or not cannot_attach(error):
            raise
    bare = replace(piece, message=piece.message.without_attachment())
    return await persist(lambda: send(bare))
