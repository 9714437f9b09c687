"""Conversations in Discord: what belongs to one, what ends it, and that they go as they do in the
terminal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.discord_app.questions import HISTORY_S
from bot.ledger import Store
from bot.terminal.chat.session import Session
from index import Engine
from index.answer.readings import CHOICE_ENGINE
from index.types import Answer, Turn
from tests.bot.discord_app.conftest import Running, StartBot, StartBotAt
from tests.bot.scripted import ScriptedEngine, answered, document, not_found
from tests.bot.terminal.fakes import Shown
from tests.fakes.discord import LoopbackDiscord, Message, Permission
from tests.fakes.discord.discord_py import pointed_at

READINGS = ("When was the harbour opened?", "When was the pier opened?")
DIALOGUES = (
    ("Who will Witkoff meet in France?", "and rubio?", "Who else?", "Tell me more"),
    ("When did Trump announce the 90-day suspension?", "Why?", "Which country was left out of it?"),
    ("What was the previous tariff rate on the EU?", "what about japan", "Who is Keith Kellogg?"),
)


def ambiguous(question: str) -> Answer:
    """Asks back where it is asked about "it"."""
    if not question.startswith("When was it"):
        return answered(document(), question=question)
    refusal = not_found(document(), question=question)
    return replace(refusal, engine=CHOICE_ENGINE, choices=READINGS, text="Which do you mean?\n1.")


async def test_asked_back_a_button_asks_what_was_meant_even_after_a_restart(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    ann, channel = server.user("Ann", guild), guild.channel("general")
    engine = ScriptedEngine(ambiguous)
    async with start_bot(engine) as running:
        back = await server.until_replied(ann.mentions_bot(channel, "When was it opened?"))
        assert "Which do you mean?" in back.text
        assert all(reading in back.text for reading in READINGS)
        assert await running.ledger.read(Store.gaps, guild.id) == ()
    async with start_bot(engine):
        chosen = await server.until_response(ann.clicks(back, READINGS[1]))
        assert f"Asked: {READINGS[1]}" in chosen.text
    assert engine.asked[-1] == READINGS[1]
    assert [turn.choices for turn in engine.histories[-1]] == [READINGS]


async def test_asked_back_the_number_may_be_typed(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    engine = ScriptedEngine(ambiguous)
    async with start_bot(engine):
        await server.until_replied(ann.says(ann.dm, "When was it opened?"))
        await server.until_replied(ann.says(ann.dm, "2"))
    assert engine.asked[-1] == "2"
    assert engine.histories[-1][-1].choices == READINGS


async def test_new_begins_a_conversation_where_there_is_one(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    ann, channel = server.user("Ann", guild), guild.channel("general")
    engine = ScriptedEngine()
    async with start_bot(engine):
        await server.until_replied(ann.says(ann.dm, "When was it opened?"))
        told = ann.slash(ann.dm, "new")
        assert "forgotten" in (await server.until_response(told)).text
        await server.until_replied(ann.says(ann.dm, "Why?"))
        again = await server.until_response(ann.slash(channel, "new"))
        assert "reply to its answer" in again.text
    assert [len(history) for history in engine.histories] == [0, 0]


async def test_forget_me_ends_a_conversation(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    engine = ScriptedEngine()
    async with start_bot(engine):
        await server.until_replied(ann.says(ann.dm, "When was it opened?"))
        await server.until_response(ann.slash(ann.dm, "forget-me"))
        await server.until_replied(ann.says(ann.dm, "Why?"))
    assert [len(history) for history in engine.histories] == [0, 0]


async def test_a_day_later_it_is_another_conversation(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    engine = ScriptedEngine()
    async with start_bot(engine) as running:
        await server.until_replied(ann.says(ann.dm, "When was it opened?"))
        later = running.ledger.now() + HISTORY_S + 1
        monkeypatch.setattr(running.ledger, "now", lambda: later)
        await server.until_replied(ann.says(ann.dm, "Why?"))
    assert [len(history) for history in engine.histories] == [0, 0]


async def test_a_conversation_goes_on_after_a_restart(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    engine = ScriptedEngine()
    async with start_bot(engine):
        await server.until_replied(ann.says(ann.dm, "When was it opened?"))
    async with start_bot(engine):
        await server.until_replied(ann.says(ann.dm, "Why?"))
    assert [len(history) for history in engine.histories] == [0, 1]


@pytest.mark.parametrize("dialogue", DIALOGUES)
async def test_conversations_go_the_same_way_everywhere(
    start_bot_at: StartBotAt, engine: Engine, dialogue: tuple[str, ...]
) -> None:
    expected = in_terminal(engine, dialogue)
    assert any(turn.resolved_question != turn.question for turn in expected)
    server = LoopbackDiscord(message_content=True)
    async with server:
        with pointed_at(server):
            guild = server.guild()
            channel, aside = guild.channel("general"), guild.channel("aside")
            boss = server.user("Boss", guild, roles=(guild.role("m", Permission.MANAGE_GUILD),))
            ann = server.user("Ann", guild)
            async with start_bot_at(
                server, engine, discord_message_content=True, discord_cooldown_s=0
            ) as running:
                first = answer = await server.until_replied(ann.mentions_bot(channel, dialogue[0]))
                for question in dialogue[1:]:
                    answer = await server.until_replied(ann.replies_to(answer, question))
                assert await turns(running, first) == expected, "replies"

                first = answer = await server.until_replied(ann.mentions_bot(channel, dialogue[0]))
                for question in dialogue[1:]:
                    clicked = ann.clicks(answer, "Follow-up")
                    await clicked.shown_modal()
                    answer = await server.until_response(ann.submits(clicked, text=question))
                assert await turns(running, first) == expected, "Follow-up"

                await server.until_response(boss.slash(aside, "channel", threads=True))
                asked = ann.mentions_bot(aside, dialogue[0])
                await server.until(lambda: asked.thread is not None and asked.thread.bot_messages)
                assert asked.thread is not None
                for question in dialogue[1:]:
                    answer = await server.until_replied(ann.says(asked.thread, question))
                assert await turns(running, answer) == expected, "thread"


def in_terminal(engine: Engine, dialogue: tuple[str, ...]) -> list[Turn]:
    session = Session(engine, Shown().screen)
    said = []
    for question in dialogue:
        assert session.handle(question)
        assert session.last is not None
        said.append(session.last.turn)
    return said


async def turns(running: Running, message: Message) -> list[Turn]:
    """The conversation that ``message`` is of. What is offered besides is Discord's own."""
    await running.until_idle()
    conversation = await running.ledger.read(Store.conversation_of, message.id)
    assert conversation is not None
    kept = await running.ledger.read(Store.turns, conversation)
    return [replace(turn, choices=()) for turn in kept]
