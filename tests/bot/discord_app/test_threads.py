"""Answers in threads that are opened for them, and what is to be seen before they come."""

from __future__ import annotations

import threading

import pytest

from bot.ledger import ChannelSettings
from index.types import Answer
from tests.bot.discord_app.conftest import Running, StartBot
from tests.bot.scripted import ScriptedEngine, answered, document
from tests.fakes.discord import Channel, LoopbackDiscord, Message, Permission

THREADS = "POST /channels/{channel_id}/messages/{message_id}/threads"
SEND = "POST /channels/{channel_id}/messages"
LONG = document("The harbour was opened in 1894 by Ada Quill. " * 400)


def open_threads(running: Running, channel: Channel) -> None:
    assert channel.guild is not None
    settings = ChannelSettings(channel.id, channel.guild.id, threads=True)
    running.bot.channels[channel.id] = settings


def shown(message: Message) -> list[str]:
    return [each.text for each in message.replies if not each.is_deleted]


async def test_without_the_right_to_write_in_threads_none_is_opened(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    channel.deny(server.bot, Permission.SEND_MESSAGES_IN_THREADS)
    async with start_bot(ScriptedEngine()) as running:
        open_threads(running, channel)
        asked = server.user("Ann", guild).mentions_bot(channel, "When?")
        assert "[1]" in (await server.until_replied(asked)).text
        assert asked.thread is None


async def test_a_thread_that_refuses_the_answer_is_left(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    async with start_bot(ScriptedEngine()) as running:
        open_threads(running, channel)
        server.faults.fail(SEND, 403, code=50001)
        asked = server.user("Ann", guild).mentions_bot(channel, "When?")
        assert "[1]" in (await server.until_replied(asked)).text
        assert asked.thread is not None and not asked.thread.bot_messages


@pytest.mark.parametrize("fault", ["limit", "drop"])
async def test_a_thread_that_cannot_be_opened_now_loses_no_answer(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, fault: str
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    async with start_bot(ScriptedEngine()) as running:
        open_threads(running, channel)
        if fault == "limit":
            server.faults.rate_limit(THREADS, 120.0, times=None)
        else:
            server.faults.drop(THREADS, times=None)
        asked = server.user("Ann", guild).mentions_bot(channel, "When?")
        assert "[1]" in (await server.until_replied(asked)).text


@pytest.mark.parametrize("in_thread", [True, False])
async def test_no_notice_of_the_queue_outlives_the_answer(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, in_thread: bool
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    opened = threading.Event()

    def say(question: str) -> Answer:
        opened.wait(10)
        return answered(document() if in_thread else LONG, question=question)

    engine = ScriptedEngine(say, documents=(LONG,))
    async with start_bot(engine, discord_cooldown_s=0) as running:
        if in_thread:
            open_threads(running, channel)
        asked = [ann.mentions_bot(channel, f"Question {n}?") for n in range(6)]
        notice = await server.until_replied(asked[5])
        assert "in the queue" in notice.text
        opened.set()
        await running.until_idle()
        assert notice.is_deleted
        if in_thread:
            thread = asked[5].thread
            assert thread is not None and len(thread.bot_messages) == 1
            assert shown(asked[5]) == []
        else:
            (answer,) = shown(asked[5])
            assert "in the attached file" in answer
