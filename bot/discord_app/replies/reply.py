"""What every way to answer has in common."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

import aiohttp
import discord

from bot.discord_app.rendering import Message
from bot.service import Place

log = logging.getLogger(__name__)

T = TypeVar("T")

#: Seconds between tries to deliver, after the library's own.
_PAUSES_S = (1.0, 3.0, 8.0)
_MOST_PATIENCE_S = 120.0
_MISSING_PERMISSIONS = 50013
_TOO_LARGE = 413
#: A wait that is worth a word.
_NOTICE_FROM_S = 2.0
_NOTICE_FROM_POSITION = 4


class Undeliverable(Exception):
    """Nothing can be said where the question was asked; it has been logged."""


class Reply(Protocol):
    """One question's way back. ``begin`` is called first and never raises."""

    async def begin(self) -> None: ...

    def waiting(self, place: Place) -> None:
        """Say the place in the queue; returns at once."""

    async def draft(self, text: str) -> None:
        """Show ``text`` for now; ``show`` or ``say`` puts something else in its place. Never
        raises for Discord's sake."""
        ...

    async def show(
        self, message: Message, view: discord.ui.View | None
    ) -> tuple[discord.Message, ...]:
        """Show an answer; its messages, at least one. Raises Undeliverable."""
        ...

    async def say(self, line: str) -> None:
        """Show one line in place of an answer. Never raises for Discord's sake."""
        ...

    async def withdraw(self) -> None:
        """The question is gone: leave nothing behind."""
        ...


def worth_a_notice(place: Place) -> bool:
    return place.wait_s >= _NOTICE_FROM_S or place.position >= _NOTICE_FROM_POSITION


def notice(place: Place) -> str:
    return f"You are number {place.position} in the queue. Your answer will appear here."


def attachment(message: Message) -> discord.File | None:
    if message.attachment is None:
        return None
    data = message.attachment.encode("utf-8", "replace")
    return discord.File(io.BytesIO(data), filename="answer.md")


def cannot_attach(error: discord.HTTPException) -> bool:
    """Whether a message was refused for its file: not permitted, or too large."""
    return error.code == _MISSING_PERMISSIONS or error.status == _TOO_LARGE


async def persist(send: Callable[[], Awaitable[T]]) -> T:
    """``send()``, tried again while Discord is out of order or asks for patience.

    discord.py retries some failures itself; it gives up at once on 503, on a dropped connection
    and on limits longer than it was told to wait.
    """
    for pause_s in _PAUSES_S:
        try:
            return await send()
        except discord.RateLimited as error:
            wait_s = min(error.retry_after, _MOST_PATIENCE_S)
        except discord.DiscordServerError:
            wait_s = pause_s
        except discord.HTTPException as error:
            if error.status != 429:
                raise
            wait_s = 2 * pause_s
        except (aiohttp.ClientError, OSError):
            wait_s = pause_s
        log.info("Discord did not take a message; trying again in %.1f s", wait_s)
        await asyncio.sleep(wait_s)
    return await send()
