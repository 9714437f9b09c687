"""Answers of several messages, and those that are attached."""

from __future__ import annotations

import pytest

from index.types import Answer
from tests.bot.discord_app.conftest import StartBot, StartBotAt
from tests.bot.scripted import ScriptedEngine, answered, document
from tests.fakes.discord import LoopbackDiscord, Permission, Rules
from tests.fakes.discord.discord_py import pointed_at

FOLLOW = "POST /webhooks/{webhook_id}/{webhook_token}"
SENTENCE = "The harbour was opened in 1894 by Ada Quill. "


def long_answer(times: int) -> ScriptedEngine:
    source = document(SENTENCE * times)

    def say(question: str) -> Answer:
        return answered(source, question=question)

    return ScriptedEngine(say, documents=(source,))


async def test_a_long_answer_comes_in_parts_with_the_buttons_last(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(long_answer(40)):
        ann.mentions_bot(channel, "When?")
        parts = await server.until_posted(channel, 2)
        asked = ann.slash(channel, "ask", question="When?", private=True)
        shown = await server.until(lambda: asked.messages if len(asked.messages) == 2 else None)
    for first, last in (parts, shown):
        assert not first.buttons and last.buttons
        assert first.reference is not None or first.is_ephemeral == last.is_ephemeral


async def test_what_a_dying_token_has_shown_is_not_shown_again(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(long_answer(40)):
        server.faults.fail(FOLLOW, 401, code=50027)
        asked = ann.slash(channel, "ask", question="When?")
        await server.until(lambda: len(channel.bot_messages) >= 2)
        first, last = channel.bot_messages
        assert asked.messages == [first]
        assert not first.buttons and last.buttons and last.nonce == f"{asked.id}-1"


async def test_an_answer_of_many_messages_is_attached(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(long_answer(400)):
        mentioned = await server.until_replied(ann.mentions_bot(channel, "When?"))
        asked = await server.until_response(ann.slash(channel, "ask", question="When?"))
    for shown in (mentioned, asked):
        assert "in the attached file" in shown.text and shown.buttons
        assert [each.filename for each in shown.attachments] == ["answer.md"]
        assert shown.attachments[0].content.decode().count("Ada Quill") == 800


@pytest.mark.parametrize("why", ["forbidden", "too large"])
async def test_where_no_file_can_be_sent_the_answer_says_so(
    start_bot_at: StartBotAt, why: str
) -> None:
    rules = Rules(upload_bytes=1000) if why == "too large" else Rules()
    async with LoopbackDiscord(rules) as server:
        with pointed_at(server):
            guild = server.guild()
            channel = guild.channel("general")
            if why == "forbidden":
                channel.deny(server.bot, Permission.ATTACH_FILES)
            ann = server.user("Ann", guild)
            async with start_bot_at(server, long_answer(400)):
                mentioned = await server.until_replied(ann.mentions_bot(channel, "When?"))
                assert "cannot attach it here" in mentioned.text and mentioned.buttons
                asked = ann.slash(channel, "ask", question="When?")
                shown = await server.until_response(asked)
                # What a command shows is not held to the bot's rights in the channel.
                assert ("cannot attach it here" in shown.text) == (why == "too large")
