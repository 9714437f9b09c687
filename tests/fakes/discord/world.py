"""Everything that exists on the loopback Discord, and the events that its changes cause."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from tests.fakes.discord import message_payloads, payloads
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.messages import Attachment, Message
from tests.fakes.discord.payload_types import (
    ChannelKind,
    Event,
    Intent,
    JsonObject,
    MessageKind,
    Upload,
)
from tests.fakes.discord.people import Member, Role, User
from tests.fakes.discord.permissions import EVERYONE
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.waiting import Watchable

#: What a bot is invited with unless a test says otherwise.
BOT_PERMISSIONS = EVERYONE


class World(Watchable):
    """The registry. Every change goes through a method here, which tells ``emit`` of it.

    ``changed()`` is called for each message, edit and deletion, so that a test can wait on the
    whole world; channels and messages can be waited on by themselves.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.ids = Snowflakes(clock)
        self.users: dict[int, User] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.application_id = self.ids.next()
        self.bot = User(self.application_id, "Footnote", is_bot=True)
        self.users[self.bot.id] = self.bot
        self.attachments: dict[int, Attachment] = {}
        #: Where attachments are served; known once the server listens.
        self.address = "http://127.0.0.1"
        self.emit: Callable[[Event], None] = lambda event: None

    # People and servers ------------------------------------------------------------------

    def add_guild(self, name: str, *, with_bot: bool = True) -> Guild:
        owner = User(self.ids.next(), f"{name} owner")
        self.users[owner.id] = owner
        guild = Guild(self.ids.next(), name, self, owner, self.clock.stamp())
        self.guilds[guild.id] = guild
        guild.members[owner.id] = Member(owner, self.clock.stamp())
        if with_bot:
            role = Role(
                self.ids.next(), self.bot.name, BOT_PERMISSIONS, managed=True, bot_id=self.bot.id
            )
            guild.roles[role.id] = role
            guild.members[self.bot.id] = Member(self.bot, self.clock.stamp(), [role])
            self.emit(Event("GUILD_CREATE", payloads.guild_create_json(guild), guild_id=guild.id))
        return guild

    def role_created(self, guild: Guild, role: Role) -> None:
        self._emit_guild(
            guild, "GUILD_ROLE_CREATE", {"role": payloads.role_json(role)}, Intent.GUILDS
        )

    def role_updated(self, guild: Guild, role: Role) -> None:
        self._emit_guild(
            guild, "GUILD_ROLE_UPDATE", {"role": payloads.role_json(role)}, Intent.GUILDS
        )

    def member_joined(self, guild: Guild, member: Member) -> None:
        self._emit_guild(
            guild, "GUILD_MEMBER_ADD", payloads.member_json(member), Intent.GUILD_MEMBERS
        )

    def member_updated(self, guild: Guild, member: Member) -> None:
        # The bot hears of its own changes whatever its intents are.
        intents = Intent(0) if member.user is self.bot else Intent.GUILD_MEMBERS
        self._emit_guild(guild, "GUILD_MEMBER_UPDATE", payloads.member_json(member), intents)

    def member_left(self, guild: Guild, member: Member) -> None:
        if member.user is self.bot:
            self.emit(Event("GUILD_DELETE", {"id": str(guild.id)}, guild_id=guild.id))
        else:
            data = {"user": payloads.user_json(member.user)}
            self._emit_guild(guild, "GUILD_MEMBER_REMOVE", data, Intent.GUILD_MEMBERS)

    def _emit_guild(self, guild: Guild, name: str, data: JsonObject, intents: Intent) -> None:
        if guild.has_bot:
            data = {"guild_id": str(guild.id), **data}
            self.emit(Event(name, data, intents, guild.id))

    # Channels ----------------------------------------------------------------------------

    def add_channel(
        self, guild: Guild, name: str, kind: ChannelKind, *, topic: str | None = None
    ) -> Channel:
        position = len(guild.channels)
        channel = Channel(self.ids.next(), kind, name, self, guild, topic=topic, position=position)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self._emit_channel(channel, "CHANNEL_CREATE")
        return channel

    def add_thread(
        self,
        parent: Channel,
        name: str,
        owner: User,
        *,
        starter: Message | None = None,
        kind: ChannelKind = ChannelKind.PUBLIC_THREAD,
        auto_archive_minutes: int = 1440,
    ) -> Channel:
        """A thread under ``parent``. Hung on ``starter``, it has that message's id."""
        guild = parent.guild
        assert guild is not None
        thread = Channel(
            starter.id if starter else self.ids.next(),
            kind,
            name,
            self,
            guild,
            parent,
            owner=owner,
            created_at=self.clock.stamp(),
            thread_members=[owner],
            auto_archive_minutes=auto_archive_minutes,
        )
        self.channels[thread.id] = guild.channels[thread.id] = thread
        self._emit_channel(thread, "THREAD_CREATE", {"newly_created": True})
        if starter is not None:
            starter.thread = thread
            self.message_changed(starter)
            self._post_starter(thread, starter)
        return thread

    def _post_starter(self, thread: Channel, starter: Message) -> None:
        """The system message at the head of a thread, which points to the one it hangs on."""
        self.post(
            Message(
                self.ids.next(),
                thread,
                starter.author,
                created_at=self.clock.stamp(),
                created_s=self.clock.now(),
                kind=MessageKind.THREAD_STARTER,
                reference=starter,
            )
        )

    def private_channel(
        self, *recipients: User, kind: ChannelKind = ChannelKind.DM, has_bot: bool = True
    ) -> Channel:
        """The DM with these people; made at the first call."""
        for channel in self.channels.values():
            if channel.kind is kind and channel.recipients == recipients:
                return channel
        name = ", ".join(user.name for user in recipients)
        channel = Channel(self.ids.next(), kind, name, self, recipients=recipients, has_bot=has_bot)
        self.channels[channel.id] = channel
        return channel

    def channel_updated(self, channel: Channel) -> None:
        channel.changed()
        self._emit_channel(channel, "THREAD_UPDATE" if channel.kind.is_thread else "CHANNEL_UPDATE")

    def delete_channel(self, channel: Channel) -> None:
        for thread in channel.threads:
            self.delete_channel(thread)
        del self.channels[channel.id]
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        for message in channel.messages.values():
            message.is_deleted = True
        self._emit_channel(channel, "THREAD_DELETE" if channel.kind.is_thread else "CHANNEL_DELETE")

    def _emit_channel(self, channel: Channel, name: str, extra: JsonObject | None = None) -> None:
        guild = channel.guild
        if guild is not None and guild.has_bot:
            # Threads are kept from a bot that does not see them, channels are not.
            if channel.kind.is_thread and not channel.is_seen_by_bot:
                return
            data = {**payloads.channel_json(channel), **(extra or {})}
            self.emit(Event(name, data, Intent.GUILDS, guild.id))

    # Messages ----------------------------------------------------------------------------

    def post(self, message: Message) -> None:
        """Puts ``message`` into its channel and tells everyone who may see it."""
        channel = message.channel
        channel.messages[message.id] = message
        if channel.is_archived and not channel.is_locked:
            channel.is_archived = False
            self.channel_updated(channel)
        if message.reference is not None and message.kind is MessageKind.REPLY:
            message.reference.replies.append(message)
        self._wake(message)
        self._emit_message("MESSAGE_CREATE", message)

    def message_changed(self, message: Message) -> None:
        self._wake(message)
        self._emit_message("MESSAGE_UPDATE", message)

    def store(
        self,
        channel: Channel,
        upload: Upload,
        *,
        description: str | None = None,
        is_ephemeral: bool = False,
    ) -> Attachment:
        """Keeps an uploaded file under an address that the client can read it from."""
        number = self.ids.next()
        url = f"{self.address}/attachments/{channel.id}/{number}/{quote(upload.filename)}"
        attachment = Attachment(
            number,
            upload.filename,
            upload.content,
            upload.content_type,
            url,
            description,
            is_ephemeral,
        )
        self.attachments[number] = attachment
        return attachment

    def delete_message(self, message: Message) -> None:
        message.is_deleted = True
        message.channel.messages.pop(message.id, None)
        self._wake(message)
        data: JsonObject = {
            "id": str(message.id),
            "channel_id": str(message.channel.id),
        }
        self._emit_in(message.channel, "MESSAGE_DELETE", data, message.is_ephemeral)

    def react(self, message: Message, user: User, emoji: str) -> None:
        users = message.reactions.setdefault(emoji, [])
        if user not in users:
            users.append(user)
            self._wake(message)
            self._emit_reaction("MESSAGE_REACTION_ADD", message, user, emoji)

    def unreact(self, message: Message, user: User, emoji: str) -> None:
        users = message.reactions.get(emoji, [])
        if user in users:
            users.remove(user)
            if not users:
                del message.reactions[emoji]
            self._wake(message)
            self._emit_reaction("MESSAGE_REACTION_REMOVE", message, user, emoji)

    def typing(self, channel: Channel, user: User) -> None:
        data: JsonObject = {
            "channel_id": str(channel.id),
            "user_id": str(user.id),
            "timestamp": int(self.clock.now()),
        }
        if channel.guild is not None:
            data["member"] = payloads.member_json(channel.guild.members[user.id])
        self._emit_in(
            channel,
            "TYPING_START",
            data,
            intents=(Intent.GUILD_MESSAGE_TYPING, Intent.DIRECT_MESSAGE_TYPING),
        )

    def _wake(self, message: Message) -> None:
        message.changed()
        if message.reference is not None:
            message.reference.changed()
        message.channel.changed()
        self.changed()

    def _emit_message(self, name: str, message: Message) -> None:
        body = message_payloads.message_event_json(message)
        stripped = message_payloads.strip_content(message, body)
        self._emit_in(message.channel, name, body, message.is_ephemeral, stripped=stripped)

    def _emit_reaction(self, name: str, message: Message, user: User, emoji: str) -> None:
        data: JsonObject = {
            "user_id": str(user.id),
            "channel_id": str(message.channel.id),
            "message_id": str(message.id),
            "message_author_id": str(message.author.id),
            "emoji": {"id": None, "name": emoji},
            "burst": False,
            "type": 0,
        }
        guild = message.channel.guild
        if guild is not None and name == "MESSAGE_REACTION_ADD":
            data["member"] = payloads.member_json(guild.members[user.id])
        self._emit_in(
            message.channel,
            name,
            data,
            intents=(Intent.GUILD_MESSAGE_REACTIONS, Intent.DIRECT_MESSAGE_REACTIONS),
        )

    def _emit_in(
        self,
        channel: Channel,
        name: str,
        data: JsonObject,
        is_ephemeral: bool = False,
        *,
        stripped: JsonObject | None = None,
        intents: tuple[Intent, Intent] = (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
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
