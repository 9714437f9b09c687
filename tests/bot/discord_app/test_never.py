"""What must never happen, row by row of the specification, and what happens instead."""

from __future__ import annotations

import asyncio
import logging
import re
import threading
from pathlib import Path

import discord
import pytest
from discord import app_commands
from discord.ext import commands

from bot.cooldown import BURST
from bot.discord_app.translations import TABLES
from bot.ledger import Store
from index.errors import ModelError, QuestionError
from index.types import Answer
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine, answered, document, not_found
from tests.fakes.discord import (
    Actor,
    Channel,
    LoopbackDiscord,
    MessageKind,
    Permission,
)
from tests.fakes.discord.message_payloads import message_event_json

RESPOND = "POST /interactions/{interaction_id}/{interaction_token}/callback"
SEND = "POST /channels/{channel_id}/messages"
REFERENCE = re.compile(r"F-[2-9A-Z]{6}")
NASTY = (
    "@everyone and @here, <@123456789012345678>, <@&123456789012345678>, <#1234567890123456>, "
    "</ask:123456789012345678>, <t:1700000000:R>, <:boom:123456789012345678>, :smile: "
    "[click](https://evil.example/x) <https://evil.example> https://evil.example/y "
    "discord.gg/abcdef ```js\nrun()\n``` ||spoiler|| `code` **bold** __under__ ~~gone~~\n"
    "# Heading\n-# small\n> quoted\n>>> all\n- item\n1. one\n@\u200beveryone \u202eesrever"
)


def people(server: LoopbackDiscord) -> tuple[Channel, Actor, Actor]:
    guild = server.guild()
    return guild.channel("general"), server.user("Ann", guild), server.user("Bob", guild)


async def test_the_event_loop_is_never_blocked(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    """While a question is being answered in a thread, everything else goes on."""
    server = loopback_discord
    channel, ann, bob = people(server)
    opened, threads = threading.Event(), set[str]()

    def say(question: str) -> Answer:
        threads.add(threading.current_thread().name)
        assert opened.wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)) as running:
        asked = ann.mentions_bot(channel, "When?")
        await running.until_working(1)
        shown = await server.until_response(bob.slash(channel, "status"))
        assert "1 being answered" in shown.text
        opened.set()
        await server.until_replied(asked)
    assert threads == {"footnote-answer"}


async def test_a_dead_token_gets_its_answer_in_the_channel(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        server.faults.fail(RESPOND, 404, code=10062)
        ann.slash(channel, "ask", question="When?")
        (answer,) = await server.until_posted(channel)
        assert answer.text.startswith("For Ann:") and "[1]" in answer.text and not answer.pings
        assert answer.buttons[0].label == "Source 1"


async def test_a_token_that_dies_while_answering(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    opened = threading.Event()

    def say(question: str) -> Answer:
        assert opened.wait(10)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)):
        asked = ann.slash(channel, "ask", question="When?")
        await asked.acknowledged()
        server.faults.expire_token(asked)
        opened.set()
        posted = await server.until(
            lambda: [m for m in channel.bot_messages if m.text.startswith("For Ann")]
        )
        assert len(posted) == 1


async def test_a_private_answer_with_a_dead_token_goes_to_the_asker_alone(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        server.faults.fail(RESPOND, 404, code=10062)
        ann.slash(channel, "ask", question="When?", private=True)
        (answer,) = await server.until_posted(ann.dm)
        assert "[1]" in answer.text
        assert channel.bot_messages == []


async def test_a_dead_token_where_nothing_may_be_posted_is_logged_with_a_reference(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    channel.deny(server.bot, Permission.SEND_MESSAGES)
    async with start_bot(ScriptedEngine()):
        server.faults.fail(RESPOND, 404, code=10062)
        ann.slash(channel, "ask", question="When?")
        async with asyncio.timeout(10):
            while "could not be delivered" not in caplog.text:  # noqa: ASYNC110 - a log line
                await asyncio.sleep(0.01)
    (line,) = [r.getMessage() for r in caplog.records if "could not be delivered" in r.getMessage()]
    assert REFERENCE.search(line)


async def test_no_route_lets_text_ping_anybody(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    nasty = document(NASTY, title="@everyone <@123456789012345678>", id="nasty.txt")

    def say(question: str) -> Answer:
        found = not_found if "nothing" in question else answered
        return found(nasty, question=question)

    async with start_bot(ScriptedEngine(say, documents=(nasty,))):
        answer = await server.until_replied(ann.mentions_bot(channel, f"All? {NASTY[:300]}"))
        await server.until_replied(ann.mentions_bot(channel, "nothing"))
        interactions = [
            ann.slash(channel, "ask", question=f"@everyone {NASTY[:300]}"),
            ann.slash(channel, "sources"),
            ann.slash(channel, "help"),
            ann.context_menu("Ask the document", bob.says(channel, f"x {NASTY}")),
            ann.context_menu("Check against the document", bob.says(channel, f"x {NASTY}")),
            bob.clicks(answer, "Source 1"),
        ]
        for interaction in interactions:
            await server.until_response(interaction)
        server.faults.fail(RESPOND, 404, code=10062)
        bob.slash(channel, "ask", question="@everyone?")
        await server.until(lambda: any("For Bob" in m.text for m in channel.bot_messages))
    shown = [*channel.bot_messages, *(m for i in interactions for m in i.messages)]
    assert len(shown) >= 8
    for message in shown:
        assert not message.pings and not message.addressed
    sent = [
        entry.body.get("data", entry.body)
        for verb in ("POST /", "PATCH /")
        for entry in server.transcript.matching(verb)
        if entry.direction == ">" and isinstance(entry.body, dict)
    ]
    worded = [body for body in sent if "content" in body or "components" in body]
    assert len(worded) >= 8
    for body in worded:
        allowed = body["allowed_mentions"]
        assert allowed["parse"] == [] and not allowed.get("replied_user")


@pytest.mark.parametrize("surface", ["mention", "slash", "menu"])
async def test_an_error_is_one_line_with_a_reference_that_is_in_the_log(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    caplog: pytest.LogCaptureFixture,
    surface: str,
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)

    def say(question: str) -> Answer:
        raise RuntimeError("internal detail")

    async with start_bot(ScriptedEngine(say)):
        if surface == "mention":
            shown = await server.until_replied(ann.mentions_bot(channel, "When?"))
        elif surface == "slash":
            shown = await server.until_response(ann.slash(channel, "ask", question="When?"))
        else:
            said = bob.says(channel, "When?")
            shown = await server.until_response(ann.context_menu("Ask the document", said))
        found = REFERENCE.search(shown.text)
        assert found is not None
        assert "internal detail" not in shown.text and "Traceback" not in shown.text
        assert len(shown.text.splitlines()) == 1
    (record,) = [r for r in caplog.records if found[0] in r.getMessage()]
    assert record.levelno == logging.ERROR and record.exc_info is not None


async def test_an_operators_error_names_the_cure_in_the_log_only(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)

    def say(question: str) -> Answer:
        raise ModelError("The reader cannot be loaded.", cure="Run make models in /srv/footnote.")

    async with start_bot(ScriptedEngine(say)):
        shown = await server.until_replied(ann.mentions_bot(channel, "When?"))
        assert "The reader cannot be loaded" in shown.text and "/srv" not in shown.text
    assert "Run make models" in caplog.text


async def test_an_error_in_any_command_is_answered(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)

    class Broken(commands.Cog):
        @app_commands.command(name="broken", description="Fails.")
        async def broken(self, interaction: discord.Interaction, late: bool) -> None:
            if late:
                await interaction.response.defer()
            raise KeyError("secret")

    async with start_bot(ScriptedEngine()) as running:
        await running.bot.add_cog(Broken())
        await running.bot.tree.sync()
        for late in (True, False):
            shown = await server.until_response(ann.slash(channel, "broken", late=late))
            assert REFERENCE.search(shown.text) and "secret" not in shown.text


async def test_one_question_is_answered_once_across_replays_reconnects_and_restarts(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    engine = ScriptedEngine()
    async with start_bot(engine):
        asked = ann.mentions_bot(channel, "When?")
        server.faults.dispatch("MESSAGE_CREATE", message_event_json(asked))
        await server.until_replied(asked)
        server.faults.dispatch("MESSAGE_CREATE", message_event_json(asked))
        server.faults.disconnect()
        await server.until_ready()
        server.faults.dispatch("MESSAGE_CREATE", message_event_json(asked))
        await server.until_response(ann.slash(channel, "status"))
    async with start_bot(engine):
        server.faults.dispatch("MESSAGE_CREATE", message_event_json(asked))
        await server.until_replied(ann.mentions_bot(channel, "Again?"))
    assert engine.asked == ["When?", "Again?"]
    assert len(asked.replies) == 1


async def test_a_lost_response_does_not_make_a_second_message(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.discord_app.replies.reply._PAUSES_S", (0.01, 0.01, 0.01))
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        fault = server.faults.drop(SEND, after=True)
        await server.until_replied(ann.mentions_bot(channel, "When?"))
        await server.until_replied(ann.mentions_bot(channel, "And then?"))
        assert fault.struck == 1
    assert len(channel.bot_messages) == 2


async def test_bots_webhooks_system_messages_and_everyone_are_ignored(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    other = server.user("Other", channel.guild, is_bot=True)
    engine = ScriptedEngine()
    async with start_bot(engine):
        other.mentions_bot(channel, "Who are you?")
        ann.says(channel, f"{server.bot.mention} from a webhook", webhook=True)
        ann.says(channel, f"{server.bot.mention} pinned", kind=MessageKind.PINNED)
        ann.says(channel, "@everyone look")
        ann.says(channel, "Nobody in particular?")
        await server.until_replied(ann.mentions_bot(channel, "Me?"))
    assert engine.asked == ["Me?"]


async def test_a_flood_is_told_to_wait_each_question_once(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    engine = ScriptedEngine()
    async with start_bot(engine, discord_cooldown_s=3600):
        asked = [ann.mentions_bot(channel, f"Question {n}?") for n in range(BURST + 2)]
        replies = [await server.until_replied(each) for each in asked]
        assert sum("[1]" in reply.text for reply in replies) == BURST
        assert sum("ask again in" in reply.text for reply in replies) == 2
        assert "[1]" in (await server.until_replied(bob.mentions_bot(channel, "Mine?"))).text


async def test_the_queue_tells_the_place_and_has_an_end(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    opened = threading.Event()

    def say(question: str) -> Answer:
        assert opened.wait(20)
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say), discord_queue_size=4, discord_cooldown_s=0):
        asked = [ann.mentions_bot(channel, f"Question {n}?") for n in range(6)]
        waiting = await server.until_replied(asked[5])
        assert "number 4 in the queue" in waiting.text
        refused = await server.until_replied(ann.mentions_bot(channel, "One more?"))
        assert "questions are waiting already" in refused.text
        slash = ann.slash(channel, "ask", question="And another?")
        assert "waiting already" in (await server.until_response(slash)).text
        opened.set()
        replies = [await server.until_replied(each) for each in asked]
        await server.until(lambda: all("[1]" in reply.text for reply in replies))
        # The notice has become the answer: one message for each question.
        assert all(len(each.replies) == 1 for each in asked)


async def test_a_question_that_is_too_long_or_wordless_is_told_so(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(discord_cooldown_s=0):
        long = await server.until_replied(ann.mentions_bot(channel, "why " * 300))
        assert "1,000" in long.text or "1000" in long.text
        assert not REFERENCE.search(long.text)
        for text in ("?!", "🤷", "   "):
            shown = await server.until_replied(ann.mentions_bot(channel, text))
            assert shown.text and not REFERENCE.search(shown.text)
        only_file = ann.says(channel, server.bot.mention, files={"a.png": b"x"})
        assert "only read text" in (await server.until_replied(only_file)).text


async def test_commands_are_told_to_discord_only_when_they_changed(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = loopback_discord
    async with start_bot(ScriptedEngine()):
        assert server.commands.syncs == 1
    async with start_bot(ScriptedEngine()):
        assert server.commands.syncs == 1
    monkeypatch.setitem(TABLES[discord.Locale.german], "How I am doing.", "Mein Befinden.")
    async with start_bot(ScriptedEngine()):
        assert server.commands.syncs == 2


async def test_a_long_limit_on_commands_does_not_keep_the_bot_from_answering(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    server.faults.rate_limit(
        "PUT /applications/{application_id}/commands", retry_after_s=3000, times=None
    )
    async with asyncio.timeout(20):
        async with start_bot(ScriptedEngine(), settle=False):
            await server.until_replied(ann.mentions_bot(channel, "When?"))


async def test_missing_permissions_are_named_at_start_and_when_they_matter(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, caplog: pytest.LogCaptureFixture
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    assert channel.guild is not None
    mute = channel.guild.channel("mute")
    mute.deny(server.bot, Permission.SEND_MESSAGES)
    async with start_bot(ScriptedEngine()):
        assert "#mute: Send Messages" in caplog.text
        ann.mentions_bot(mute, "When?")
        (told,) = await server.until_posted(ann.dm)
        assert "Send Messages" in told.text and "mute" in told.text
        await server.until_replied(ann.mentions_bot(channel, "When?"))


async def test_without_the_right_to_read_history_the_answer_is_no_reply(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    channel.deny(server.bot, Permission.READ_MESSAGE_HISTORY)
    async with start_bot(ScriptedEngine()):
        ann.mentions_bot(channel, "When?")
        (answer,) = await server.until_posted(channel)
        assert "[1]" in answer.text


async def test_questions_are_not_in_the_log_at_info(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.INFO)
    server = loopback_discord
    channel, ann, _ = people(server)

    def say(question: str) -> Answer:
        if "bad" in question:
            raise QuestionError("No.", cure="Never.")
        return answered(document(), question=question)

    async with start_bot(ScriptedEngine(say)) as running:
        await server.until_replied(ann.mentions_bot(channel, "Xylophone?"))
        await server.until_replied(ann.mentions_bot(channel, "Xylophone bad?"))
        (kept,) = await running.ledger.read(Store.answers_before, None, None, 9)
    assert "Xylophone" not in caplog.text and server.token not in caplog.text
    stored = b"".join(p.read_bytes() for p in tmp_path.glob("ledger.sqlite3*"))  # noqa: ASYNC240
    assert str(ann.id).encode() not in stored and kept.id.encode() in stored
