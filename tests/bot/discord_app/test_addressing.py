"""Whether a message is meant for the bot, in cases that are easily got wrong."""

from __future__ import annotations

from bot.ledger import ChannelSettings, Store
from tests.bot.discord_app.conftest import StartBot, StartBotAt
from tests.bot.scripted import ScriptedEngine
from tests.fakes.discord import LoopbackDiscord
from tests.fakes.discord.discord_py import pointed_at


async def test_a_mention_of_its_role_is_not_met_with_silence(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    guild.bot_role.mentionable = True
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    engine = ScriptedEngine()
    async with start_bot(engine):
        asked = ann.says(channel, f"{guild.bot_role.mention} When was it opened?")
        told = await server.until_replied(asked)
        assert "named my role" in told.content and server.bot.mention in told.content
        assert not told.pings
    assert engine.asked == []


async def test_with_message_content_its_role_is_as_good_as_itself(
    start_bot_at: StartBotAt,
) -> None:
    async with LoopbackDiscord(message_content=True) as server:
        with pointed_at(server):
            guild = server.guild()
            guild.bot_role.mentionable = True
            channel = guild.channel("general")
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(server, engine, discord_message_content=True):
                asked = ann.says(channel, f"{guild.bot_role.mention} When was it opened?")
                await server.until_replied(asked)
            assert engine.asked == ["When was it opened?"]


async def test_while_a_server_is_unavailable_its_channels_are_not_taken_for_direct_ones(
    start_bot_at: StartBotAt,
) -> None:
    async with LoopbackDiscord(message_content=True) as server:
        with pointed_at(server):
            guild = server.guild()
            channel = guild.channel("general")
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(server, engine, discord_message_content=True):
                gone = {"id": str(guild.id), "unavailable": True}
                server.faults.dispatch("GUILD_DELETE", gone)
                ann.says(channel, "Nobody asked you.")
                await server.until_replied(ann.mentions_bot(channel, "When was it opened?"))
            assert engine.asked == ["When was it opened?"]


async def test_a_forum_post_is_answered_once_with_its_title_however_it_is_put(
    start_bot_at: StartBotAt,
) -> None:
    async with LoopbackDiscord(message_content=True) as server:
        with pointed_at(server):
            guild = server.guild()
            forum = guild.forum("help")
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(server, engine, discord_message_content=True) as running:
                settings = ChannelSettings(forum.id, guild.id, forum=True)
                await running.ledger.write(Store.set_channel, settings)
                running.bot.channels[forum.id] = settings
                only_title = ann.posts(forum, "When was it opened?", "")
                await server.until_posted(only_title)
                mentioned = ann.posts(forum, "Closing", f"{server.bot.mention} When was it closed?")
                await server.until_posted(mentioned)
                follow_up = ann.says(mentioned, f"{server.bot.mention} And why?")
                await server.until_replied(follow_up)
            assert engine.asked == [
                "When was it opened?",
                "Closing\nWhen was it closed?",
                "And why?",
            ]


async def test_a_post_longer_than_a_question_is_asked_as_far_as_it_fits(
    start_bot_at: StartBotAt,
) -> None:
    async with LoopbackDiscord(message_content=True) as server:
        with pointed_at(server):
            guild = server.guild()
            forum = guild.forum("help")
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(
                server, engine, discord_message_content=True, max_question_chars=40
            ) as running:
                settings = ChannelSettings(forum.id, guild.id, forum=True)
                running.bot.channels[forum.id] = settings
                long = ann.posts(forum, "Opening", "When was it opened, and by whom? " * 9)
                await server.until_posted(long)
                await server.until_posted(ann.posts(forum, "Closing", "When? " + "x" * 99))
            assert engine.asked == ["Opening When was it opened, and by whom?", "Closing When?"]


async def test_in_an_open_channel_messages_without_words_are_left_alone(
    start_bot_at: StartBotAt,
) -> None:
    async with LoopbackDiscord(message_content=True) as server:
        with pointed_at(server):
            guild = server.guild()
            channel, forum = guild.channel("general"), guild.forum("help")
            ann = server.user("Ann", guild)
            engine = ScriptedEngine()
            async with start_bot_at(server, engine, discord_message_content=True) as running:
                running.bot.channels[channel.id] = ChannelSettings(
                    channel.id, guild.id, answer_all=True
                )
                running.bot.channels[forum.id] = ChannelSettings(forum.id, guild.id, forum=True)
                link = "https://example.org/when-was-it-opened"
                silent = [ann.says(channel, text) for text in ("👍", "...", link, f"<{link}> 🎉")]
                post = ann.posts(forum, "🎉", link)
                await server.until_replied(ann.says(channel, f"When was it opened? {link}"))
                await server.until_replied(ann.mentions_bot(channel, "👍"))
            assert engine.asked == [f"When was it opened? {link}", "👍"]
            assert not post.bot_messages and not any(each.replies for each in silent)


async def test_ids_in_a_question_become_names(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel, other = guild.channel("general"), guild.channel("harbour")
    crew = guild.role("Crew", mentionable=True)
    ann, bob = server.user("Ann", guild), server.user("Bob", guild)
    engine = ScriptedEngine()
    async with start_bot(engine):
        text = f"Did {bob.mention} of {crew.mention} write in <#{other.id}> <:wave:123>?"
        await server.until_replied(ann.mentions_bot(channel, text))
    assert engine.asked == ["Did Bob of Crew write in harbour ?"]
