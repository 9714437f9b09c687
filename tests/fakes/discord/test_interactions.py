"""Interactions through the real client: every way to answer, and Discord's rules about them."""

from __future__ import annotations

import aiohttp
import discord
import pytest

from tests.fakes.discord import Callback, NotOffered, Permission
from tests.fakes.discord.conftest import Scene


async def test_a_slash_command_is_answered_at_once(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "echo", text="hello")
    answer = await asked.response()
    assert answer.content == "hello"
    assert asked.callback is Callback.MESSAGE
    assert not asked.is_ephemeral
    assert asked.acknowledged_after_s is not None
    assert answer in scene.channel.bot_messages


async def test_a_deferred_answer_is_filled_by_an_edit_and_followed_up(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "ask", question="why")
    answer = await asked.response()
    assert asked.callback is Callback.DEFERRED_MESSAGE
    assert answer.content == "answer to why"
    assert not answer.is_loading
    assert not answer.is_ephemeral
    more = await asked.until(lambda: asked.followups, 5)
    assert more[0].is_ephemeral
    assert [message.content for message in asked.messages] == ["answer to why", "and more"]


async def test_privacy_is_decided_when_deferring(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "ask", question="why", private=True)
    answer = await asked.response()
    assert asked.is_ephemeral
    assert answer.seen_only_by is scene.ann
    bob = scene.server.user("Bob", scene.guild)
    with pytest.raises(PermissionError, match="seen by"):
        bob.clicks(answer, "Open")


async def test_buttons_answer_update_and_show_a_modal(scene: Scene) -> None:
    answer = await scene.ann.slash(scene.channel, "echo", text="hello").response()
    opened = scene.ann.clicks(answer, "Open")
    assert (await opened.response()).content == "opened"
    assert opened.is_ephemeral

    asked_why = scene.ann.clicks(answer, "Why")
    modal = await asked_why.shown_modal()
    assert modal.title == "Why?"
    with pytest.raises(ValueError, match="must be filled in"):
        scene.ann.submits(asked_why)
    with pytest.raises(ValueError, match="0 to 20 characters"):
        scene.ann.submits(asked_why, Reason="x" * 21)
    with pytest.raises(LookupError, match="no field"):
        scene.ann.submits(asked_why, nothing="x")
    noted = scene.ann.submits(asked_why, Reason="because")
    assert (await noted.response()).content == "noted: because"

    changed = scene.ann.clicks(answer, "change")
    assert await changed.response() is answer
    assert changed.callback is Callback.UPDATE
    assert answer.content == "changed"
    assert not answer.buttons
    assert [revision.content for revision in answer.revisions] == ["hello"]


async def test_a_select_menu(scene: Scene) -> None:
    answer = await scene.ann.slash(scene.channel, "echo", text="hello").response()
    with pytest.raises(ValueError, match="offers"):
        scene.ann.selects(answer, "pick", "green")
    picked = scene.ann.selects(answer, "pick", "blue")
    assert (await picked.response()).content == "picked blue"


async def test_autocomplete(scene: Scene) -> None:
    typed = scene.ann.types_autocomplete(scene.channel, "fact", "topic", "tr")
    choices = await typed.shown_choices()
    assert [choice["value"] for choice in choices] == ["trade", "travel"]
    with pytest.raises(NotOffered, match="no autocomplete"):
        scene.ann.types_autocomplete(scene.channel, "echo", "text", "x")


async def test_a_context_menu_delivers_the_content_without_the_intent(scene: Scene) -> None:
    message = scene.ann.says(scene.channel, "not for you")
    shouted = scene.ann.context_menu("Shout", message)
    assert (await shouted.response()).content == "NOT FOR YOU"


async def test_files_embeds_and_components_v2(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "rich")
    answer = await asked.response()
    assert answer.attachments[0].text == "Zürich"
    assert answer.text == "with a file\nTitle\nDescribed\nName\nValue\nFoot"
    boxed = (await asked.until(lambda: asked.followups, 5))[0]
    assert boxed.text == "shown in a box"
    assert boxed.button("Inside").custom_id == "inside"


async def test_a_subcommand_is_offered_only_to_those_who_may(scene: Scene) -> None:
    with pytest.raises(NotOffered, match="lacks the permissions"):
        scene.ann.slash(scene.channel, "channel show")
    managers = scene.guild.role("managers", Permission.MANAGE_GUILD)
    mia = scene.server.user("Mia", scene.guild, roles=(managers,))
    shown = mia.slash(scene.channel, "channel show", where=scene.channel)
    assert (await shown.response()).content == "settings of general"
    with pytest.raises(NotOffered, match="needs a subcommand"):
        mia.slash(scene.channel, "channel")


async def test_options_are_checked_as_the_client_would(scene: Scene) -> None:
    for options, reason in (
        ({}, "needs 'text'"),
        ({"text": 3}, "does not take 3"),
        ({"text": "x", "colour": "red"}, "has no 'colour'"),
    ):
        with pytest.raises(NotOffered, match=reason):
            scene.ann.slash(scene.channel, "echo", **options)
    with pytest.raises(NotOffered, match="no command"):
        scene.ann.slash(scene.channel, "gone")


async def test_commands_work_in_the_bots_dm(scene: Scene) -> None:
    asked = scene.ann.slash(scene.ann.dm, "echo", text="hello")
    assert (await asked.response()).channel is scene.ann.dm
    with pytest.raises(NotOffered, match="not in 1"):
        scene.ann.slash(scene.ann.dm, "channel show")


async def test_commands_installed_by_the_user_work_where_the_bot_is_not(scene: Scene) -> None:
    elsewhere = scene.server.guild("Elsewhere", with_bot=False)
    bob = scene.server.user("Bob", elsewhere)
    in_server = bob.slash(elsewhere.channel("general"), "echo", text="in a server")
    assert (await in_server.response()).content == "in a server"
    in_group = bob.slash(scene.server.group_dm(bob, scene.ann), "echo", text="in a group")
    assert (await in_group.response()).content == "in a group"
    assert in_group.is_user_install_only


async def test_after_three_seconds_the_interaction_is_unknown(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "late")
    assert not scene.server.interactions.has_failed(asked)
    scene.server.clock.advance(3.1)
    assert scene.server.interactions.has_failed(asked)
    scene.bot.go_on.set()
    await scene.server.rest.until(lambda: scene.server.rest.refusals, 5)
    assert [refusal.code for refusal in scene.server.rest.refusals] == [10062]
    assert not asked.messages


async def test_after_fifteen_minutes_the_token_is_dead(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "late", defer=True)
    await asked.acknowledged()
    scene.server.clock.advance(901)
    scene.bot.go_on.set()
    await scene.server.rest.until(lambda: scene.server.rest.refusals, 5)
    assert [refusal.code for refusal in scene.server.rest.refusals] == [50027]
    assert asked.original is not None
    assert asked.original.is_loading


async def test_a_token_can_be_killed_by_the_test(scene: Scene) -> None:
    asked = scene.ann.slash(scene.channel, "late", defer=True)
    await asked.acknowledged()
    scene.server.faults.expire_token(asked)
    scene.bot.go_on.set()
    await scene.server.rest.until(lambda: scene.server.rest.refusals, 5)
    assert scene.server.rest.refusals[0].status == 401


async def test_the_rules_of_answering_hold_for_any_client(scene: Scene) -> None:
    """By plain HTTP, because discord.py would not even try these."""
    api = scene.server.api_url
    asked = scene.ann.sends_stale_command(scene.channel, "old", text="x")
    hook = f"{api}/webhooks/{scene.server.world.application_id}/{asked.token}"
    callback = f"{api}/interactions/{asked.id}/{asked.token}/callback"
    statuses = [
        await _post(hook, {"content": "too early"}),
        await _post(callback, {"type": 7, "data": {"content": "not a component"}}),
        await _post(callback, {"type": 5, "data": {"flags": 32768}}),
        await _post(callback, {"type": 5, "data": {"flags": 64}}),
        await _post(callback, {"type": 4, "data": {"content": "again"}}),
        await _post(hook, {"content": "fills it, and stays private"}),
        await _post(hook, {"content": "is a message of its own"}),
    ]
    refused = [(404, 10015), (400, 50035), (400, 50035)]
    done = (200, None)
    assert statuses == [*refused, done, (400, 40060), done, done]
    assert asked.is_ephemeral
    assert [message.is_ephemeral for message in asked.messages] == [True, False]


async def test_a_purely_user_installed_command_has_five_followups(scene: Scene) -> None:
    group = scene.server.group_dm(scene.ann, scene.server.user("Bob"))
    asked = scene.ann.slash(group, "echo", text="hello")
    await asked.response()
    hook = f"{scene.server.api_url}/webhooks/{scene.server.world.application_id}/{asked.token}"
    answers = [await _post(hook, {"content": str(number)}) for number in range(6)]
    assert answers == [(200, None)] * 5 + [(400, 40094)]


async def test_what_is_gone_cannot_be_answered_into(scene: Scene) -> None:
    mods = scene.guild.role("mods", Permission.MANAGE_MESSAGES)
    mia = scene.server.user("Mia", scene.guild, roles=(mods,))
    asked = scene.ann.slash(scene.channel, "late", defer=True)
    await asked.acknowledged()
    assert asked.original is not None
    mia.deletes(asked.original)
    too_late = scene.ann.slash(scene.channel, "late")
    scene.channel.delete()
    scene.bot.go_on.set()
    await scene.server.rest.until(lambda: len(scene.server.rest.refusals) == 2, 5)
    assert {refusal.code for refusal in scene.server.rest.refusals} == {10003, 10008}
    assert not too_late.messages


async def test_an_unknown_button_is_left_unanswered_by_the_client(scene: Scene) -> None:
    answer = await scene.ann.slash(scene.channel, "echo", text="hello").response()
    clicked = scene.ann.clicks_stale(answer, "from-an-older-version")
    with pytest.raises(TimeoutError, match="a response to"):
        await clicked.acknowledged(0.1)
    await scene.ann.slash(scene.channel, "echo", text="still there").response()


async def test_discord_py_knows_the_answer_as_its_own(scene: Scene) -> None:
    answer = await scene.ann.slash(scene.channel, "echo", text="hello").response()
    channel = scene.bot.get_channel(scene.channel.id)
    assert isinstance(channel, discord.TextChannel)
    fetched = await channel.fetch_message(answer.id)
    assert fetched.author == scene.bot.user
    assert fetched.interaction_metadata is not None
    assert fetched.interaction_metadata.user.id == scene.ann.id


async def _post(url: str, body: dict[str, object]) -> tuple[int, int | None]:
    """Status and, of an error, Discord's code."""
    async with aiohttp.ClientSession() as session, session.post(url, json=body) as answer:
        parsed = await answer.json()
        return answer.status, parsed.get("code")
