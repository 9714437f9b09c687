"""Messages as JSON: as REST answers them, as events carry them, and stripped of content."""

from __future__ import annotations

from tests.fakes.discord.messages import Attachment, Message
from tests.fakes.discord.payload_types import JsonObject
from tests.fakes.discord.payloads import member_json, thread_json, user_json


def attachment_json(attachment: Attachment) -> JsonObject:
    body: JsonObject = {
        "id": str(attachment.id),
        "filename": attachment.filename,
        "size": len(attachment.content),
        "url": attachment.url,
        "proxy_url": attachment.url,
        "content_type": attachment.content_type,
    }
    if attachment.description is not None:
        body["description"] = attachment.description
    if attachment.is_ephemeral:
        body["ephemeral"] = True
    return body


def message_json(message: Message, *, nested: bool = False) -> JsonObject:
    """As REST answers; ``nested``: as ``referenced_message`` inside another one."""
    body: JsonObject = {
        "id": str(message.id),
        "type": int(message.kind),
        "channel_id": str(message.channel.id),
        "author": user_json(message.author),
        "content": message.content,
        "mentions": _mentioned_users(message),
        "mention_roles": [str(role) for role in sorted(message.pings.roles)],
        "mention_everyone": message.pings.everyone,
        "attachments": [attachment_json(each) for each in message.attachments],
        "embeds": message.embeds,
        "components": message.components,
        "timestamp": message.created_at,
        "edited_timestamp": message.edited_at,
        "flags": int(message.flags),
        "pinned": False,
        "tts": False,
    }
    if message.webhook_id is not None:
        body["webhook_id"] = str(message.webhook_id)
    if message.application_id is not None:
        body["application_id"] = str(message.application_id)
    if message.interaction is not None:
        body["interaction_metadata"] = message.interaction
    if message.nonce is not None:
        body["nonce"] = message.nonce
    if message.reactions:
        body["reactions"] = _reactions_json(message)
    if message.thread is not None and not nested:
        body["thread"] = thread_json(message.thread)
    if message.reference is not None:
        body["message_reference"] = _reference_json(message.reference)
        if not nested:
            gone = message.reference.is_deleted
            body["referenced_message"] = (
                None if gone else message_json(message.reference, nested=True)
            )
    return body


def _mentioned_users(message: Message) -> list[JsonObject]:
    users = message.channel.world.users
    return [user_json(users[each]) for each in sorted(message.pings.users) if each in users]


def _reference_json(target: Message) -> JsonObject:
    body: JsonObject = {
        "type": 0,
        "channel_id": str(target.channel.id),
        "message_id": str(target.id),
    }
    if target.channel.guild is not None:
        body["guild_id"] = str(target.channel.guild.id)
    return body


def _reactions_json(message: Message) -> list[JsonObject]:
    return [
        {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me_burst": False,
            "me": message.channel.world.bot in users,
        }
        for emoji, users in message.reactions.items()
    ]


def message_event_json(message: Message) -> JsonObject:
    """As MESSAGE_CREATE has it: with the server and the author's member, unless ephemeral."""
    body = message_json(message)
    guild = message.channel.guild
    body["channel_type"] = int(message.channel.kind)
    if guild is None or message.is_ephemeral:
        return body
    body["guild_id"] = str(guild.id)
    is_by_webhook = message.webhook_id is not None and message.application_id is None
    if not is_by_webhook and (member := guild.members.get(message.author.id)):
        body["member"] = member_json(member, with_user=False)
    for mentioned in body["mentions"]:
        if member := guild.members.get(int(mentioned["id"])):
            mentioned["member"] = member_json(member, with_user=False)
    return body


def shows_content_without_intent(message: Message) -> bool:
    """The exceptions to MESSAGE_CONTENT: the bot's own messages, DMs, and mentions of the bot."""
    bot = message.channel.world.bot
    return (
        message.author is bot
        or message.channel.kind.is_private
        or message.is_ephemeral
        or bot.id in message.pings.users
    )


def strip_content(message: Message, body: JsonObject) -> JsonObject:
    """``body`` of ``message`` as an application without the MESSAGE_CONTENT intent gets it."""
    stripped = dict(body)
    if not shows_content_without_intent(message):
        stripped |= {"content": "", "embeds": [], "components": [], "attachments": []}
    if message.reference is not None and body.get("referenced_message"):
        stripped["referenced_message"] = strip_content(
            message.reference, body["referenced_message"]
        )
    return stripped
