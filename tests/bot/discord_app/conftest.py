"""A bot of this program in the loopback Discord."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.discord_app.app import serve
from bot.discord_app.client import FootnoteBot
from bot.ledger import Ledger
from bot.service import AnswerEngine, AnswerService
from index import Engine
from index.settings import Settings
from tests.fakes.discord import LoopbackDiscord
from tests.fakes.discord.fixtures import *  # noqa: F403

__all__ = ["serve"]


class Running:
    """A bot that is connected, with its parts at hand."""

    def __init__(self, bot: FootnoteBot, server: LoopbackDiscord) -> None:
        self.bot = bot
        self.server = server
        self.ledger = bot.ledger
        self.service = bot.service


StartBot = Callable[..., Any]


@pytest.fixture
def start_bot(
    loopback_discord: LoopbackDiscord, engine: Engine, tmp_path: Path
) -> StartBot:
    """``async with start_bot(**settings) as running``: a connected bot; the real engine unless
    another one is given. Started again it finds the same ledger."""

    @asynccontextmanager
    async def start(
        answering: AnswerEngine | None = None, **changes: Any
    ) -> AsyncIterator[Running]:
        settings = Settings(**{"ledger": tmp_path / "ledger.sqlite3", **changes})
        service = AnswerService(
            answering or engine,
            queue_size=settings.discord_queue_size,
            timeout_s=settings.answer_timeout_s,
        )
        ledger = Ledger(settings.ledger)
        await ledger.open()
        async with FootnoteBot(settings, service, ledger, guild_ready_timeout=0.1) as bot:
            await bot.login(loopback_discord.token)
            stay = asyncio.create_task(bot.connect())
            waiting = asyncio.create_task(bot.wait_until_settled())
            await asyncio.wait([stay, waiting], timeout=10, return_when=asyncio.FIRST_COMPLETED)
            if stay.done():
                stay.result()
            yield Running(bot, loopback_discord)
            await bot.questions.drain(2)
            await bot.stop_chores()
            stay.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await stay
        service.close()
        await ledger.close()

    return start
