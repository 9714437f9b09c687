"""Answers to a message: a reply that does not ping, in its channel or in a new thread."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from typing import Any, Final

import discord

from bot.discord_app.failures import TROUBLE, new_reference
from bot.discord_app.permissions import granted_to_us, missing
from bot.discord_app.rendering import Message, escape_name
from bot.discord_app.replies.reply import (
    Undeliverable,
    attachment,
    cannot_attach,
    notice,
    persist,
    worth_a_notice,
)
from bot.service import Place

log = logging.getLogger(__name__)

#: The typing indicator lasts ten seconds.
_TYPING_EVERY_S = 8.0
_THREAD_NAME = 90
_ARCHIVE_AFTER_MIN: Final = 1440
#: "Cannot reply without permission to read message history", "Unknown Message", "Invalid Form
#: Body" (what a reply to a deleted message gets).
_REPLY_REFUSED = {160002, 10008, 50035}


class MessageReply:
    """``thread_name`` asks for a thread on the question; without the right to open one the
    answer is a plain reply."""

    def __init__(self, message: discord.Message, *, thread_name: str | None = None) -> None:
        self._message = message
        self._thread_name = thread_name
        self._channel: discord.abc.Messageable = message.channel
        self._typing: asyncio.Task[None] | None = None
        self._notice: asyncio.Task[discord.Message] | None = None
        #: What is to be seen until the answer takes its place.
        self._standing: discord.Message | None = None

    async def begin(self) -> None:
        self._typing = asyncio.create_task(self._keep_typing())

    def waiting(self, place: Place) -> None:
        if worth_a_notice(place):
            self._notice = asyncio.create_task(self._post(notice(place), 0, None, None, mark="q"))

    async def draft(self, text: str) -> None:
        standing = await self._noticed()
        try:
            await self._open_thread()
            if standing is not None and self._is_elsewhere(standing):
                await self._take_away(standing)
                standing = None
            if standing is None:
                standing = await self._post(text, 0, None, None, mark="q")
            else:
                standing = await standing.edit(content=text)
        except Undeliverable:
            return  # logged where it was found out
        except TROUBLE as error:
            log.debug("A draft is not shown: %s", error)
        self._standing = standing

    async def show(
        self, message: Message, view: discord.ui.View | None
    ) -> tuple[discord.Message, ...]:
        self._stop_typing()
        shown: list[discord.Message] = []
        noticed = await self._noticed()
        await self._open_thread()
        try:
            await self._show(message, view, noticed, shown)
        finally:
            # A file cannot be edited in, nor can a message move into a thread.
            if noticed is not None and noticed.id not in {each.id for each in shown}:
                await self._take_away(noticed)
        return tuple(shown)

    async def _show(
        self,
        message: Message,
        view: discord.ui.View | None,
        noticed: discord.Message | None,
        shown: list[discord.Message],
    ) -> None:
        """Send all parts, the first in place of ``noticed`` where that works."""
        last = len(message.parts) - 1
        stays = noticed is not None and message.attachment is None
        for ordinal, part in enumerate(message.parts):
            buttons = view if ordinal == last else None
            whole = message if ordinal == last else None
            if ordinal == 0 and noticed is not None and stays and not self._is_elsewhere(noticed):
                shown.append(await self._turn_into(noticed, part, buttons))
            else:
                shown.append(await self._post(part, ordinal, buttons, whole))

    def _is_elsewhere(self, noticed: discord.Message) -> bool:
        """Whether it is in the channel while the answer goes into a thread."""
        return noticed.channel.id != getattr(self._channel, "id", None)

    async def say(self, line: str) -> None:
        self._stop_typing()
        with suppress(Undeliverable):  # logged where it was found out
            noticed = await self._noticed()
            if noticed is not None:
                await self._turn_into(noticed, line, None)
            else:
                await self._post(line, 0, None, None)

    async def withdraw(self) -> None:
        self._stop_typing()
        noticed = await self._noticed()
        if noticed is not None:
            await self._take_away(noticed)

    async def _take_away(self, noticed: discord.Message) -> None:
        try:
            await noticed.delete()
        except TROUBLE as error:
            log.debug("A notice could not be withdrawn: %s", error)

    async def _keep_typing(self) -> None:
        try:
            while True:
                await self._message.channel.typing()
                await asyncio.sleep(_TYPING_EVERY_S)
        except TROUBLE as error:
            log.debug("Typing is not shown: %s", error)

    def _stop_typing(self) -> None:
        if self._typing is not None:
            self._typing.cancel()

    async def _open_thread(self) -> None:
        wanted, self._thread_name = self._thread_name, None
        if wanted is None or not isinstance(self._message.channel, discord.TextChannel):
            return
        granted = granted_to_us(self._message.channel)
        if granted is not None and not (
            granted.create_public_threads and granted.send_messages_in_threads
        ):
            return  # else the thread would stay empty
        name = " ".join(wanted.split())[:_THREAD_NAME] or "Question"
        try:
            self._channel = await self._message.create_thread(
                name=name, auto_archive_duration=_ARCHIVE_AFTER_MIN
            )
        except TROUBLE as error:
            log.info("No thread could be opened, the answer is a reply: %s", error)

    async def _noticed(self) -> discord.Message | None:
        """What is to be seen already, to be edited or taken away, once."""
        standing, self._standing = self._standing, None
        if self._notice is None:
            return standing
        task, self._notice = self._notice, None
        try:
            return await task
        except Undeliverable:
            return None

    async def _turn_into(
        self, noticed: discord.Message, content: str, view: discord.ui.View | None
    ) -> discord.Message:
        try:
            return await persist(lambda: noticed.edit(content=content, view=view))
        except TROUBLE as error:
            log.info("A notice could not be turned into the answer: %s", error)
            return await self._post(content, 0, view, None)

    async def _post(
        self,
        content: str,
        ordinal: int,
        view: discord.ui.View | None,
        whole: Message | None,
        *,
        mark: str = "",
    ) -> discord.Message:
        """Send one part, as a reply if it is the first and if that is possible. ``mark`` tells a
        notice from the answer that comes after it."""
        reply = ordinal == 0 and self._channel is self._message.channel
        file = whole is not None and whole.attachment is not None
        while True:
            options = self._options(f"{self._message.id}-{mark}{ordinal}", view, reply)
            send = partial(self._send, content, options, whole if file else None)
            try:
                return await persist(send)
            except discord.HTTPException as error:
                if isinstance(error, discord.Forbidden) and self._leave_thread():
                    reply = ordinal == 0
                elif reply and error.code in _REPLY_REFUSED:
                    reply = False
                elif file and whole is not None and cannot_attach(error):
                    file, content = False, whole.without_attachment().parts[-1]
                else:
                    raise await self._given_up(error) from error
            except TROUBLE as error:
                raise await self._given_up(error) from error

    def _leave_thread(self) -> bool:
        """Answer in the channel after all; False if we are in no thread of our own making."""
        was_there = self._channel is not self._message.channel
        self._channel = self._message.channel
        return was_there

    def _options(self, nonce: str, view: discord.ui.View | None, reply: bool) -> dict[str, Any]:
        # Discord takes a nonce once: what is sent again after a lost response is not shown twice.
        options: dict[str, Any] = {"nonce": nonce, "suppress_embeds": True}
        if view is not None:
            options["view"] = view
        if reply:
            options["reference"] = self._message.to_reference(fail_if_not_exists=False)
            options["mention_author"] = False
        return options

    async def _send(
        self, content: str, options: dict[str, Any], whole: Message | None
    ) -> discord.Message:
        if whole is not None:
            options = {**options, "file": attachment(whole)}  # a file is read once
        return await self._channel.send(content, **options)

    async def _given_up(self, error: Exception) -> Undeliverable:
        """Log what kept us from answering, name what is missing, try the asker's own messages."""
        reference = new_reference()
        where = getattr(self._message.channel, "name", None) or "direct messages"
        lacking = self._lacking()
        if isinstance(error, discord.Forbidden):
            log.warning(
                "%s: not allowed to answer in #%s; missing: %s",
                reference,
                where,
                ", ".join(lacking) or "unknown",
            )
            await self._tell_asker(where, lacking, reference)
        else:
            log.error("%s: the answer in #%s could not be delivered: %s", reference, where, error)
        return Undeliverable()

    def _lacking(self) -> tuple[str, ...]:
        channel, guild = self._message.channel, self._message.guild
        if guild is None or not isinstance(channel, (discord.abc.GuildChannel, discord.Thread)):
            return ()
        granted = granted_to_us(channel)
        return missing(granted, thread=isinstance(channel, discord.Thread)) if granted else ()

    async def _tell_asker(self, where: str, lacking: tuple[str, ...], reference: str) -> None:
        if self._message.guild is None:
            return
        need = f" I need the permission {', '.join(lacking)} there." if lacking else ""
        try:
            await self._message.author.send(
                f"I am not allowed to answer you in #{escape_name(where)}.{need} "
                f"(Reference {reference}.)"
            )
        except TROUBLE as error:
            log.debug("%s: the asker cannot be told either: %s", reference, error)
