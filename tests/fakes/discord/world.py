"""Everything that exists on the loopback Discord, and the events that its changes cause."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from tests.fakes.discord import payloads
from tests.fakes.discord.announcements import Announcer
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.messages import Attachment, Message
from tests.fakes.discord.payload_types import ChannelKind, Intent, MessageKind, Upload
from tests.fakes.discord.people import Member, Role, User
from tests.fakes.discord.permissions import EVERYONE
from tests.fakes.discord.snowflakes import Snowflakes
from tests.fakes.discord.waiting import Watchable

#: What a bot is invited with unless a test says otherwise.
BOT_PERMISSIONS = EVERYONE


class World(Watchable):
    """The registry. Every change goes through a method here, which announces it.

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
        self.announce = Announcer()

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
            self.announce.bot_joined(guild)
        return guild

    def role_created(self, guild: Guild, role: Role) -> None:
        self.announce.guild(
            guild, "GUILD_ROLE_CREATE", {"role": payloads.role_json(role)}, Intent.GUILDS
        )

    def role_updated(self, guild: Guild, role: Role) -> None:
        self.announce.guild(
            guild, "GUILD_ROLE_UPDATE", {"role": payloads.role_json(role)}, Intent.GUILDS
        )

    def member_joined(self, guild: Guild, member: Member) -> None:
        self.announce.guild(
            guild, "GUILD_MEMBER_ADD", payloads.member_json(member), Intent.GUILD_MEMBERS
        )

    def member_updated(self, guild: Guild, member: Member) -> None:
        # The bot hears of its own changes whatever its intents are.
        intents = Intent(0) if member.user is self.bot else Intent.GUILD_MEMBERS
        self.announce.guild(guild, "GUILD_MEMBER_UPDATE", payloads.member_json(member), intents)

    def member_left(self, guild: Guild, member: Member) -> None:
        if member.user is self.bot:
            self.announce.bot_left(guild)
        else:
            data = {"user": payloads.user_json(member.user)}
            self.announce.guild(guild, "GUILD_MEMBER_REMOVE", data, Intent.GUILD_MEMBERS)

    # Channels ----------------------------------------------------------------------------

    def add_channel(
        self, guild: Guild, name: str, kind: ChannelKind, *, topic: str | None = None
    ) -> Channel:
        position = len(guild.channels)
        channel = Channel(self.ids.next(), kind, name, self, guild, topic=topic, position=position)
        self.channels[channel.id] = guild.channels[channel.id] = channel
        self.announce.channel(channel, "CHANNEL_CREATE")
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
        self.announce.channel(thread, "THREAD_CREATE", {"newly_created": True})
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
        self.announce.channel(
            channel, "THREAD_UPDATE" if channel.kind.is_thread else "CHANNEL_UPDATE"
        )

    def delete_channel(self, channel: Channel) -> None:
        for thread in channel.threads:
            self.delete_channel(thread)
        del self.channels[channel.id]
        if channel.guild is not None:
            del channel.guild.channels[channel.id]
        for message in channel.messages.values():
            message.is_deleted = True
        self.announce.channel(
            channel, "THREAD_DELETE" if channel.kind.is_thread else "CHANNEL_DELETE"
        )

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
        self.announce.message("MESSAGE_CREATE", message)

    def message_changed(self, message: Message) -> None:
        self._wake(message)
        self.announce.message("MESSAGE_UPDATE", message)

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
        self._take_away(message)
        self.announce.message_deleted(message)

    def delete_messages(self, channel: Channel, messages: Sequence[Message]) -> None:
        """In bulk, of which Discord tells in one event."""
        for message in messages:
            self._take_away(message)
        self.announce.messages_deleted(channel, messages)

    def _take_away(self, message: Message) -> None:
        message.is_deleted = True
        message.channel.messages.pop(message.id, None)
        self._wake(message)

    def react(self, message: Message, user: User, emoji: str) -> None:
        users = message.reactions.setdefault(emoji, [])
        if user not in users:
            users.append(user)
            self._wake(message)
            self.announce.reaction("MESSAGE_REACTION_ADD", message, user, emoji)

    def unreact(self, message: Message, user: User, emoji: str) -> None:
        users = message.reactions.get(emoji, [])
        if user in users:
            users.remove(user)
            if not users:
                del message.reactions[emoji]
            self._wake(message)
            self.announce.reaction("MESSAGE_REACTION_REMOVE", message, user, emoji)

    def typing(self, channel: Channel, user: User) -> None:
        self.announce.typing(channel, user, int(self.clock.now()))

    def _wake(self, message: Message) -> None:
        message.changed()
        if message.reference is not None:
            message.reference.changed()
        message.channel.changed()
        self.changed()
