"""Channels, threads and forum posts."""

from __future__ import annotations

from tests.fakes.discord import composing, limits, message_payloads, payloads
from tests.fakes.discord.access import channel_of, message_of, posting, require
from tests.fakes.discord.backend import Call
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import bad_form, missing_permissions, thread_exists
from tests.fakes.discord.payload_types import Body, ChannelKind, JsonObject, Reply
from tests.fakes.discord.permissions import NOTHING, Permission
from tests.fakes.discord.routing import Route

AUTO_ARCHIVE = (60, 1440, 4320, 10080)


def get_channel(call: Call) -> Reply:
    return Reply(200, payloads.channel_json(channel_of(call)))


def edit_channel(call: Call) -> Reply:
    channel = channel_of(call)
    form: JsonObject = call.body.json
    if channel.kind.is_thread:
        _edit_thread(call, channel, form)
    else:
        require(call, channel, Permission.MANAGE_CHANNELS)
        channel.topic = form.get("topic", channel.topic)
    if form.get("name") is not None:
        limits.check_name(("name",), form["name"])
        channel.name = form["name"]
    call.backend.world.channel_updated(channel)
    return Reply(200, payloads.channel_json(channel))


def _edit_thread(call: Call, thread: Channel, form: JsonObject) -> None:
    bot = call.backend.world.bot
    needed = NOTHING if thread.owner is bot else Permission.MANAGE_THREADS
    if "locked" in form:
        needed = Permission.MANAGE_THREADS
    require(call, thread, needed)
    thread.is_archived = form.get("archived", thread.is_archived)
    thread.is_locked = form.get("locked", thread.is_locked)
    thread.auto_archive_minutes = _auto_archive(form, thread.auto_archive_minutes)


def delete_channel(call: Call) -> Reply:
    channel = channel_of(call)
    if channel.guild is None:
        raise missing_permissions()
    is_thread = channel.kind.is_thread
    require(call, channel, Permission.MANAGE_THREADS if is_thread else Permission.MANAGE_CHANNELS)
    body = payloads.channel_json(channel)
    call.backend.world.delete_channel(channel)
    return Reply(200, body)


def start_thread_from_message(call: Call) -> Reply:
    channel = channel_of(call, Permission.CREATE_PUBLIC_THREADS)
    message = message_of(call, channel)
    _require_threads(channel)
    if message.thread is not None:
        raise thread_exists()
    form: JsonObject = call.body.json
    limits.check_name(("name",), form.get("name"))
    world = call.backend.world
    thread = world.add_thread(
        channel,
        form["name"],
        world.bot,
        starter=message,
        auto_archive_minutes=_auto_archive(form),
    )
    return Reply(201, payloads.thread_json(thread))


def start_thread(call: Call) -> Reply:
    """A thread of its own, or a post in a forum."""
    form: JsonObject = call.body.json
    channel = channel_of(call)
    limits.check_name(("name",), form.get("name"))
    world = call.backend.world
    if channel.kind is ChannelKind.FORUM:
        return _start_post(call, channel, form)
    _require_threads(channel)
    kind = ChannelKind(form.get("type") or ChannelKind.PRIVATE_THREAD)
    is_public = kind is not ChannelKind.PRIVATE_THREAD
    require(
        call,
        channel,
        Permission.CREATE_PUBLIC_THREADS if is_public else Permission.CREATE_PRIVATE_THREADS,
    )
    thread = world.add_thread(
        channel, form["name"], world.bot, kind=kind, auto_archive_minutes=_auto_archive(form)
    )
    return Reply(201, payloads.thread_json(thread))


def _start_post(call: Call, forum: Channel, form: JsonObject) -> Reply:
    world = call.backend.world
    first = Body(form.get("message") or {}, call.body.files)
    require(call, forum, Permission.SEND_MESSAGES | posting(first))
    limits.check_message(first.json, files=len(first.files))
    thread = world.add_thread(
        forum, form["name"], world.bot, auto_archive_minutes=_auto_archive(form)
    )
    message = composing.compose(
        world, thread, world.bot, first, upload_bytes=call.backend.rules.upload_bytes
    )
    # The first message of a post has the id of its thread.
    message.id = thread.id
    world.post(message)
    return Reply(
        201, {**payloads.thread_json(thread), "message": message_payloads.message_json(message)}
    )


def _require_threads(channel: Channel) -> None:
    if channel.kind not in (ChannelKind.TEXT, ChannelKind.NEWS):
        raise bad_form(("type",), "CHANNEL_TYPE_INVALID", "This channel cannot hold threads.")


def _auto_archive(form: JsonObject, usual: int = 1440) -> int:
    minutes = form.get("auto_archive_duration") or usual
    limits.check_choice(("auto_archive_duration",), minutes, AUTO_ARCHIVE)
    return int(minutes)


CHANNEL_ROUTES = (
    Route("GET", "/channels/{channel_id}", get_channel),
    Route("PATCH", "/channels/{channel_id}", edit_channel),
    Route("DELETE", "/channels/{channel_id}", delete_channel),
    Route(
        "POST", "/channels/{channel_id}/messages/{message_id}/threads", start_thread_from_message
    ),
    Route("POST", "/channels/{channel_id}/threads", start_thread),
)
