"""Whether a message is a question for us, and what its text is. Pure but for reading it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import discord

from bot.discord_app.places import server_of
from bot.ledger import ChannelSettings
from index.answer.question import clean_text

_CUSTOM_EMOJI = re.compile(r"<a?:\w{2,32}:\d+>")
_LINK = re.compile(r"https?://\S+")
_TEXT_TYPES = {discord.MessageType.default, discord.MessageType.reply}


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that is a question. ``continues`` is the message of ours it replies to."""

    surface: str
    text: str
    #: Names the exchange where the place does: a direct channel, a thread.
    conversation: str | None = None
    continues: int | None = None
    #: Whether it names our role in place of us, which brings its text with an intent only.
    by_role: bool = False


def is_human(message: discord.Message) -> bool:
    """Whether a person wrote it: no bot, webhook, or notice of Discord's own."""
    return not message.author.bot and message.webhook_id is None and message.type in _TEXT_TYPES


def listen(
    message: discord.Message,
    me: int,
    channel: ChannelSettings | None,
    *,
    hears_all: bool,
    longest: int,
) -> Heard | None:
    """How ``message`` is a question to the user ``me``, or None. ``channel`` holds the settings
    of its channel or, for a post in a forum, of the forum; ``hears_all`` says whether Discord
    gives us the text of messages that do not mention us. A post in a forum is cut to ``longest``
    characters, its title included. Nobody asked us with a message of no words or of links alone,
    unless it addresses us."""
    if not is_human(message):
        return None
    text = question_text(message, me)
    if server_of(message) is None:
        return Heard("direct", text, conversation=f"c:{message.channel.id}")
    thread = message.channel if isinstance(message.channel, discord.Thread) else None
    own_thread = thread is not None and thread.owner_id == me
    conversation = f"c:{message.channel.id}" if own_thread else None
    reference = message.reference.message_id if message.reference is not None else None
    by_role = _names_our_role(message, me)
    addressed = by_role or any(user.id == me for user in message.mentions)
    if thread is not None and thread.id == message.id and channel is not None and channel.forum:
        post = _cut(f"{' '.join(thread.name.split())}\n{text}".strip(), longest)
        if addressed or (hears_all and _has_words(post)):
            return Heard("forum", post, conversation=f"c:{thread.id}")
        return None
    if addressed:
        return Heard("mention", text, conversation, continues=reference, by_role=by_role)
    if not hears_all or not _has_words(text):
        return None
    if own_thread:
        return Heard("thread", text, conversation)
    if channel is None:
        return None
    if channel.answer_all and (thread is None or channel.channel_id == thread.id):
        return Heard("channel", text, continues=reference)
    return None


def _names_our_role(message: discord.Message, me: int) -> bool:
    """Whether it mentions the role that Discord made for us and named like us."""
    return any(role.tags is not None and role.tags.bot_id == me for role in message.role_mentions)


def _has_words(text: str) -> bool:
    """Whether something is said beside links and emojis."""
    return any(char.isalnum() for char in _LINK.sub(" ", text))


def _cut(text: str, longest: int) -> str:
    """``text``, or as many of its words as make a question of ``longest`` characters."""
    clean = clean_text(text)
    if len(clean) <= longest:
        return text
    return clean[: longest + 1].rpartition(" ")[0] or clean[:longest]


def question_text(message: discord.Message, me: int, *, lines: bool = False) -> str:
    """What was written, without our own mention, and with names for everything else that stands
    in it as an id; in one line, or with ``lines`` in those that it was written in."""
    text = re.sub(rf"<@!?{me}>", " ", message.content)
    for user in message.mentions:
        for form in (f"<@{user.id}>", f"<@!{user.id}>"):
            text = text.replace(form, user.display_name)
    for role in message.role_mentions:
        ours = role.tags is not None and role.tags.bot_id == me
        text = text.replace(role.mention, " " if ours else role.name)
    for channel in message.channel_mentions:
        text = text.replace(f"<#{channel.id}>", channel.name)
    text = _CUSTOM_EMOJI.sub(" ", text)
    if lines:
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return " ".join(text.split())
