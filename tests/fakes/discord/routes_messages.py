"""Messages, reactions and typing in channels."""

from __future__ import annotations

from urllib.parse import unquote

from tests.fakes.discord import composing, message_payloads
from tests.fakes.discord.access import (
    channel_of,
    channel_to_write_in,
    message_of,
    posting,
    require,
)
from tests.fakes.discord.backend import Call
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import (
    bad_form,
    missing_permissions,
    not_your_message,
    reply_needs_history,
)
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import Intent, JsonObject, MessageKind, Reply
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.routing import Route


def message_json(call: Call, message: Message) -> JsonObject:
    """As REST answers; content is hidden from applications not approved for it, here too."""
    body = message_payloads.message_json(message)
    if call.backend.rules.approved_intents & Intent.MESSAGE_CONTENT:
        return body
    return message_payloads.strip_content(message, body)


def create_message(call: Call) -> Reply:
    channel = channel_to_write_in(call, call.body)
    form: JsonObject = call.body.json
    if form.get("enforce_nonce") and (sent := _sent_before(call, channel, form.get("nonce"))):
        return Reply(200, message_json(call, sent))
    reference = _reference(call, channel, form.get("message_reference"))
    message = composing.compose(
        call.backend.world,
        channel,
        call.backend.world.bot,
        call.body,
        upload_bytes=call.backend.rules.upload_bytes,
        kind=MessageKind.REPLY if reference else MessageKind.DEFAULT,
        reference=reference,
    )
    call.backend.world.post(message)
    return Reply(200, message_json(call, message))


def _sent_before(call: Call, channel: Channel, nonce: object) -> Message | None:
    """The message of the last minutes that carried this nonce."""
    oldest_s = call.backend.clock.now() - 300
    for message in reversed(channel.messages.values()):
        if message.created_s < oldest_s:
            return None
        if nonce is not None and message.nonce == nonce:
            return message
    return None


def _reference(call: Call, channel: Channel, form: JsonObject | None) -> Message | None:
    if form is None:
        return None
    target = channel.messages.get(int(form["message_id"]))
    if target is None or target.is_ephemeral:
        if form.get("fail_if_not_exists") is False:
            return None
        raise bad_form(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")
    permissions = channel.permissions_of(call.backend.world.bot)
    if Permission.READ_MESSAGE_HISTORY not in permissions:
        raise reply_needs_history()
    return target


def list_messages(call: Call) -> Reply:
    channel = channel_of(call)
    permissions = channel.permissions_of(call.backend.world.bot)
    if Permission.READ_MESSAGE_HISTORY not in permissions:
        return Reply(200, [])
    limit = int(call.query.get("limit", 50))
    if not 1 <= limit <= 100:
        raise bad_form(("limit",), "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    shown = [message for message in channel.messages.values() if not message.is_ephemeral]
    if before := call.query.get("before"):
        shown = [message for message in shown if message.id < int(before)]
    if after := call.query.get("after"):
        shown = [message for message in shown if message.id > int(after)][:limit]
    if around := call.query.get("around"):
        shown.sort(key=lambda message: abs(message.id - int(around)))
        shown = sorted(shown[:limit], key=lambda message: message.id)
    newest_first = shown[-limit:][::-1]
    return Reply(200, [message_json(call, message) for message in newest_first])


def get_message(call: Call) -> Reply:
    channel = channel_of(call, Permission.READ_MESSAGE_HISTORY)
    return Reply(200, message_json(call, message_of(call, channel)))


def edit_message(call: Call) -> Reply:
    channel = channel_of(call)
    message = message_of(call, channel)
    if message.author is not call.backend.world.bot:
        raise not_your_message()
    require(call, channel, posting(call.body))
    composing.edit(
        call.backend.world, message, call.body, upload_bytes=call.backend.rules.upload_bytes
    )
    call.backend.world.message_changed(message)
    return Reply(200, message_json(call, message))


def delete_message(call: Call) -> Reply:
    channel = channel_of(call)
    message = message_of(call, channel)
    if message.author is not call.backend.world.bot:
        if channel.guild is None:
            raise missing_permissions()
        require(call, channel, Permission.MANAGE_MESSAGES)
    call.backend.world.delete_message(message)
    return Reply(204)


def type_in_channel(call: Call) -> Reply:
    channel = channel_to_write_in(call)
    channel.typing_seen += 1
    call.backend.world.typing(channel, call.backend.world.bot)
    return Reply(204)


def add_reaction(call: Call) -> Reply:
    channel = channel_of(call, Permission.READ_MESSAGE_HISTORY)
    message = message_of(call, channel)
    emoji = unquote(call.parameters["emoji_name"])
    if emoji not in message.reactions:
        require(call, channel, Permission.ADD_REACTIONS)
    call.backend.world.react(message, call.backend.world.bot, emoji)
    return Reply(204)


def remove_reaction(call: Call) -> Reply:
    message = message_of(call, channel_of(call, Permission.READ_MESSAGE_HISTORY))
    emoji = unquote(call.parameters["emoji_name"])
    call.backend.world.unreact(message, call.backend.world.bot, emoji)
    return Reply(204)


_MESSAGES = "/channels/{channel_id}/messages"
_MESSAGE = f"{_MESSAGES}/{{message_id}}"
_MY_REACTION = f"{_MESSAGE}/reactions/{{emoji_name}}/@me"

MESSAGE_ROUTES = (
    Route("POST", _MESSAGES, create_message),
    Route("GET", _MESSAGES, list_messages),
    Route("GET", _MESSAGE, get_message),
    Route("PATCH", _MESSAGE, edit_message),
    Route("DELETE", _MESSAGE, delete_message),
    Route("POST", "/channels/{channel_id}/typing", type_in_channel),
    Route("PUT", _MY_REACTION, add_reaction),
    Route("DELETE", _MY_REACTION, remove_reaction),
)
