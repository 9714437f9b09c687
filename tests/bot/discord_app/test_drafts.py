"""Answers that grow: what is to be seen meanwhile, how often it changes, and what stays."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from itertools import pairwise

from bot.discord_app.rendering import CONTENT_LIMIT, length, render_answer, render_draft
from bot.discord_app.replies import Drafts
from index.errors import QuestionError
from index.types import Answer, RejectedClaim
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine, answered, document
from tests.fakes.discord import LoopbackDiscord, Message

WRITING = "Still writing"


def growing(*settles: str, pause_s: float = 0.1) -> ScriptedEngine:
    engine = ScriptedEngine()
    engine.settles = settles
    engine.pause_s = pause_s
    return engine


def is_final(message: Message) -> bool:
    return bool(message.buttons)


async def test_the_newest_is_shown_and_the_rest_skipped() -> None:
    shown: list[str] = []

    async def show(text: str) -> None:
        shown.append(text)

    drafts = Drafts(show, every_s=0.05)
    for text in "abc":
        drafts.put(text)
    await asyncio.sleep(0)
    for text in "def":
        drafts.put(text)
    await asyncio.sleep(0.2)
    drafts.put("g")
    await drafts.close()
    drafts.put("h")
    await asyncio.sleep(0.1)
    assert shown[:2] == ["c", "f"]
    assert "h" not in shown


async def test_nothing_is_waited_for_where_nothing_was_shown() -> None:
    async def show(text: str) -> None:
        raise AssertionError(text)

    await Drafts(show, every_s=1e6).close()


async def test_a_reply_grows_at_most_once_a_second(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    settled = [f"Sentence {number}. [1]" for number in range(25)]
    engine = growing(*[" ".join(settled[: n + 1]) for n in range(25)])
    async with start_bot(engine):
        asked = server.user("Ann", guild).mentions_bot(channel, "When was it opened?")
        draft = await server.until_replied(asked)
        assert draft.content.startswith("Sentence 0. [1]") and WRITING in draft.content
        await draft.until(lambda: is_final(draft), 20)
    traffic = server.transcript.matching("/messages")
    times = [e.at_s for e in traffic if e.direction == ">" and "content" in (e.body or {})]
    assert len(times) >= 3
    assert all(after - before >= 1.0 for before, after in pairwise(times))
    assert WRITING not in draft.content
    assert all(WRITING in revision.content for revision in draft.revisions[1:])
    assert channel.bot_messages == [draft]
    assert not draft.pings


async def test_a_command_grows_too(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    async with start_bot(growing("It opened in 1894. [1]", pause_s=0.5)):
        asked = server.user("Ann", guild).slash(channel, "ask", question="When was it opened?")
        await asked.until(lambda: bool(asked.messages) and WRITING in asked.messages[0].content, 10)
        await asked.until(lambda: is_final(asked.messages[0]), 10)
        (answer,) = asked.messages
    assert "1894" in answer.content and WRITING not in answer.content


async def test_a_failure_takes_the_drafts_place(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    def fail(question: str) -> Answer:
        raise QuestionError("It went wrong.", cure="Ask again.")

    server = loopback_discord
    guild = server.guild()
    engine = ScriptedEngine(fail)
    engine.settles = ("It opened in 1894. [1]",)
    engine.pause_s = 0.3
    async with start_bot(engine):
        asked = server.user("Ann", guild).mentions_bot(guild.channel("general"), "When?")
        draft = await server.until_replied(asked)
        await draft.until(lambda: WRITING not in draft.content, 10)
    assert draft.content.startswith("It went wrong.")


def test_a_draft_is_harmless_and_fits() -> None:
    shown = render_draft("@everyone **said** [x](http://evil.example) " * 200)
    assert length(shown) <= CONTENT_LIMIT
    assert "@everyone" not in shown and WRITING in shown


def test_how_an_answer_came_about_stands_below_it() -> None:
    answer = replace(
        answered(document()),
        notice="The language model took too long. The reader answers instead.",
        rejected=(RejectedClaim("It was 1895.", "No."), RejectedClaim("It was 1896.", "No.")),
    )
    lines = render_answer(answer).parts[-1].splitlines()
    assert lines[-3] == "-# The language model took too long. The reader answers instead."
    assert lines[-2] == "-# 2 unproven sentences dropped."
