"""A bot of this program in the loopback Discord."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import pytest

from bot.discord_app.client import FootnoteBot
from bot.ledger import Ledger
from bot.service import AnswerEngine, AnswerService
from index import Engine
from index.settings import Settings
from tests.fakes.discord import LoopbackDiscord
from tests.fakes.discord.fixtures import *  # noqa: F403


class Running:
    """A bot that is connected, with its parts at hand."""

    def __init__(self, bot: FootnoteBot) -> None:
        self.bot = bot
        self.ledger = bot.ledger
        self.service = bot.service

    async def until_working(self, count: int) -> None:
        """Until ``count`` questions are being answered in threads."""
        async with asyncio.timeout(10):
            while self.service.working < count:  # noqa: ASYNC110 - threads have no asyncio.Event
                await asyncio.sleep(0.01)

    async def until_idle(self) -> None:
        """Until every question has its answer or was given up."""
        async with asyncio.timeout(10):
            while self.bot.questions.open_count:  # noqa: ASYNC110 - private to the bot
                await asyncio.sleep(0.01)


class StartBot(Protocol):
    """``async with start_bot(engine, **settings) as running``: a connected bot; the real engine
    unless another one is given. Started again it finds the same ledger. ``settle`` waits until
    Discord knows the commands."""

    def __call__(
        self, answering: AnswerEngine | None = None, *, settle: bool = True, **changes: Any
    ) -> AbstractAsyncContextManager[Running]: ...


class StartBotAt(Protocol):
    """As :class:`StartBot`, at a Discord that the test has set up itself."""

    def __call__(
        self,
        server: LoopbackDiscord,
        answering: AnswerEngine | None = None,
        *,
        settle: bool = True,
        **changes: Any,
    ) -> AbstractAsyncContextManager[Running]: ...


@pytest.fixture
def start_bot_at(request: pytest.FixtureRequest, tmp_path: Path) -> StartBotAt:
    @asynccontextmanager
    async def start(
        server: LoopbackDiscord,
        answering: AnswerEngine | None = None,
        *,
        settle: bool = True,
        **changes: Any,
    ) -> AsyncIterator[Running]:
        settings = Settings(**{"ledger": tmp_path / "ledger.sqlite3", **changes})
        if answering is None:
            real: Engine = request.getfixturevalue("engine")
            answering = real
        service = AnswerService(
            answering,
            queue_size=settings.discord_queue_size,
            timeout_s=settings.answer_timeout_s,
        )
        ledger = Ledger(settings.ledger)
        await ledger.open()
        try:
            async with FootnoteBot(settings, service, ledger, guild_ready_timeout=0.1) as bot:
                await bot.login(server.token)
                stay = asyncio.create_task(bot.connect())
                started = bot.wait_until_settled() if settle else bot.wait_until_ready()
                start_of = asyncio.create_task(started)
                await asyncio.wait([stay, start_of], return_when=asyncio.FIRST_COMPLETED)
                if stay.done():
                    stay.result()
                yield Running(bot)
                await bot.questions.drain(2)
                await bot.stop_chores()
                stay.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await stay
        finally:
            service.close()
            await ledger.close()

    return start


@pytest.fixture
def start_bot(loopback_discord: LoopbackDiscord, start_bot_at: StartBotAt) -> StartBot:
    return partial(start_bot_at, loopback_discord)
