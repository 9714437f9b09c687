"""What Discord, the network and the disk do to a bot, and that it stays."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import threading
from pathlib import Path

import pytest

from bot.ledger import Claim
from index.errors import SourceError
from index.types import Answer
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine, answered, document
from tests.fakes.discord import Actor, Channel, LoopbackDiscord, Permission

RESPOND = "POST /interactions/{interaction_id}/{interaction_token}/callback"
SEND = "POST /channels/{channel_id}/messages"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.discord_app.replies.reply._PAUSES_S", (0.01, 0.01, 0.01))


def people(server: LoopbackDiscord) -> tuple[Channel, Actor, Actor]:
    guild = server.guild()
    return guild.channel("general"), server.user("Ann", guild), server.user("Bob", guild)


@pytest.mark.parametrize(
    "event",
    [
        "MESSAGE_CREATE",
        "MESSAGE_UPDATE",
        "INTERACTION_CREATE",
        "GUILD_CREATE",
        "CHANNEL_CREATE",
        "THREAD_CREATE",
        "RESUMED",
    ],
)
async def test_malformed_events_do_not_end_the_process(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    caplog: pytest.LogCaptureFixture,
    event: str,
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        for data in ({}, {"id": "x"}, {"id": "1", "type": 3, "data": None}):
            server.faults.dispatch(event, data)
        await server.until_replied(ann.mentions_bot(channel, "Still there?"))
    if event != "RESUMED":
        assert f"a {event} event could not be read" in caplog.text


async def test_the_asker_deletes_the_question_before_it_is_answered(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    opened = threading.Event()

    def say(question: str) -> Answer:
        opened.wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)) as running:
        asked = ann.mentions_bot(channel, "When?")
        await running.until_working(1)
        ann.deletes(asked)
        await running.until_idle()
        opened.set()
        await server.until_replied(ann.mentions_bot(channel, "And now?"))
    assert len(channel.bot_messages) == 1


async def test_questions_are_deleted_in_bulk_before_they_are_answered(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    guild = channel.guild
    assert guild is not None
    mods = guild.role("mods", Permission.MANAGE_MESSAGES)
    moderator = server.user("Mod", guild, roles=(mods,))
    opened = threading.Event()

    def say(question: str) -> Answer:
        opened.wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)) as running:
        asked = [ann.mentions_bot(channel, "When?"), ann.mentions_bot(channel, "Where?")]
        await running.until_working(1)
        moderator.deletes_in_bulk(channel, *asked)
        await running.until_idle()
        opened.set()
        await server.until_replied(ann.mentions_bot(channel, "And now?"))
    assert len(channel.bot_messages) == 1


async def test_a_channel_that_is_deleted_meanwhile(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    doomed = channel.guild.channel("doomed")
    opened = threading.Event()

    def say(question: str) -> Answer:
        opened.wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)) as running:
        ann.mentions_bot(doomed, "When?")
        await running.until_working(1)
        doomed.delete()
        opened.set()
        await running.until_idle()
        await server.until_replied(ann.mentions_bot(channel, "Still there?"))
    assert "could not be delivered" in caplog.text


@pytest.mark.parametrize("status", [500, 503])
async def test_server_errors_are_outlived(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, status: int
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        server.faults.fail(SEND, status, times=2)
        server.faults.fail(EDIT, status, times=2)
        asked = ann.mentions_bot(channel, "When?")
        slash = ann.slash(channel, "ask", question="When?")
        assert "[1]" in (await server.until_replied(asked, timeout_s=15)).text
        assert "[1]" in (await server.until_response(slash, timeout_s=15)).text
    assert len(asked.replies) == 1


async def test_limits_with_and_without_via_are_outlived(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        server.faults.rate_limit(SEND, 0.05)
        server.faults.rate_limit(SEND, 0.05, via=False)
        await server.until_replied(ann.mentions_bot(channel, "When?"))
        server.faults.rate_limit(EDIT, 0.05)
        server.faults.rate_limit(EDIT, 0.05, via=False)
        await server.until_response(ann.slash(channel, "ask", question="When?"))


async def test_typing_that_is_forbidden_or_fails_is_no_matter(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        server.faults.fail("POST /channels/{channel_id}/typing", 403, times=None)
        await server.until_replied(ann.mentions_bot(channel, "When?"))


async def test_a_thread_that_may_not_be_opened_falls_back_to_a_reply(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    boss = server.user(
        "Boss", channel.guild, roles=(channel.guild.role("m", Permission.MANAGE_GUILD),)
    )
    channel.deny(server.bot, Permission.CREATE_PUBLIC_THREADS)
    async with start_bot(ScriptedEngine()):
        await server.until_response(boss.slash(channel, "channel", threads=True))
        assert "[1]" in (await server.until_replied(ann.mentions_bot(channel, "When?"))).text


async def test_lost_sessions_and_resumes(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine(), discord_cooldown_s=0) as running:
        for code in (None, 1000, 4000, 4008):
            server.faults.disconnect(code)
            missed = ann.mentions_bot(channel, f"Missed at {code}?")
            await server.until_replied(missed)
            assert len(missed.replies) == 1
        server.faults.reconnect()
        await server.until_replied(ann.mentions_bot(channel, "After op 7?"))
        assert len(running.bot._chores) == 4
    assert server.commands.syncs == 1


async def test_a_locked_ledger_keeps_nobody_waiting(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, tmp_path: Path
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        lock = sqlite3.connect(tmp_path / "ledger.sqlite3", isolation_level=None)
        lock.execute("BEGIN IMMEDIATE")
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert "1894" in opened.text
        told = await server.until_response(ann.slash(channel, "status"))
        assert "ledger is out of use" in told.text
        lock.close()


@pytest.mark.parametrize("content", [b"no database " * 500, b""])
async def test_a_corrupt_or_empty_ledger_keeps_nobody_waiting(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, tmp_path: Path, content: bytes
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    (tmp_path / "ledger.sqlite3").write_bytes(content)
    async with start_bot(ScriptedEngine()):
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert "1894" in opened.text
        told = await server.until_response(ann.slash(channel, "status"))
        assert ("was damaged" in told.text) is bool(content)


async def test_questions_that_a_crash_interrupted_are_excused_once(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()) as running:
        # What a kill -9 leaves behind: claims that nobody finishes.
        interaction = ann.slash(channel, "ask", question="When?")
        await server.until_response(interaction)
        asked = ann.says(channel, "An earlier question")
        now = running.ledger.now()
        await running.ledger.claim(Claim(f"m:{asked.id}", now, channel.id))
        await running.ledger.claim(Claim("i:1", now, channel.id, token=interaction.token))
    async with start_bot(ScriptedEngine()):
        assert "being restarted" in (await server.until_replied(asked)).text
        assert "being restarted" in (await server.until_response(interaction)).text
    async with start_bot(ScriptedEngine()):
        assert len(asked.replies) == 1


async def test_an_hour_later_messages_are_still_excused_even_if_one_is_dropped(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    first, second = ann.says(channel, "One?"), ann.says(channel, "Two?")
    async with start_bot(ScriptedEngine()) as running:
        hour_ago = running.ledger.now() - 3600
        for number, asked in enumerate((first, second)):
            await running.ledger.claim(Claim(f"m:{asked.id}", hour_ago + number, channel.id))
    server.faults.drop(SEND)
    async with start_bot(ScriptedEngine()):
        assert "being restarted" in (await server.until_replied(second)).text


async def test_shutdown_finishes_what_is_quick_and_apologises_for_the_rest(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    opened, never = threading.Event(), threading.Event()

    def say(question: str) -> Answer:
        (never if "slow" in question else opened).wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say), discord_cooldown_s=0) as running:
        quick = ann.mentions_bot(channel, "A quick one?")
        slow = bob.slash(channel, "ask", question="A slow one?")
        await slow.acknowledged()
        await running.until_working(2)
        draining = asyncio.create_task(running.bot.questions.drain(0.3))
        await asyncio.sleep(0)
        late = ann.mentions_bot(channel, "Too late?")
        opened.set()
        await draining
        assert "[1]" in (await server.until_replied(quick)).text
        assert "being restarted" in (await server.until_response(slow)).text
        assert "being restarted" in (await server.until_replied(late)).text
        never.set()
    assert [len(m.replies) for m in (quick, late)] == [1, 1]


async def test_reload_shows_progress_and_problems_and_keeps_answering(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    boss = server.user(
        "Boss", channel.guild, roles=(channel.guild.role("m", Permission.MANAGE_GUILD),)
    )
    engine = ScriptedEngine()
    engine.rebuild_gate.clear()
    engine.problems = (SourceError("x.pdf cannot be read.", cure="Remove it."),)
    async with start_bot(engine):
        reload = boss.slash(channel, "reload")
        progress = await server.until_response(reload)
        assert "reading 1 of 2" in progress.text and reload.is_ephemeral
        await server.until_replied(ann.mentions_bot(channel, "Meanwhile?"))
        twice = await server.until_response(boss.slash(channel, "reload"))
        assert "already" in twice.text
        engine.rebuild_gate.set()
        await server.until(lambda: "Done in" in progress.text)
        assert "x.pdf cannot be read" in progress.text and "Remove it" in progress.text


async def test_administration_is_refused_to_others_even_if_a_server_shows_it(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    engine = ScriptedEngine()
    async with start_bot(engine):
        for command in ("reload", "channel"):
            shown = await server.until_response(ann.sends_stale_command(channel, command))
            assert "those who manage the server" in shown.text
    assert engine.rebuilds == 0


async def test_the_real_engine_is_read_again_without_downtime(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    boss = server.user(
        "Boss", channel.guild, roles=(channel.guild.role("m", Permission.MANAGE_GUILD),)
    )
    async with start_bot():
        reload = boss.slash(channel, "reload")
        asked = ann.mentions_bot(channel, "Who will Witkoff meet?")
        assert "Macron" in (await server.until_replied(asked)).text
        told = await server.until_response(reload)
        await server.until(lambda: "Done in" in told.text, 20)


def test_the_library_is_quiet_about_what_does_not_matter() -> None:
    from bot.discord_app.library_log import quiet_library

    quiet_library()
    quiet_library()
    logger = logging.getLogger("discord.client")
    assert len(logger.filters) == 1
    try:
        raise OSError("no route")
    except OSError as error:
        record = logger.makeRecord(
            "discord.client",
            logging.ERROR,
            "client.py",
            1,
            "Attempting a reconnect in %.2fs",
            (2.0,),
            (OSError, error, error.__traceback__),
        )
    assert logger.filter(record)
    assert record.getMessage() == "Discord cannot be reached (no route); trying again in 2 s"
    assert record.exc_info is None
