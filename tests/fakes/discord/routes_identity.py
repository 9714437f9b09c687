"""The application, users, members, servers and commands."""

from __future__ import annotations

from tests.fakes.discord import payloads
from tests.fakes.discord.backend import Backend, Call
from tests.fakes.discord.errors import (
    bad_form,
    missing_access,
    unknown_guild,
    unknown_member,
    unknown_user,
)
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.payload_types import Intent, JsonObject, Reply
from tests.fakes.discord.people import User
from tests.fakes.discord.routing import Route

#: Flags of an application that is approved for an intent in fewer than a hundred servers.
LIMITED = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}


def get_me(call: Call) -> Reply:
    return Reply(200, payloads.me_json(call.backend.world.bot))


def get_application(call: Call) -> Reply:
    return Reply(200, application_json(call.backend))


def application_json(backend: Backend) -> JsonObject:
    world = backend.world
    approved = backend.rules.approved_intents
    flags = sum(flag for intent, flag in LIMITED.items() if intent & approved)
    owner = User(world.application_id + 1, "App Owner")
    return {
        "id": str(world.application_id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": payloads.user_json(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}, "1": {}},
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": payloads.user_json(owner),
        "approximate_guild_count": len(world.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def get_gateway(call: Call) -> Reply:
    return Reply(200, {"url": f"{call.backend.world.address.replace('http', 'ws')}/gateway"})


def get_gateway_bot(call: Call) -> Reply:
    body = get_gateway(call).body
    start_limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return Reply(200, {**body, "shards": 1, "session_start_limit": start_limit})


def get_user(call: Call) -> Reply:
    user = call.backend.world.users.get(call.id("user_id"))
    if user is None:
        raise unknown_user()
    return Reply(200, payloads.user_json(user))


def open_dm(call: Call) -> Reply:
    world = call.backend.world
    recipient = world.users.get(int(call.body.json.get("recipient_id") or 0))
    if recipient is None or recipient is world.bot:
        raise bad_form(("recipient_id",), "USER_INVALID", "Cannot message this user.")
    return Reply(200, payloads.channel_json(world.private_channel(recipient)))


def _guild(call: Call) -> Guild:
    guild = call.backend.world.guilds.get(call.id("guild_id"))
    if guild is None:
        raise unknown_guild()
    if not guild.has_bot:
        raise missing_access()
    return guild


def get_guild(call: Call) -> Reply:
    return Reply(200, payloads.guild_json(_guild(call)))


def get_member(call: Call) -> Reply:
    member = _guild(call).members.get(call.id("user_id"))
    if member is None:
        raise unknown_member()
    return Reply(200, payloads.member_json(member))


def _scope(call: Call) -> int | None:
    """The guild of a command route, or None for the global commands."""
    if call.id("application_id") != call.backend.world.application_id:
        raise missing_access()
    return _guild(call).id if "guild_id" in call.parameters else None


def get_commands(call: Call) -> Reply:
    return Reply(200, call.backend.commands.all(_scope(call)))


def put_commands(call: Call) -> Reply:
    return Reply(200, call.backend.commands.overwrite(_scope(call), call.body.json or []))


_COMMANDS = "/applications/{application_id}/commands"
_GUILD_COMMANDS = "/applications/{application_id}/guilds/{guild_id}/commands"

IDENTITY_ROUTES = (
    Route("GET", "/users/@me", get_me),
    Route("POST", "/users/@me/channels", open_dm),
    Route("GET", "/users/{user_id}", get_user),
    Route("GET", "/oauth2/applications/@me", get_application),
    Route("GET", "/gateway", get_gateway, needs_token=False),
    Route("GET", "/gateway/bot", get_gateway_bot),
    Route("GET", "/guilds/{guild_id}", get_guild),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", get_member),
    Route("GET", _COMMANDS, get_commands),
    Route("PUT", _COMMANDS, put_commands),
    Route("GET", _GUILD_COMMANDS, get_commands),
    Route("PUT", _GUILD_COMMANDS, put_commands),
)
