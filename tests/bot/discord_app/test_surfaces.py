"""Where the bot answers, each place with the real engine over the article."""

from __future__ import annotations

from typing import Any

import pytest

from bot.ledger import ChannelSettings, Store
from index import Engine
from tests.bot.discord_app.conftest import StartBot, StartBotAt
from tests.bot.scripted import ScriptedEngine
from tests.fakes.discord import Intent, LoopbackDiscord, Permission
from tests.fakes.discord.discord_py import pointed_at

PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
WITKOFF = "Who will Witkoff meet?"
QUOTE = "Emmanuel Macron"


async def test_mention(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot():
        asked = ann.mentions_bot(channel, WITKOFF)
        answer = await server.until_replied(asked)
        assert f"**{QUOTE}**" in answer.content
        assert "[1]" in answer.content and "\n> " in answer.content
        assert not answer.pings and not answer.addressed
        assert channel.typing_seen
        labels = [button.label for button in answer.buttons]
        assert labels == ["Source 1", "Follow-up", "👍 Helpful", "👎 Not helpful", "Delete"]


async def test_a_mention_needs_no_privileged_intent(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    async with start_bot():
        (session,) = server.gateway.ready
        assert session.intents & PRIVILEGED == Intent(0)
        asked = server.user("Ann", guild).mentions_bot(guild.channel("general"), WITKOFF)
        assert QUOTE in (await server.until_replied(asked)).text


async def test_direct_message(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    async with start_bot():
        asked = ann.says(ann.dm, WITKOFF)
        assert QUOTE in (await server.until_replied(asked)).text


async def test_a_pinging_reply_is_a_follow_up(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    engine = ScriptedEngine()
    async with start_bot(engine):
        first = await server.until_replied(ann.mentions_bot(channel, "When was it opened?"))
        second = await server.until_replied(ann.replies_to(first, "And by whom?"))
        ann.replies_to(second, "Without a ping?", ping=False)
        await server.until_replied(ann.replies_to(second, "Why?"))
    assert engine.asked == ["When was it opened?", "And by whom?", "Why?"]
    assert [[turn.question for turn in history] for history in engine.histories] == [
        [],
        ["When was it opened?"],
        ["When was it opened?", "And by whom?"],
    ]


async def test_conversations_of_different_people_do_not_mix(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann, bob = server.user("Ann", guild), server.user("Bob", guild)
    engine = ScriptedEngine()
    async with start_bot(engine):
        await server.until_replied(ann.mentions_bot(channel, "one"))
        await server.until_replied(bob.mentions_bot(channel, "two"))
        await server.until_replied(bob.says(bob.dm, "three"))
        await server.until_replied(ann.says(ann.dm, "four"))
        await server.until_replied(ann.says(ann.dm, "five"))
    assert [len(history) for history in engine.histories] == [0, 0, 0, 0, 1]


async def test_slash_ask(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    guild = server.guild()
    ann = server.user("Ann", guild)
    async with start_bot():
        asked = ann.slash(guild.channel("general"), "ask", question=WITKOFF)
        answer = await server.until_response(asked)
        assert QUOTE in answer.text and not asked.is_ephemeral
        assert f"Asked: {WITKOFF}" in answer.text
        assert not answer.pings


async def test_slash_ask_in_private(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    server = loopback_discord
    guild = server.guild()
    ann = server.user("Ann", guild)
    async with start_bot():
        asked = ann.slash(guild.channel("general"), "ask", question=WITKOFF, private=True)
        answer = await server.until_response(asked)
        assert asked.is_ephemeral and QUOTE in answer.text
        assert "Delete" not in [button.label for button in answer.buttons]


async def test_slash_ask_about_one_document(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, engine: Engine
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    article = engine.documents[0]
    async with start_bot():
        typed = ann.types_autocomplete(channel, "ask", "document", "rubo witkof", question="x")
        choices = await typed.shown_choices()
        assert [choice["value"] for choice in choices] == [article.id]
        asked = ann.slash(channel, "ask", question=WITKOFF, document=article.id)
        assert QUOTE in (await server.until_response(asked)).text
        wrong = ann.slash(channel, "ask", question=WITKOFF, document="zzzz")
        assert "no such document" in (await server.until_response(wrong)).text


async def test_ask_the_document_from_the_menu(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann, bob = server.user("Ann", guild), server.user("Bob", guild)
    async with start_bot():
        said = bob.says(channel, WITKOFF)
        asked = ann.context_menu("Ask the document", said)
        answer = await server.until_response(asked)
        assert asked.is_ephemeral and QUOTE in answer.text
        wordless = ann.context_menu("Ask the document", bob.says(channel, files={"a.txt": b"x"}))
        assert "no text" in (await server.until_response(wordless)).text


async def test_check_against_the_document(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann, bob = server.user("Ann", guild), server.user("Bob", guild)
    async with start_bot():
        claim = bob.says(
            channel, "Witkoff is set to meet Macron. The olives of @everyone were poor."
        )
        checked = ann.context_menu("Check against the document", claim)
        shown = await server.until_response(checked)
        assert checked.is_ephemeral and not shown.pings
        assert (
            "Supported: “Witkoff is set to meet Macron.”" in shown.text
            and "of @\u200beveryone were poor" in shown.text
        )
        opened = await server.until_response(ann.clicks(shown, shown.buttons[0].label or ""))
        assert "Macron" in opened.text
        both = bob.says(channel, "Did you hear? Rubio will meet Macron. The olives were poor.")
        shown = await server.until_response(ann.context_menu("Check against the document", both))
        assert "Contradicted: “Rubio will meet Macron.”" in shown.text
        assert "Not found: “The olives were poor.”" in shown.text and "hear" not in shown.text
        listed = bob.says(channel, "Witkoff is set to meet Macron\n\nThe olives were poor")
        shown = await server.until_response(ann.context_menu("Check against the document", listed))
        assert "Supported: “Witkoff is set to meet Macron”" in shown.text
        assert "Not found: “The olives were poor”" in shown.text
        long = bob.says(channel, "The tariffs were paused for 90 days. " * 50)
        shown = await server.until_response(ann.context_menu("Check against the document", long))
        assert "The first 8 claims were checked, 42 more were not." in shown.text


async def test_threads_and_open_channels_with_message_content(
    start_bot_at: StartBotAt,
) -> None:
    server = LoopbackDiscord(message_content=True)
    async with server:
        with pointed_at(server):
            guild = server.guild()
            channel, forum = guild.channel("general"), guild.forum("help")
            boss = server.user("Boss", guild, roles=(guild.role("m", Permission.MANAGE_GUILD),))
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(server, engine, discord_message_content=True) as running:
                ann.says(channel, "Is anybody listening?")
                done = boss.slash(channel, "channel", threads=True)
                assert "thread for each answer: on" in (await server.until_response(done)).text
                asked = ann.mentions_bot(channel, "When was it opened?")
                await server.until(lambda: asked.thread is not None and asked.thread.bot_messages)
                assert asked.thread is not None
                thread = asked.thread
                assert thread.name == "When was it opened?"
                follow_up = ann.says(thread, "And who did it?")
                await server.until_replied(follow_up)
                assert [len(h) for h in engine.histories] == [0, 1]

                done = boss.slash(channel, "channel", **{"answer-all": True, "threads": False})
                assert "every message: on" in (await server.until_response(done)).text
                await server.until_replied(ann.says(channel, "And when did it close?"))

                done = boss.slash(channel, "channel", channel=forum, forum=True)
                assert "forum posts: on" in (await server.until_response(done)).text
                post = ann.posts(forum, "Opening", "When was it opened?")
                await server.until_posted(post)
                ann.says(post, "A remark among people.")
                done = boss.slash(channel, "status")
                await server.until_response(done)
                assert engine.asked[-1] == "Opening\nWhen was it opened?"
                assert len(post.bot_messages) == 1
                kept = await running.ledger.read(Store.channel, channel.id)
                assert kept == ChannelSettings(channel.id, guild.id, answer_all=True)


async def test_open_channels_need_message_content_and_say_so(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    boss = server.user("Boss", guild, roles=(guild.role("mods", Permission.MANAGE_GUILD),))
    async with start_bot() as running:
        done = boss.slash(channel, "channel", **{"answer-all": True})
        told = (await server.until_response(done)).text
        assert "Message Content intent" in told
        assert running.bot.channels == {}


async def test_switches_that_would_do_nothing_in_a_channel_are_refused(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel, forum = guild.channel("general"), guild.forum("help")
    boss = server.user("Boss", guild, roles=(guild.role("mods", Permission.MANAGE_GUILD),))
    async with start_bot(ScriptedEngine()) as running:

        async def told(**switches: Any) -> str:
            return (await server.until_response(boss.slash(channel, "channel", **switches))).text

        assert "#general is a text channel" in await told(forum=True, threads=True)
        line = await told(channel=forum, threads=True, **{"answer-all": True})
        assert "answer-all and threads would have no effect" in line
        assert "#help is a forum" in line and "\n" not in line
        assert running.bot.channels == {}
        assert "thread for each answer: off" in await told(channel=forum, threads=False)


async def test_user_install_where_the_bot_is_not(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    elsewhere = server.guild("Elsewhere", with_bot=False)
    ann = server.user("Ann", elsewhere)
    bob = server.user("Bob")
    async with start_bot():
        asked = ann.slash(elsewhere.channel("general"), "ask", question=WITKOFF)
        answer = await server.until_response(asked)
        assert QUOTE in answer.text
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert QUOTE in opened.text
        group = server.group_dm(ann, bob)
        asked = ann.slash(group, "ask", question=WITKOFF)
        assert QUOTE in (await server.until_response(asked)).text


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("help", "Ask me"),
        ("status", "in 10 passages"),
        ("sources", "Rubio, Witkoff heading to France"),
        ("privacy", "90 days"),
    ],
)
async def test_pages_for_everybody(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, command: str, said: str
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    async with start_bot():
        shown = ann.slash(ann.dm, command)
        assert said in (await server.until_response(shown)).text
        assert shown.is_ephemeral


async def test_commands_have_names_in_other_languages(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    async with start_bot(ScriptedEngine()):
        sent = loopback_discord.transcript.matching("PUT /applications/")
        (told,) = [entry for entry in sent if entry.direction == ">"]
    commands = {command["name"]: command for command in told.body}
    assert commands["ask"]["name_localizations"] == {"de": "fragen", "fr": "demander"}
    assert commands["help"]["description_localizations"]["de"].startswith("Was ich kann")
    for command in told.body:
        for named in (command, *command.get("options", ())):
            where = f"{command['name']} {named['name']}"
            assert set(named["name_localizations"]) == {"de", "fr"}, where
            if named.get("description"):
                assert set(named["description_localizations"]) == {"de", "fr"}, where
    for language in ("de", "fr"):
        names = [command["name_localizations"][language] for command in told.body]
        assert len(set(names)) == len(names)
    assert commands["ask"]["contexts"] == [0, 1, 2]
    assert commands["ask"]["integration_types"] == [0, 1]
    assert commands["reload"]["default_member_permissions"] == 1 << 5
    assert commands["reload"]["contexts"] == [0]
