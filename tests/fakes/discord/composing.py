"""From the body of a request to a message: checked, completed and with its pings worked out."""

from __future__ import annotations

from tests.fakes.discord import components, limits
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.errors import bad_form, upload_too_large
from tests.fakes.discord.mentions import pinged_by
from tests.fakes.discord.messages import Attachment, Message
from tests.fakes.discord.payload_types import Body, JsonObject, MessageFlag, MessageKind, Upload
from tests.fakes.discord.people import User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.world import World

#: Flags that an application may set when it creates a message.
SETTABLE = MessageFlag.SUPPRESS_EMBEDS | MessageFlag.SUPPRESS_NOTIFICATIONS
SETTABLE |= MessageFlag.COMPONENTS_V2


def compose(
    world: World,
    channel: Channel,
    author: User,
    body: Body,
    *,
    upload_bytes: int,
    kind: MessageKind = MessageKind.DEFAULT,
    reference: Message | None = None,
    seen_only_by: User | None = None,
    is_deferred: bool = False,
) -> Message:
    """A message that is not yet posted. ``is_deferred``: the empty one that shows "thinking"."""
    form: JsonObject = body.json or {}
    if not is_deferred:
        limits.check_message(form, files=len(body.files))
    _check_uploads(body, upload_bytes)
    message = Message(
        world.ids.next(),
        channel,
        author,
        created_at=world.clock.stamp(),
        created_s=world.clock.now(),
        kind=kind,
        flags=MessageFlag(form.get("flags") or 0) & SETTABLE,
        reference=reference,
        seen_only_by=seen_only_by,
        nonce=form.get("nonce"),
    )
    if seen_only_by is not None:
        message.flags |= MessageFlag.EPHEMERAL
    if is_deferred:
        message.flags |= MessageFlag.LOADING
        return message
    _fill(world, message, body)
    _work_out_pings(message, form.get("allowed_mentions"))
    return message


def edit(world: World, message: Message, body: Body, *, upload_bytes: int) -> None:
    """Changes what the fields of ``body`` name. A loading message becomes a real one by this."""
    form: JsonObject = body.json or {}
    was_loading = message.is_loading
    flags = message.flags | (MessageFlag(form.get("flags") or 0) & SETTABLE)
    kept = [each for each in message.attachments if _is_kept(each, form)]
    would_show = {
        "content": form.get("content", message.content),
        "embeds": form.get("embeds", message.embeds),
        "components": form.get("components", message.components),
        "flags": int(flags),
        "attachments": kept,
        "allowed_mentions": form.get("allowed_mentions"),
    }
    limits.check_message(would_show, files=len(body.files) + len(kept))
    _check_uploads(body, upload_bytes)
    if not was_loading:
        message.revise()
        message.edited_at = world.clock.stamp()
    message.attachments = kept
    message.flags = flags & ~MessageFlag.LOADING
    _fill(world, message, body)
    _work_out_pings(message, form.get("allowed_mentions"))


def _is_kept(attachment: Attachment, form: JsonObject) -> bool:
    if form.get("attachments") is None:
        return "attachments" not in form
    return any(int(each["id"]) == attachment.id for each in form["attachments"])


def _check_uploads(body: Body, upload_bytes: int) -> None:
    if sum(len(upload.content) for upload in body.files.values()) > upload_bytes:
        raise upload_too_large()


def _fill(world: World, message: Message, body: Body) -> None:
    form: JsonObject = body.json or {}
    _attach(world, message, body)
    urls = {each.filename: each.url for each in message.attachments}
    if "content" in form:
        # Discord trims what it is sent.
        message.content = (form["content"] or "").strip()
    if "embeds" in form:
        message.embeds = [_embed(each, urls) for each in form["embeds"] or ()]
    if "components" in form:
        message.components = components.as_answered(form["components"] or (), urls)


def _attach(world: World, message: Message, body: Body) -> None:
    form: JsonObject = body.json or {}
    listed = {int(each["id"]): each for each in form.get("attachments") or ()}
    known = {each.id for each in message.attachments}
    for number, entry in listed.items():
        if number not in body.files and number not in known:
            raise bad_form(
                ("attachments", "id"),
                "ATTACHMENT_NOT_FOUND",
                f"Attachment {entry['id']} is neither uploaded nor on the message.",
            )
    for number, upload in body.files.items():
        entry = listed.get(number, {})
        renamed = Upload(
            entry.get("filename") or upload.filename, upload.content, upload.content_type
        )
        message.attachments.append(
            world.store(
                message.channel,
                renamed,
                description=entry.get("description"),
                is_ephemeral=message.is_ephemeral,
            )
        )


def _embed(embed: JsonObject, urls: dict[str, str]) -> JsonObject:
    """An embed as Discord answers it: no nulls, a type, and ``inline`` on every field."""
    full = {key: value for key, value in embed.items() if value is not None}
    full["type"] = "rich"
    if "fields" in full:
        full["fields"] = [{"inline": False, **field} for field in full["fields"]]
    for key in ("image", "thumbnail"):
        if key in full:
            url = full[key]["url"]
            url = urls.get(url.removeprefix("attachment://"), url)
            full[key] = {"url": url, "proxy_url": url, "width": 0, "height": 0}
    return full


def _work_out_pings(message: Message, allowed: JsonObject | None) -> None:
    """Adds whom this version of ``message`` notifies.

    An edit that brings a mention to life counts as a ping: Discord marks it for the reader, and
    the edit of a deferred answer is where an application's text first appears.
    """
    guild = message.channel.guild
    permissions = message.channel.permissions_of(message.author)
    roles = guild.roles.values() if guild else ()
    replied_to = None
    # Nobody is notified of a reply to oneself, as an answer to one's own button is.
    if message.reference is not None and message.reference.author is not message.author:
        replied_to = message.reference.author.id
    message.pings |= pinged_by(
        message.addressed,
        allowed,
        replied_to=replied_to,
        mentionable_roles=frozenset(role.id for role in roles if role.mentionable),
        may_mention_everyone=guild is not None and Permission.MENTION_EVERYONE in permissions,
    )
