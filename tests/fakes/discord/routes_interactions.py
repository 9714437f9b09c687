"""Answers to interactions: the callback, and the webhook that their token opens."""

from __future__ import annotations

from tests.fakes.discord.backend import Call
from tests.fakes.discord.errors import unknown_webhook
from tests.fakes.discord.payload_types import Reply
from tests.fakes.discord.routing import Route


def respond(call: Call) -> Reply:
    token = call.parameters["interaction_token"]
    return call.backend.interactions.respond(call.id("interaction_id"), token, call.body)


def _token(call: Call) -> str:
    if call.id("webhook_id") != call.backend.world.application_id:
        raise unknown_webhook()
    return call.parameters["webhook_token"]


def _message_id(call: Call) -> int | None:
    return call.id("message_id") if "message_id" in call.parameters else None


def follow_up(call: Call) -> Reply:
    return call.backend.interactions.follow_up(_token(call), call.body)


def get_message(call: Call) -> Reply:
    return call.backend.interactions.get(_token(call), _message_id(call))


def edit_message(call: Call) -> Reply:
    return call.backend.interactions.edit(_token(call), _message_id(call), call.body)


def delete_message(call: Call) -> Reply:
    return call.backend.interactions.delete(_token(call), _message_id(call))


_WEBHOOK = "/webhooks/{webhook_id}/{webhook_token}"
_ORIGINAL = f"{_WEBHOOK}/messages/@original"
_MESSAGE = f"{_WEBHOOK}/messages/{{message_id}}"

INTERACTION_ROUTES = (
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        respond,
        needs_token=False,
    ),
    Route("POST", _WEBHOOK, follow_up, needs_token=False),
    Route("GET", _ORIGINAL, get_message, needs_token=False),
    Route("PATCH", _ORIGINAL, edit_message, needs_token=False),
    Route("DELETE", _ORIGINAL, delete_message, needs_token=False),
    Route("GET", _MESSAGE, get_message, needs_token=False),
    Route("PATCH", _MESSAGE, edit_message, needs_token=False),
    Route("DELETE", _MESSAGE, delete_message, needs_token=False),
)
