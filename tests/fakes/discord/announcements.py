"""From what has happened to the events that tell the bot of it, if it may know."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.fakes.discord import message_payloads, payloads
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import Event, Intent, JsonObject
from tests.fakes.discord.people import User

#: Which intent brings an event, in a server and in a private channel.
MESSAGES = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES)
REACTIONS = (Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS)
TYPING = (Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING)


class Announcer:
    """Hands events to ``emit``, which the gateway sets."""

    def __init__(self) -> None:
        self.emit: Callable[[Event], None] = lambda event: None

    def bot_joined(self, guild: Guild) -> None:
        self.emit(Event("GUILD_CREATE", payloads.guild_create_json(guild), guild_id=guild.id))

    def bot_left(self, guild: Guild) -> None:
        self.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id))

    def guild(self, guild: Guild, name: str, data: JsonObject, intents: Intent) -> None:
        """Something about a server's roles or members."""
        if guild.has_bot:
            data = {"guild_id": str(guild.id), **data}
            self.emit(Event(name, data, intents, guild.id))

    def channel(self, channel: Channel, name: str, extra: JsonObject | None = None) -> None:
        """A channel has come, changed or gone."""
        guild = channel.guild
        if guild is None or not guild.has_bot:
            return
        # Threads are kept from a bot that does not see them, channels are not.
        if channel.kind.is_thread and not channel.is_seen_by_bot:
            return
        data = {**payloads.channel_json(channel), **(extra or {})}
        self.emit(Event(name, data, Intent.GUILDS, guild.id))

    def message(self, name: str, message: Message) -> None:
        body = message_payloads.message_event_json(message)
        stripped = message_payloads.strip_content(message, body)
        self._in(message.channel, name, body, MESSAGES, message.is_ephemeral, stripped)

    def message_deleted(self, message: Message) -> None:
        data: JsonObject = {"id": str(message.id), "channel_id": str(message.channel.id)}
        self._in(message.channel, "MESSAGE_DELETE", data, MESSAGES, message.is_ephemeral)

    def messages_deleted(self, channel: Channel, messages: Sequence[Message]) -> None:
        ids = [str(message.id) for message in messages if not message.is_ephemeral]
        data: JsonObject = {"ids": ids, "channel_id": str(channel.id)}
        self._in(channel, "MESSAGE_DELETE_BULK", data, MESSAGES)

    def reaction(self, name: str, message: Message, user: User, emoji: str) -> None:
        data: JsonObject = {
            "user_id": str(user.id),
            "channel_id": str(message.channel.id),
            "message_id": str(message.id),
            "message_author_id": str(message.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        if name == "MESSAGE_REACTION_ADD":
            data |= _member(message.channel, user)
        self._in(message.channel, name, data, REACTIONS)

    def typing(self, channel: Channel, user: User, timestamp: int) -> None:
        data: JsonObject = {
            "channel_id": str(channel.id),
            "user_id": str(user.id),
            "timestamp": timestamp,
            **_member(channel, user),
        }
        self._in(channel, "TYPING_START", data, TYPING)

    def _in(
        self,
        channel: Channel,
        name: str,
        data: JsonObject,
        intents: tuple[Intent, Intent],
        is_ephemeral: bool = False,
        stripped: JsonObject | None = None,
    ) -> None:
        """An event of a channel. Ephemeral ones go, without the server, as if in a DM."""
        in_guild, in_private = intents
        if is_ephemeral or channel.guild is None:
            if is_ephemeral or channel.has_bot:
                self.emit(Event(name, data, in_private, stripped=stripped))
        elif channel.is_seen_by_bot:
            guild_id = {"guild_id": str(channel.guild.id)}
            if stripped is not None:
                stripped = stripped | guild_id
            self.emit(Event(name, data | guild_id, in_guild, channel.guild.id, stripped))


def _member(channel: Channel, user: User) -> JsonObject:
    """The author as a member, for events in a server that still has them."""
    member = channel.guild.members.get(user.id) if channel.guild else None
    return {"member": payloads.member_json(member)} if member else {}
