"""Everything here that leans on discord.py's own names."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import discord
import discord.gateway
import discord.http
import yarl

from tests.fakes.discord.server import LoopbackDiscord


@contextmanager
def pointed_at(server: LoopbackDiscord) -> Iterator[None]:
    """While inside, every discord.py client of this process talks to ``server``."""
    api, gateway = discord.http.Route.BASE, discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
    try:
        yield
    finally:
        discord.http.Route.BASE = api
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


@asynccontextmanager
async def running(
    client: discord.Client, server: LoopbackDiscord, token: str | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """``client``, logged in and ready; the task is its ``start()``. Closed at the end.

    What ends ``start()`` with an exception is raised here, before or after the block.
    """
    async with client:
        started = asyncio.create_task(client.start(token or server.token))
        ready = asyncio.create_task(_ready(client, server))
        await asyncio.wait((started, ready), return_when=asyncio.FIRST_COMPLETED)
        if started.done():
            ready.cancel()
            await started
        await ready
        yield started
    await started
    # Handlers of the last events, which would otherwise be cut off unawaited.
    last = [task for task in asyncio.all_tasks() if task.get_name().startswith("discord.py")]
    if last:
        await asyncio.wait(last, timeout=1.0)


async def _ready(client: discord.Client, server: LoopbackDiscord) -> None:
    await server.until_ready()
    await client.wait_until_ready()
