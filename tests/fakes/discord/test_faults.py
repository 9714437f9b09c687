"""Injected faults, and how the real client meets them."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from tests.fakes.discord import LoopbackDiscord, ProtocolBreach
from tests.fakes.discord.conftest import Scene
from tests.fakes.discord.discord_py import running
from tests.fakes.discord.minimal_bot import MinimalBot
from tests.fakes.discord.test_messages import text_channel

SEND = "POST /channels/{channel_id}/messages"
RESPOND = "POST /interactions/{interaction_id}/{interaction_token}/callback"


async def test_a_429_with_via_is_waited_out(scene: Scene) -> None:
    fault = scene.server.faults.rate_limit(SEND, 0.05)
    await text_channel(scene).send("patient")
    assert len(scene.channel.bot_messages) == 1
    assert fault.struck == 1
    assert scene.server.rest.served[SEND] == 2


async def test_a_429_without_via_is_taken_for_a_ban(scene: Scene) -> None:
    scene.server.faults.rate_limit(SEND, 0.05, via=False)
    with pytest.raises(discord.HTTPException) as refused:
        await text_channel(scene).send("banned")
    assert refused.value.status == 429


async def test_a_global_429_is_waited_out(scene: Scene) -> None:
    scene.server.faults.rate_limit(SEND, 0.05, is_global=True)
    await text_channel(scene).send("patient")
    assert len(scene.channel.bot_messages) == 1


async def test_buckets_run_dry_and_the_client_heeds_the_headers(scene: Scene) -> None:
    scene.server.rate_limits.set(SEND, 3, 0.3)
    channel = text_channel(scene)
    await asyncio.gather(*(channel.send(str(number)) for number in range(7)))
    assert len(scene.channel.bot_messages) == 7
    assert scene.server.rest.served[SEND] <= 9


async def test_a_global_limit(scene: Scene) -> None:
    scene.server.rate_limits.set_global(2, 0.2)
    await asyncio.gather(*(scene.bot.fetch_user(scene.ann.id) for _ in range(3)))
    assert scene.server.transcript.matching("429 to GET")


@pytest.mark.parametrize("status", [500, 502])
async def test_server_errors_are_retried_by_the_client(scene: Scene, status: int) -> None:
    scene.server.faults.fail(SEND, status)
    await text_channel(scene).send("again")
    assert len(scene.channel.bot_messages) == 1


async def test_503_is_not_retried(scene: Scene) -> None:
    scene.server.faults.fail(SEND, 503)
    with pytest.raises(discord.DiscordServerError):
        await text_channel(scene).send("x")


async def test_a_dropped_connection_loses_the_request(scene: Scene) -> None:
    scene.server.faults.drop(SEND)
    with pytest.raises(aiohttp.ClientError):
        await text_channel(scene).send("lost")
    assert not scene.channel.bot_messages


async def test_a_connection_dropped_afterwards_loses_the_answer_alone(scene: Scene) -> None:
    scene.server.faults.drop(SEND, after=True)
    with pytest.raises(aiohttp.ClientError):
        await text_channel(scene).send("arrived")
    assert [message.content for message in scene.channel.bot_messages] == ["arrived"]


async def test_a_dead_token_by_injection(scene: Scene) -> None:
    scene.server.faults.fail(RESPOND, 404, code=10062)
    scene.ann.slash(scene.channel, "echo", text="x")
    assert isinstance(await scene.bot.errors.get(), discord.NotFound)
    await scene.ann.slash(scene.channel, "echo", text="y").response()
    assert not scene.server.rest.refusals


async def test_probable_faults_are_reproducible(scene: Scene) -> None:
    fault = scene.server.faults.rate_limit(SEND, 0.001, times=None, probability=0.5)
    channel = text_channel(scene)
    for number in range(10):
        await channel.send(str(number))
    assert 0 < fault.struck < 30
    scene.server.faults.heal()
    struck = fault.struck
    await channel.send("healed")
    assert fault.struck == struck


async def test_a_malformed_dispatch_ends_an_unguarded_client(
    loopback_discord: LoopbackDiscord,
) -> None:
    with pytest.raises(KeyError):
        async with running(MinimalBot(), loopback_discord) as started:
            loopback_discord.faults.dispatch("MESSAGE_CREATE", {"id": "1"})
            await asyncio.wait((started,))


async def test_an_unknown_route_is_answered_501_and_fails_the_test() -> None:
    with pytest.raises(ProtocolBreach, match="no such route"):
        async with LoopbackDiscord() as server, aiohttp.ClientSession() as session:
            answer = await session.get(f"{server.api_url}/no/such/route")
            assert answer.status == 501


async def test_a_breach_of_the_schema_fails_the_test() -> None:
    with pytest.raises(ProtocolBreach, match="from the client"):
        async with LoopbackDiscord() as server:
            channel = server.guild().channel("general")
            headers = {"Authorization": f"Bot {server.token}"}
            url = f"{server.api_url}/channels/{channel.id}/messages"
            async with aiohttp.ClientSession(headers=headers) as session:
                body = {"content": "x", "tts": "yes"}
                async with session.post(url, json=body) as answer:
                    assert answer.status == 200


async def test_a_body_that_no_route_can_read_fails_the_test() -> None:
    with pytest.raises(ProtocolBreach, match="could not be read"):
        async with LoopbackDiscord() as server:
            channel = server.guild().channel("general")
            headers = {"Authorization": f"Bot {server.token}"}
            url = f"{server.api_url}/channels/{channel.id}/messages"
            async with aiohttp.ClientSession(headers=headers) as session:
                answer = await session.post(url, json={"embeds": "many"})
                assert answer.status == 400


async def test_a_taken_finding_fails_nothing() -> None:
    async with LoopbackDiscord() as server, aiohttp.ClientSession() as session:
        async with session.delete(f"{server.api_url}/users/@me") as answer:
            assert answer.status == 501
        assert "no such route" in server.findings.take()[0]


async def test_a_timeout_shows_the_traffic(scene: Scene) -> None:
    with pytest.raises(TimeoutError, match="GET /users/@me"):
        await scene.server.until_posted(scene.channel, timeout_s=0.05)


async def test_waiting_for_something_outside_discord(scene: Scene) -> None:
    asyncio.get_running_loop().call_later(0.05, scene.bot.go_on.set)
    assert await scene.server.until(scene.bot.go_on.is_set)
    with pytest.raises(TimeoutError, match="pigs to fly"):
        await scene.server.until(lambda: False, 0.05, "pigs to fly")


async def test_the_transcript_hides_tokens_and_shows_bodies(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "echo", text="hello")
    await asked.response()
    shown = scene.server.transcript.render()
    assert scene.server.token not in shown
    assert '"content": "hello"' in shown
