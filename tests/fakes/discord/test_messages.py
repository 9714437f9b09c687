"""Messages through the real client: content, intents, pings, limits, threads, reactions."""

from __future__ import annotations

import discord
import pytest

from tests.fakes.discord import LoopbackDiscord, MessageKind, Permission, Rules
from tests.fakes.discord.conftest import Scene
from tests.fakes.discord.discord_py import pointed_at, running
from tests.fakes.discord.minimal_bot import MinimalBot


def text_channel(scene: Scene) -> discord.TextChannel:
    channel = scene.bot.get_channel(scene.channel.id)
    assert isinstance(channel, discord.TextChannel)
    return channel


async def test_a_mention_is_heard_and_answered_with_typing(scene: Scene) -> None:
    asked = scene.ann.mentions_bot(scene.channel, "hello")
    answer = await scene.server.until_replied(asked)
    assert "hello" in answer.content
    assert scene.channel.typing_seen == 1
    assert await scene.server.until_posted(scene.channel, after=asked) == [answer]


async def test_without_the_intent_content_is_stripped_but_for_the_exceptions(scene: Scene) -> None:
    scene.ann.says(scene.channel, "a secret", files={"a.txt": b"secret"})
    first = await scene.server.until_replied(scene.ann.mentions_bot(scene.channel, "to you"))
    pinging = scene.ann.replies_to(first, "and this", ping=True)
    await scene.server.until_replied(pinging)
    scene.ann.replies_to(first, "not this", ping=False)
    await scene.server.until_replied(scene.ann.says(scene.ann.dm, "in private"))
    stripped, mentioned, replied, quiet, direct = scene.bot.heard
    assert (stripped.content, stripped.attachments) == ("", [])
    assert mentioned.content.endswith("to you")
    assert replied.content == "and this"
    assert quiet.content == ""
    assert direct.content == "in private"


async def test_with_the_intent_everything_is_heard() -> None:
    async with LoopbackDiscord(message_content=True) as server:
        guild = server.guild()
        channel, ann = guild.channel("general"), server.user("Ann", guild)
        intents = discord.Intents.default()
        intents.message_content = True
        bot = MinimalBot(intents=intents)
        with pointed_at(server):
            async with running(bot, server):
                ann.says(channel, "plain")
                await server.until_replied(ann.mentions_bot(channel, "x"))
        assert bot.heard[0].content == "plain"


async def test_attachments_can_be_read(scene: Scene) -> None:
    scene.ann.says(scene.ann.dm, "look", files={"notes.txt": "Zürich".encode()})
    await scene.server.until_posted(scene.ann.dm)
    assert (await scene.bot.heard[0].attachments[0].read()).decode() == "Zürich"


async def test_other_bots_webhooks_and_system_messages_look_like_it(scene: Scene) -> None:
    robot = scene.server.user("Robot", scene.guild, is_bot=True)
    robot.says(scene.channel, "beep")
    scene.ann.says(scene.channel, "by webhook", webhook=True)
    scene.ann.says(scene.channel, kind=MessageKind.PINNED)
    await scene.server.until_replied(scene.ann.mentions_bot(scene.channel, "done?"))
    by_bot, by_webhook, pinned, _ = scene.bot.heard
    assert by_bot.author.bot
    assert by_webhook.webhook_id is not None
    assert pinned.type is discord.MessageType.pins_add


async def test_pings_are_what_really_happens(scene: Scene) -> None:
    channel = text_channel(scene)
    role = scene.guild.role("readers", mentionable=True)
    text = f"@everyone {scene.ann.mention} {role.mention}"
    loud = scene.channel.messages[(await channel.send(text)).id]
    assert loud.pings.everyone
    assert loud.pings.users == {scene.ann.id}
    assert loud.pings.roles == {role.id}

    none = discord.AllowedMentions.none()
    quiet = scene.channel.messages[(await channel.send(text, allowed_mentions=none)).id]
    assert not quiet.pings
    assert quiet.addressed == loud.pings

    only_ann = discord.AllowedMentions(everyone=False, roles=False, users=[scene.ann])
    some = scene.channel.messages[(await channel.send(text, allowed_mentions=only_ann)).id]
    assert some.pings.users == {scene.ann.id}
    assert not some.pings.everyone

    scene.channel.deny(scene.server.bot, Permission.MENTION_EVERYONE)
    powerless = scene.channel.messages[(await channel.send("@everyone")).id]
    assert not powerless.pings


async def test_a_reply_pings_its_author_unless_told_not_to(scene: Scene) -> None:
    asked = scene.ann.mentions_bot(scene.channel, "hello")
    answer = await scene.server.until_replied(asked)
    assert not answer.pings.users - {scene.server.bot.id}
    heard = scene.bot.heard[0]
    loud = scene.channel.messages[(await heard.reply("look")).id]
    assert loud.pings.users == {scene.ann.id}


async def test_an_edit_that_brings_a_mention_to_life_counts(scene: Scene) -> None:
    sent = await text_channel(scene).send("quiet")
    await sent.edit(content=f"{scene.ann.mention}")
    message = scene.channel.messages[sent.id]
    assert message.pings.users == {scene.ann.id}
    assert message.revisions[0].content == "quiet"


@pytest.mark.parametrize(
    ("content", "embeds", "code"),
    [
        ("x" * 2001, [], 50035),
        ("🙂" * 1001, [], 50035),
        ("  \n ", [], 50006),
        ("", [discord.Embed(description="x" * 4097)], 50035),
        ("", [discord.Embed(description="x" * 3001)] * 2, 50035),
        ("", [discord.Embed(title="x" * 257)], 50035),
    ],
)
async def test_oversize_and_empty_messages_are_refused(
    scene: Scene, content: str, embeds: list[discord.Embed], code: int
) -> None:
    with pytest.raises(discord.HTTPException) as refused:
        await text_channel(scene).send(content, embeds=embeds)
    assert refused.value.code == code
    assert scene.server.rest.refusals[0].code == code
    assert not scene.channel.bot_messages


async def test_messages_of_the_largest_size_are_taken(scene: Scene) -> None:
    channel = text_channel(scene)
    await channel.send("x" * 2000)
    await channel.send(embeds=[discord.Embed(description="x" * 3000)] * 2)
    assert len(scene.channel.bot_messages) == 2


async def test_uploads_have_a_limit(scene: Scene) -> None:
    scene.server.rules.upload_bytes = 10
    with pytest.raises(discord.HTTPException) as refused:
        await text_channel(scene).send(file=discord.File(__file__))
    assert refused.value.code == 40005


async def test_permissions_are_checked_by_channel(scene: Scene) -> None:
    channel, bot = text_channel(scene), scene.server.bot
    scene.channel.deny(bot, Permission.EMBED_LINKS)
    with pytest.raises(discord.Forbidden) as refused:
        await channel.send(embed=discord.Embed(title="x"))
    assert refused.value.code == 50013
    scene.channel.deny(bot, Permission.READ_MESSAGE_HISTORY)
    with pytest.raises(discord.HTTPException) as refused_reply:
        await channel.send("x", reference=discord.MessageReference(message_id=1, channel_id=1))
    assert refused_reply.value.code in (50035, 160002)
    scene.channel.deny(bot, Permission.SEND_MESSAGES)
    with pytest.raises(discord.Forbidden):
        await channel.typing()
    scene.channel.deny(bot, Permission.VIEW_CHANNEL)
    with pytest.raises(discord.Forbidden) as unseen:
        await channel.send("x")
    assert unseen.value.code == 50001
    scene.ann.mentions_bot(scene.channel, "can you hear me?")
    await scene.server.until_replied(
        scene.ann.mentions_bot(scene.guild.channel("elsewhere"), "and here?")
    )
    assert [message.channel.id for message in scene.bot.heard] != [scene.channel.id]
    assert len(scene.bot.heard) == 1


async def test_users_are_held_to_their_permissions_too(scene: Scene) -> None:
    scene.channel.deny(scene.guild.everyone, Permission.SEND_MESSAGES)
    with pytest.raises(PermissionError, match="may not write"):
        scene.ann.says(scene.channel, "hello")


async def test_what_is_gone_is_not_found(scene: Scene) -> None:
    channel = text_channel(scene)
    asked = scene.ann.says(scene.channel, "x")
    scene.ann.deletes(asked)
    with pytest.raises(discord.HTTPException) as unknown_reference:
        reference = discord.MessageReference(message_id=asked.id, channel_id=channel.id)
        await channel.send("x", reference=reference)
    assert unknown_reference.value.code == 50035
    with pytest.raises(discord.NotFound):
        await channel.fetch_message(asked.id)
    scene.channel.delete()
    with pytest.raises(discord.NotFound) as gone:
        await channel.send("x")
    assert gone.value.code == 10003


async def test_users_with_closed_dms_cannot_be_written_to(scene: Scene) -> None:
    user = await scene.bot.fetch_user(scene.ann.id)
    await user.send("hello")
    assert len(scene.ann.dm.bot_messages) == 1
    scene.ann.accepts_dms = False
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("hello?")
    assert refused.value.code == 50007


async def test_threads_and_forum_posts(scene: Scene) -> None:
    sent = await text_channel(scene).send("start")
    thread = await sent.create_thread(name="talk")
    assert thread.id == sent.id
    await thread.send("inside")
    made = scene.channel.messages[sent.id].thread
    assert made is not None
    assert [message.content for message in made.bot_messages] == ["inside"]
    with pytest.raises(discord.HTTPException) as again:
        await sent.create_thread(name="talk")
    assert again.value.code == 160004

    forum = scene.guild.forum("questions")
    post = scene.ann.posts(forum, "How?", f"{scene.server.bot.mention} tell me")
    assert "tell me" in (await scene.server.until_posted(post))[0].content
    found = scene.bot.get_channel(forum.id)
    assert isinstance(found, discord.ForumChannel)
    opened = await found.create_thread(name="By the bot", content="first")
    assert opened.message.id == opened.thread.id
    await opened.thread.edit(archived=True)
    assert forum.threads[-1].is_archived


async def test_reactions(scene: Scene) -> None:
    message = scene.ann.says(scene.channel, "nice")
    fetched = await text_channel(scene).fetch_message(message.id)
    await fetched.add_reaction("👍")
    scene.ann.reacts(message, "👍")
    assert message.reactions == {"👍": [scene.server.bot, scene.ann]}
    await fetched.remove_reaction("👍", discord.Object(scene.server.bot.id))
    assert message.reactions == {"👍": [scene.ann]}


async def test_history_edits_and_deletions(scene: Scene) -> None:
    channel = text_channel(scene)
    sent = [await channel.send(str(number)) for number in range(3)]
    assert [m.content async for m in channel.history(limit=2)] == ["2", "1"]
    after = [m.content async for m in channel.history(after=sent[0], oldest_first=True)]
    assert after == ["1", "2"]
    await sent[0].delete()
    assert len(scene.channel.bot_messages) == 2
    by_ann = await channel.fetch_message(scene.ann.says(scene.channel, "mine").id)
    with pytest.raises(discord.Forbidden):
        await by_ann.delete()


async def test_the_same_nonce_makes_one_message(scene: Scene) -> None:
    channel = text_channel(scene)
    first, second = [await channel.send("x", nonce="once") for _ in range(2)]
    assert first.id == second.id
    assert len(scene.channel.bot_messages) == 1


async def test_content_is_hidden_in_rest_too(scene: Scene) -> None:
    message = scene.ann.says(scene.channel, "a secret")
    assert (await text_channel(scene).fetch_message(message.id)).content == ""


async def test_member_and_user_lookups(scene: Scene) -> None:
    guild = scene.bot.get_guild(scene.guild.id)
    assert guild is not None
    assert (await guild.fetch_member(scene.ann.id)).name == "ann"
    with pytest.raises(discord.NotFound) as missing:
        await guild.fetch_member(1)
    assert missing.value.code == 10007
    with pytest.raises(discord.NotFound) as nobody:
        await scene.bot.fetch_user(1)
    assert nobody.value.code == 10013


def test_rules_default_to_discords() -> None:
    rules = Rules()
    assert (rules.first_response_s, rules.token_life_s) == (3.0, 900.0)
