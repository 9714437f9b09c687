"""The gateway through the real client: logging in, breaking off, coming back."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from tests.fakes.discord import Intent, LoopbackDiscord, Rules
from tests.fakes.discord.conftest import Scene
from tests.fakes.discord.discord_py import pointed_at, running
from tests.fakes.discord.minimal_bot import MinimalBot


async def hears(scene: Scene, text: str) -> None:
    asked = scene.ann.mentions_bot(scene.channel, text)
    await scene.server.until_replied(asked)


async def test_a_wrong_token_is_refused_at_login(loopback_discord: LoopbackDiscord) -> None:
    with pytest.raises(discord.LoginFailure):
        async with running(MinimalBot(), loopback_discord, token="wrong"):
            pass


async def test_a_token_revoked_after_login_closes_4004(loopback_discord: LoopbackDiscord) -> None:
    class Revoked(MinimalBot):
        async def setup_hook(self) -> None:
            loopback_discord.rules.token = "another"

    with pytest.raises(discord.ConnectionClosed) as closed:
        async with running(Revoked(), loopback_discord):
            pass
    assert closed.value.code == 4004


async def test_an_unapproved_intent_closes_4014(loopback_discord: LoopbackDiscord) -> None:
    intents = discord.Intents.default()
    intents.message_content = True
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(MinimalBot(intents=intents), loopback_discord):
            pass


@pytest.mark.parametrize("code", [None, 1000, 4000, 4008, 4009])
async def test_a_broken_connection_is_resumed_and_missed_events_replayed(
    scene: Scene, code: int | None
) -> None:
    scene.server.faults.disconnect(code)
    missed = scene.ann.mentions_bot(scene.channel, "while you were away")
    await scene.server.until_replied(missed)
    await hears(scene, "and now")
    assert (scene.server.gateway.identifies, scene.server.gateway.resumes) == (1, 1)
    assert (scene.bot.resumed, scene.bot.readies) == (1, 1)
    assert len(scene.bot.heard) == 2


async def test_op_7_is_obeyed(scene: Scene) -> None:
    scene.server.faults.reconnect()
    await scene.server.gateway.until(lambda: scene.server.gateway.resumes, 5)
    await hears(scene, "still there?")
    assert scene.server.gateway.identifies == 1


async def test_a_resumable_invalid_session_is_resumed(scene: Scene) -> None:
    scene.server.faults.invalid_session(resumable=True)
    await scene.server.gateway.until(lambda: scene.server.gateway.resumes, 5)
    await hears(scene, "still there?")


async def test_a_lost_session_starts_anew_without_what_was_missed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio, "sleep", _hurried(asyncio.sleep))
    scene.server.faults.invalid_session()
    lost = scene.ann.mentions_bot(scene.channel, "nobody hears this")
    await scene.server.gateway.until(lambda: scene.server.gateway.identifies == 2, 5)
    await hears(scene, "but this")
    assert not lost.replies
    assert [message.content[-4:] for message in scene.bot.heard] == ["this"]


def _hurried(sleep: object) -> object:
    async def hurried(seconds: float, result: object = None) -> object:
        """discord.py waits 5 s before it identifies again."""
        return await sleep(min(seconds, 0.05), result)  # type: ignore[operator]

    return hurried


async def test_a_forgotten_session_is_refused_at_resume(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio, "sleep", _hurried(asyncio.sleep))
    scene.server.faults.forget_sessions()
    scene.server.faults.disconnect()
    await scene.server.gateway.until(lambda: scene.server.gateway.identifies == 2, 5)
    await hears(scene, "hello again")
    assert scene.server.gateway.resumes == 1


async def test_a_server_that_was_away_comes_back_on_the_same_port(scene: Scene) -> None:
    port = scene.server.api_url
    await scene.server.stop()
    await scene.server.start()
    assert scene.server.api_url == port
    await hears(scene, "back again")


async def test_heartbeats_are_answered_and_their_absence_noticed() -> None:
    async with LoopbackDiscord(Rules(heartbeat_interval_s=0.1)) as server:
        async with aiohttp.ClientSession() as session:
            url = f"{server.gateway_url}?v=10&encoding=json"
            async with session.ws_connect(url) as socket:
                assert (await socket.receive_json())["op"] == 10
                await socket.send_json({"op": 1, "d": None})
                assert (await socket.receive_json())["op"] == 11
                assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
                assert socket.close_code == 4009
        assert server.gateway.heartbeats == 1


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("not json", 4002),
        ('{"op": 99}', 4001),
        ('{"op": 8, "d": {}}', 4003),
        ('{"op": 2, "d": 7}', 4002),
        ('{"op": 2, "d": {"token": "wrong", "intents": 0}}', 4004),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 1073741824}}', 4013),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 32768}}', 4014),
        ('{"op": 2, "d": {"token": "TOKEN", "intents": 0, "shard": [1, 1]}}', 4010),
    ],
)
async def test_close_codes(frame: str, code: int) -> None:
    async with LoopbackDiscord(Rules(token="TOKEN")) as server, aiohttp.ClientSession() as session:
        socket = await session.ws_connect(f"{server.gateway_url}?v=10&encoding=json")
        await socket.receive_json()
        await socket.send_str(frame)
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == code


@pytest.mark.parametrize("compress", [True, False])
async def test_with_and_without_compression(compress: bool) -> None:
    async with LoopbackDiscord(Rules(compress=compress)) as server:
        guild = server.guild()
        ann, channel = server.user("Ann", guild), guild.channel("general")
        with pointed_at(server):
            async with running(MinimalBot(), server):
                await server.until_replied(ann.mentions_bot(channel, "hello"))


async def test_the_members_intent_brings_chunks() -> None:
    rules = Rules(approved_intents=Intent.GUILD_MEMBERS)
    async with LoopbackDiscord(rules) as server:
        guild = server.guild()
        server.user("Ann", guild)
        intents = discord.Intents.default()
        intents.members = True
        bot = MinimalBot(intents=intents)
        with pointed_at(server):
            async with running(bot, server):
                found = bot.get_guild(guild.id)
                assert found is not None
                assert found.chunked
                assert {m.name for m in found.members} >= {"ann", "footnote"}


@pytest.mark.parametrize(("code", "survives"), [(1000, False), (1001, False), (4000, True)])
async def test_only_1000_and_1001_end_a_session(code: int, survives: bool) -> None:
    async with LoopbackDiscord(Rules(token="TOKEN")) as server, aiohttp.ClientSession() as session:
        url = f"{server.gateway_url}?v=10&encoding=json"
        first = await session.ws_connect(url)
        await first.receive_json()
        await first.send_json({"op": 2, "d": {"token": "TOKEN", "intents": 0}})
        ready = await first.receive_json()
        await first.close(code=code)
        await server.until_disconnected()
        assert server.gateway.close_codes == [code]
        second = await session.ws_connect(url)
        await second.receive_json()
        resume = {"token": "TOKEN", "session_id": ready["d"]["session_id"], "seq": ready["s"]}
        await second.send_json({"op": 6, "d": resume})
        answer = await second.receive_json()
        assert answer["t"] == ("RESUMED" if survives else None)


async def test_servers_are_spread_over_shards() -> None:
    async with LoopbackDiscord(Rules(token="TOKEN")) as server, aiohttp.ClientSession() as session:
        guilds = [server.guild(f"Server {number}") for number in range(3)]
        seen: list[int] = []
        for shard in (0, 1):
            socket = await session.ws_connect(f"{server.gateway_url}?v=10&encoding=json")
            await socket.receive_json()
            identify = {"token": "TOKEN", "intents": 0, "shard": [shard, 2]}
            await socket.send_json({"op": 2, "d": identify})
            ready = await socket.receive_json()
            mine = [int(guild["id"]) for guild in ready["d"]["guilds"]]
            assert all((guild >> 22) % 2 == shard for guild in mine)
            seen += mine
        assert sorted(seen) == [guild.id for guild in guilds]


async def test_servers_and_channels_come_and_go(scene: Scene) -> None:
    other = scene.server.guild("Other")
    late = other.channel("late")
    await hears(scene, "seen it?")
    assert scene.bot.get_channel(late.id) is not None
    late.delete()
    other.remove(scene.server.bot)
    await hears(scene, "and now?")
    assert scene.bot.get_channel(late.id) is None
    assert scene.bot.get_guild(other.id) is None
