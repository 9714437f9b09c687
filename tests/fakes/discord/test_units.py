"""Permissions, mentions, limits, commands and the schema by themselves."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.errors import DiscordError
from tests.fakes.discord.limits import check_choices, check_message, check_modal
from tests.fakes.discord.mentions import addressed_by, pinged_by
from tests.fakes.discord.permissions import ALL, NOTHING, Overwrite, Permission, effective
from tests.fakes.discord.routes import ROUTES
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.schema import discord_schema
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.world import World

VIEW, SEND = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES


def permissions(
    *overwrites: Overwrite, base: Permission = VIEW | SEND, owner: bool = False
) -> Permission:
    roles = [(1, base), (10, NOTHING), (11, NOTHING)]
    return effective(guild_id=1, member_id=5, is_owner=owner, roles=roles, overwrites=overwrites)


def test_overwrites_apply_from_everyone_to_the_member() -> None:
    assert permissions() == VIEW | SEND
    assert permissions(Overwrite(1, True, deny=SEND)) == VIEW
    allowed_by_role = Overwrite(10, True, allow=SEND)
    assert permissions(Overwrite(1, True, deny=SEND), allowed_by_role) == VIEW | SEND
    # Among roles, what one allows outweighs what another denies.
    assert permissions(Overwrite(11, True, deny=SEND), allowed_by_role) == VIEW | SEND
    assert permissions(allowed_by_role, Overwrite(5, False, deny=SEND)) == VIEW
    assert permissions(Overwrite(12, True, deny=SEND)) == VIEW | SEND


def test_who_does_not_see_a_channel_may_do_nothing_in_it() -> None:
    assert permissions(Overwrite(1, True, deny=VIEW)) == NOTHING


def test_owners_and_administrators_may_everything() -> None:
    everything_denied = Overwrite(5, False, deny=ALL)
    assert permissions(everything_denied, owner=True) == ALL
    assert permissions(everything_denied, base=Permission.ADMINISTRATOR) == ALL


@pytest.mark.parametrize(
    ("allowed", "users", "roles", "everyone"),
    [
        (None, {7, 99}, {8}, True),
        ({"parse": []}, set(), set(), False),
        ({"parse": ["users"]}, {7}, set(), False),
        ({"parse": ["everyone"], "replied_user": True}, {99}, set(), True),
        ({"users": ["7", "6"]}, {7}, set(), False),
        ({"roles": ["8"], "replied_user": False}, set(), {8}, False),
        ({"replied_user": True}, {99}, set(), False),
    ],
)
def test_allowed_mentions(
    allowed: dict[str, Any] | None, users: set[int], roles: set[int], everyone: bool
) -> None:
    pinged = pinged_by(
        addressed_by("<@7> <@!7> <@&8> @here"),
        allowed,
        replied_to=99,
        mentionable_roles=frozenset({8}),
        may_mention_everyone=True,
    )
    assert (set(pinged.users), set(pinged.roles), pinged.everyone) == (users, roles, everyone)


def button(**fields: Any) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "x", "custom_id": "x", **fields}


def row(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(buttons)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


V2 = 1 << 15


@pytest.mark.parametrize(
    "body",
    [
        {"components": [row(button(custom_id="x" * 101))]},
        {"components": [row(button(custom_id=""))]},
        {"components": [row(button(), button())]},
        {"components": [row(*(button(custom_id=str(n)) for n in range(6)))]},
        {"components": [row(button(custom_id=str(n))) for n in range(6)]},
        {"components": [row(button(label="x" * 81))]},
        {"components": [row(button(custom_id=None))]},
        {"components": [row(button(label=None))]},
        {"components": [row(button(style=5, custom_id=None, url="ftp://x"))]},
        {"components": [text("needs the flag")]},
        {"components": [text("x")], "content": "x", "flags": V2},
        {"components": [text("x")], "embeds": [{"title": "x"}], "flags": V2},
        {"components": [text("x") for _ in range(41)], "flags": V2},
        {"components": [text("x" * 2001), text("x" * 2000)], "flags": V2},
        {"embeds": [{"title": "x"}] * 11},
        {"embeds": [{"fields": [{"name": "x", "value": "x"}] * 26}]},
        {"embeds": [{"fields": [{"name": "x", "value": ""}]}]},
        {"embeds": [{"fields": [{"name": "x" * 257, "value": "x"}]}]},
        {"embeds": [{"fields": [{"name": "x", "value": "x" * 1025}]}]},
        {"embeds": [{"footer": {"text": "x" * 2049}}]},
        {"embeds": [{"author": {"name": "x" * 257}}]},
        {"content": "x", "allowed_mentions": {"parse": ["users"], "users": ["1"]}},
        {"content": "x", "attachments": [{"id": n} for n in range(11)]},
    ],
)
def test_messages_that_discord_refuses(body: dict[str, Any]) -> None:
    with pytest.raises(DiscordError) as refused:
        check_message(body)
    assert refused.value.code == 50035
    assert discord_schema().check_object("ErrorResponse", refused.value.body) is None


@pytest.mark.parametrize(
    "body",
    [
        {"components": [row(button(custom_id="x" * 100))]},
        {"components": [text("x")], "flags": V2},
        {"components": [text("x" * 100) for _ in range(40)], "flags": V2},
        {"embeds": [{"description": "x" * 4096}]},
        {"content": "x" * 2000},
    ],
)
def test_messages_that_discord_takes(body: dict[str, Any]) -> None:
    check_message(body)


def test_the_path_of_an_error_leads_to_its_field() -> None:
    with pytest.raises(DiscordError) as refused:
        check_message({"embeds": [{"title": "x"}, {"description": "x" * 4097}]})
    assert refused.value.errors == {
        "embeds": {
            "1": {
                "description": {
                    "_errors": [
                        {
                            "code": "BASE_TYPE_MAX_LENGTH",
                            "message": "Must be 4096 or fewer in length.",
                        }
                    ]
                }
            }
        }
    }


def test_modals_and_choices_have_limits() -> None:
    field = {"type": 4, "custom_id": "a", "style": 1, "label": "A"}
    check_modal({"title": "x" * 45, "custom_id": "m", "components": [row(field)]})
    for wrong in (
        {"title": "x" * 46, "custom_id": "m", "components": [row(field)]},
        {"title": "x", "custom_id": "m", "components": [row(field), row(field)]},
        {"title": "x", "custom_id": "m", "components": []},
        {"title": "x", "custom_id": "m", "components": [row({**field, "label": "x" * 46})]},
    ):
        with pytest.raises(DiscordError):
            check_modal(wrong)
    choice = {"name": "x", "value": "x"}
    check_choices([choice] * 25)
    for bad in ([choice] * 26, [{"name": "x" * 101, "value": "x"}], [{"name": "", "value": "x"}]):
        with pytest.raises(DiscordError):
            check_choices(bad)


@pytest.fixture
def commands() -> Commands:
    return Commands(Snowflakes(Clock()), 1, Rules(command_creates=3))


def command(name: str, **fields: Any) -> dict[str, Any]:
    return {"name": name, "type": 1, "description": "x", **fields}


def test_a_command_keeps_its_id_and_a_change_gives_it_a_version(commands: Commands) -> None:
    first = commands.overwrite(None, [command("ask"), command("help")])
    second = commands.overwrite(None, [command("ask", description="y"), command("help")])
    assert [each["id"] for each in first] == [each["id"] for each in second]
    assert first[0]["version"] != second[0]["version"]
    assert first[1]["version"] == second[1]["version"]
    assert commands.syncs == 2


def test_new_commands_are_rationed(commands: Commands) -> None:
    commands.overwrite(None, [command("a"), command("b"), command("c")])
    commands.overwrite(None, [command("a")])
    with pytest.raises(DiscordError) as refused:
        commands.overwrite(None, [command("a"), command("d")])
    assert refused.value.code == 30034


@pytest.mark.parametrize(
    "form",
    [
        command("Ask"),
        command("two words"),
        command("x" * 33),
        command("ask", description=""),
        command("ask", description="x" * 101),
        {"name": "Menu", "type": 3, "description": "not here"},
        command("ask", options=[command("a", type=3), command("b", type=3, required=True)]),
        command("ask", options=[command(f"o{n}", type=3) for n in range(26)]),
        command("ask", options=[command("a", type=3, choices=[{"name": "x" * 101, "value": "x"}])]),
    ],
)
def test_commands_that_discord_refuses(commands: Commands, form: dict[str, Any]) -> None:
    with pytest.raises(DiscordError) as refused:
        commands.overwrite(None, [form])
    assert refused.value.code == 50035


def test_a_name_may_stand_only_once(commands: Commands) -> None:
    with pytest.raises(DiscordError):
        commands.overwrite(None, [command("ask"), command("ask")])


def test_the_schema_tells_right_from_wrong() -> None:
    schema = discord_schema()
    path = "/channels/{channel_id}/messages"
    right: dict[str, Any] = {"content": "x", "message_reference": {"message_id": 123}}
    assert schema.check_request("POST", path, right) is None
    assert schema.check_request("POST", path, {**right, "content": 3}) is not None
    assert schema.check_request("POST", path, {**right, "content": "x" * 4000}) is None
    assert schema.check_request("POST", path, {**right, "content": "x" * 4001}) is not None
    assert schema.check_request("POST", path, {"message_reference": {}}) is not None
    twice = {"content": "x", "allowed_mentions": {"users": ["1", "1"]}}
    assert schema.check_request("POST", path, twice) is not None
    assert schema.check_request("POST", "/no/such/path", {}) is not None
    assert schema.check_answer("POST", path, 200, {"id": "1"}) is not None
    assert schema.check_answer("POST", path, 404, {"message": "x", "code": 1}) is None
    assert schema.check_answer("POST", path, 404, {"message": "x"}) is not None
    assert schema.check_answer("DELETE", f"{path}/{{message_id}}", 204, None) is None
    assert schema.check_answer("DELETE", f"{path}/{{message_id}}", 204, {}) is not None


def test_every_route_is_in_discords_document() -> None:
    """Otherwise nothing would hold the fake to anything on that route."""
    schema = discord_schema()
    for route in ROUTES:
        problem = schema.check_request(route.method, route.path, {})
        assert problem is None or "OpenAPI document" not in problem, route.name


def test_the_world_lists_what_it_holds() -> None:
    world = World(Clock())
    guild = world.add_guild("Server")
    channel = guild.channel("general")
    assert world.channels[channel.id] is channel
    assert channel.is_seen_by_bot
    assert not world.add_guild("Elsewhere", with_bot=False).channel("x").is_seen_by_bot
    ids = [world.ids.next() for _ in range(1000)]
    assert ids == sorted(set(ids))
    with pytest.raises(ValueError, match="forward"):
        world.clock.advance(-1)
