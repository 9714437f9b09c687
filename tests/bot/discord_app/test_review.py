"""/gaps and /verify over the sockets, and what they say."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.discord_app.review_pages import gaps_sections, verification_sections
from bot.ledger import Gap
from bot.verification import Verification
from index.types import Span
from tests.bot.discord_app.conftest import StartBot
from tests.bot.discord_app.discord_markdown import active
from tests.bot.discord_app.nasty import PIECES
from tests.bot.scripted import TEXT, ScriptedEngine, answered, document, not_found
from tests.bot.test_verification import record
from tests.fakes.discord import LoopbackDiscord, Permission


async def test_gaps_count_what_was_asked_in_vain_where_the_asker_may_look(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel, closed = guild.channel("general"), guild.channel("closed")
    closed.deny(guild.everyone, Permission.VIEW_CHANNEL)
    inner = guild.role("inner")
    closed.allow(inner, Permission.VIEW_CHANNEL)
    closed.allow(guild.bot_role, Permission.VIEW_CHANNEL)
    boss = server.user("Boss", guild, roles=(guild.role("m", Permission.MANAGE_GUILD),))
    ann = server.user("Ann", guild, roles=(inner,))
    engine = ScriptedEngine(lambda q: not_found(document(), question=q))
    async with start_bot(engine, discord_cooldown_s=0):
        empty = await server.until_response(boss.slash(channel, "gaps"))
        assert "Nothing that was asked here" in empty.text
        for question in ("Who painted it?", "who painted it", "Who dredged it?"):
            await server.until_replied(ann.mentions_bot(channel, question))
        await server.until_replied(ann.mentions_bot(closed, "Who is fired?"))
        await server.until_response(ann.slash(channel, "ask", question="Am I?", private=True))
        asked = boss.slash(channel, "gaps")
        told = (await server.until_response(asked)).text
        assert asked.is_ephemeral
        assert "who painted it (2 times" in told and "Who dredged it?" in told
        assert told.index("painted") < told.index("dredged")
        assert "fired" not in told and "Am I" not in told


async def test_gaps_of_private_threads_are_for_those_who_manage_threads(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    manager = guild.role("m", Permission.MANAGE_GUILD)
    boss = server.user("Boss", guild, roles=(manager,))
    threads = guild.role("t", Permission.MANAGE_THREADS)
    warden = server.user("Warden", guild, roles=(manager, threads))
    ann = server.user("Ann", guild)
    engine = ScriptedEngine(lambda q: not_found(document(), question=q))
    async with start_bot(engine, discord_cooldown_s=0):
        private = ann.starts_private_thread(channel, "Among us")
        await server.until_replied(ann.mentions_bot(private, "Who is fired?"))
        await server.until_replied(ann.mentions_bot(channel, "Who painted it?"))
        told = (await server.until_response(boss.slash(channel, "gaps"))).text
        assert "painted" in told and "fired" not in told
        told = (await server.until_response(warden.slash(channel, "gaps"))).text
        assert "painted" in told and "fired" in told


async def test_verify_finds_answers_whose_quotes_are_gone(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    boss = server.user("Boss", guild, roles=(guild.role("m", Permission.MANAGE_GUILD),))
    spans = {"When was it opened?": Span(0, 47), "When did it close?": Span(48, len(TEXT))}
    engine = ScriptedEngine(lambda q: answered(document(), question=q, quote=spans[q]))
    async with start_bot(engine):
        none = await server.until_response(boss.slash(channel, "verify"))
        assert "I keep no answer" in none.text
        first = await server.until_replied(boss.mentions_bot(channel, "When was it opened?"))
        second = await server.until_replied(boss.mentions_bot(channel, "When did it close?"))
        whole = (await server.until_response(boss.slash(channel, "verify"))).text
        assert "**2** rest on quotes that stand where they stood" in whole
        engine.documents = (document("News. " + TEXT.replace("1951", "1952")),)
        asked = boss.slash(channel, "verify")
        told = (await server.until_response(asked)).text
        assert asked.is_ephemeral
        assert "**1** rest on quotes that moved" in told
        assert "**1** quote words that the document no longer has" in told
        assert f"/{guild.id}/{channel.id}/{second.id}" in told and str(first.id) not in told


async def test_verify_leads_to_the_thread_that_shows_the_answer(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    boss = server.user("Boss", guild, roles=(guild.role("m", Permission.ADMINISTRATOR),))
    engine = ScriptedEngine()
    async with start_bot(engine) as running:
        await server.until_response(boss.slash(channel, "channel", threads=True))
        asked = boss.mentions_bot(channel, "When?")
        await server.until(lambda: asked.thread is not None and asked.thread.bot_messages)
        await running.until_idle()
        assert asked.thread is not None
        (answer,) = asked.thread.bot_messages
        engine.documents = (document("Nothing of the kind stands here any more."),)
        told = (await server.until_response(boss.slash(channel, "verify"))).text
        assert f"/{guild.id}/{asked.thread.id}/{answer.id}" in told


@pytest.mark.parametrize("command", ["gaps", "verify"])
async def test_others_are_refused_even_if_a_server_shows_it(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, command: str
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(ScriptedEngine()):
        asked = ann.sends_stale_command(channel, command)
        assert "those who manage the server" in (await server.until_response(asked)).text


def test_pages_are_inert_and_fit() -> None:
    questions = [*PIECES, "x" * 5000]
    gaps = [Gap(text * 3, float(n), 1) for n, text in enumerate(questions)]
    answer = answered(document())
    found = Verification()
    for question in questions:
        found.add([record(replace(answer, question=question))], lambda _: None)
    for section in (*gaps_sections(gaps, 90), *verification_sections(found, found.fallen)):
        assert len(section) <= 3000
        # Our own dates have the form of a time, and of an emoji's name within it.
        assert active(re.sub(r"<t:\d+:R>", "", section)) <= {"list", "heading", "emphasis"}
