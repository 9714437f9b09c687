"""Whether a message is a question for us, and what its text is. Pure but for reading it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

from bot.ledger import ChannelSettings

_TEXT_TYPES = {discord.MessageType.default, discord.MessageType.reply}


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that is a question. ``continues`` is the message of ours it replies to."""

    surface: str
    text: str
    #: Names the exchange where the place does: a direct channel, a thread.
    conversation: str | None = None
    continues: int | None = None


def is_human(message: discord.Message) -> bool:
    """Whether a person wrote it: no bot, webhook, or notice of Discord's own."""
    return not message.author.bot and message.webhook_id is None and message.type in _TEXT_TYPES


def listen(
    message: discord.Message, me: int, channel: ChannelSettings | None, *, hears_all: bool
) -> Heard | None:
    """How ``message`` is a question to the user ``me``, or None. ``channel`` holds the settings
    of its channel or, for a post in a forum, of the forum; ``hears_all`` says whether Discord
    gives us the text of messages that do not mention us."""
    if not is_human(message):
        return None
    text = question_text(message, me)
    if message.guild is None:
        return Heard("direct", text, conversation=f"c:{message.channel.id}")
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    own_thread = thread is not None and thread.owner_id == me
    conversation = f"c:{message.channel.id}" if own_thread else None
    reference = message.reference.message_id if message.reference is not None else None
    if any(user.id == me for user in message.mentions):
        return Heard("mention", text, conversation, continues=reference)
    if not hears_all or not text:
        return None
    if own_thread:
        return Heard("thread", text, conversation)
    if channel is None:
        return None
    if channel.forum and thread is not None and thread.id == message.id:
        return Heard("forum", f"{thread.name}\n{text}", conversation=f"c:{thread.id}")
    if channel.answer_all and (thread is None or channel.channel_id == thread.id):
        return Heard("channel", text, continues=reference)
    return None


def question_text(message: discord.Message, me: int) -> str:
    """What was written, without our own mention and with names for the other ones."""
    text = re.sub(rf"<@!?{me}>", " ", message.content)
    for user in message.mentions:
        for form in (f"<@{user.id}>", f"<@!{user.id}>"):
            text = text.replace(form, user.display_name)
    return " ".join(text.split())
