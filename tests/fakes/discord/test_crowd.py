"""A hundred users at once, while everything goes wrong that may."""

from __future__ import annotations

import asyncio

from tests.fakes.discord import Actor
from tests.fakes.discord.conftest import Scene

SEND = "POST /channels/{channel_id}/messages"


async def test_a_crowd_is_served_exactly_once_each(scene: Scene) -> None:
    server, channel = scene.server, scene.channel
    crowd = [server.user(f"User {number}", scene.guild) for number in range(100)]
    limited = server.faults.rate_limit(SEND, 0.01, times=20, probability=0.2)

    async def asks(user: Actor) -> None:
        asked = user.mentions_bot(channel, f"question of {user.name}")
        await server.until_replied(asked, timeout_s=60)
        direct = user.says(user.dm, "in private")
        await server.until_replied(direct, timeout_s=60)
        assert len(asked.replies) == len(direct.replies) == 1

    async def disturbs() -> None:
        for code in (None, 4000, 4009):
            await server.until(lambda: len(scene.bot.heard) > 20, 60)
            server.faults.disconnect(code)
            await server.until_disconnected()
            await server.until_ready()

    await asyncio.gather(disturbs(), *(asks(user) for user in crowd))
    assert limited.struck > 0
    assert server.gateway.resumes == 3
    assert len(scene.bot.heard) == 200
