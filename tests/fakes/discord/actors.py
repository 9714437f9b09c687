"""Users who act: what a test's people do in Discord's client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.commands import CHAT_INPUT, MESSAGE, USER, Commands
from tests.fakes.discord.components import Kind as ComponentKind
from tests.fakes.discord.interaction import Interaction, Kind
from tests.fakes.discord.interaction_events import interaction_event
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.invocations import Invocation
from tests.fakes.discord.mentions import addressed_by, pinged_by
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import Entry, Modal
from tests.fakes.discord.payload_types import ChannelKind, JsonObject, MessageKind, Upload
from tests.fakes.discord.people import User
from tests.fakes.discord.permissions import Permission
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.world import World


@dataclass(frozen=True, slots=True)
class Stage:
    """What actors act on."""

    world: World
    commands: Commands
    interactions: Interactions
    rules: Rules


class Actor(User):
    """A user. Every verb takes effect at once; the bot hears of it through the gateway.

    Verbs that start an interaction return it without waiting for the bot. What Discord's client
    would not let a user do raises LookupError, ValueError or PermissionError.
    """

    def __init__(
        self, stage: Stage, id: int, name: str, *, is_bot: bool = False, locale: str = "en-US"
    ) -> None:
        super().__init__(id, name, is_bot=is_bot, locale=locale)
        self._stage = stage

    @property
    def dm(self) -> Channel:
        """The private channel with the bot."""
        return self._stage.world.private_channel(self)

    # Messages ----------------------------------------------------------------------------

    def says(
        self,
        channel: Channel,
        content: str = "",
        *,
        replying_to: Message | None = None,
        ping: bool = True,
        files: Mapping[str, bytes] | None = None,
        kind: MessageKind | None = None,
        webhook: bool = False,
        embeds: list[JsonObject] | None = None,
    ) -> Message:
        """Posts a message. ``kind`` for system messages; ``webhook`` for one posted through one."""
        if not webhook:
            self._require_writing(channel)
        world = self._stage.world
        uploads = [Upload(name, data) for name, data in (files or {}).items()]
        usual = MessageKind.DEFAULT if replying_to is None else MessageKind.REPLY
        message = Message(
            world.ids.next(),
            channel,
            self,
            created_at=world.clock.stamp(),
            created_s=world.clock.now(),
            kind=usual if kind is None else kind,
            content=content,
            embeds=embeds or [],
            attachments=[world.store(channel, upload) for upload in uploads],
            reference=replying_to,
            webhook_id=self.id if webhook else None,
        )
        self._work_out_pings(message, ping=ping)
        world.post(message)
        return message

    def mentions_bot(self, channel: Channel, content: str) -> Message:
        return self.says(channel, f"{self._stage.world.bot.mention} {content}")

    def replies_to(self, message: Message, content: str, *, ping: bool = True) -> Message:
        return self.says(message.channel, content, replying_to=message, ping=ping)

    def posts(self, forum: Channel, title: str, content: str) -> Channel:
        """Opens a post in a forum, whose first message has the post's id."""
        world = self._stage.world
        thread = world.add_thread(forum, title, self)
        message = Message(
            thread.id,
            thread,
            self,
            created_at=world.clock.stamp(),
            created_s=world.clock.now(),
            content=content,
        )
        self._work_out_pings(message)
        world.post(message)
        return thread

    def starts_thread(self, message: Message, name: str) -> Channel:
        return self._stage.world.add_thread(message.channel, name, self, starter=message)

    def starts_private_thread(self, channel: Channel, name: str) -> Channel:
        kind = ChannelKind.PRIVATE_THREAD
        return self._stage.world.add_thread(channel, name, self, kind=kind)

    def edits(self, message: Message, content: str) -> None:
        self._own(message)
        message.revise()
        message.content = content
        message.edited_at = self._stage.world.clock.stamp()
        self._work_out_pings(message)
        self._stage.world.message_changed(message)

    def deletes(self, message: Message) -> None:
        """Own messages, or any with Manage Messages."""
        held = message.channel.permissions_of(self)
        if message.author is not self and Permission.MANAGE_MESSAGES not in held:
            raise PermissionError(f"{self} may not delete {message}")
        self._stage.world.delete_message(message)

    def deletes_in_bulk(self, channel: Channel, *messages: Message) -> None:
        """As a moderation bot does."""
        if Permission.MANAGE_MESSAGES not in channel.permissions_of(self):
            raise PermissionError(f"{self} may not delete messages in {channel}")
        self._stage.world.delete_messages(channel, messages)

    def reacts(self, message: Message, emoji: str) -> None:
        self._sees(message)
        self._stage.world.react(message, self, emoji)

    def unreacts(self, message: Message, emoji: str) -> None:
        self._stage.world.unreact(message, self, emoji)

    def types(self, channel: Channel) -> None:
        self._stage.world.typing(channel, self)

    # Interactions ------------------------------------------------------------------------

    def slash(
        self,
        channel: Channel,
        command: str,
        /,
        *,
        by_user_install: bool = False,
        **options: Any,
    ) -> Interaction:
        """``/command`` with its options; subcommands follow the name, as in ``"channel show"``."""
        data = self._invocation(channel, by_user_install).slash(command, options)
        return self._start(Kind.COMMAND, channel, data, by_user_install=by_user_install)

    def types_autocomplete(
        self, channel: Channel, command: str, option: str, value: str, /, **options: Any
    ) -> Interaction:
        """Types ``value`` into ``option``; the suggestions come to ``shown_choices``."""
        given = {**options, option: value}
        data = self._invocation(channel).slash(command, given, focused=option)
        return self._start(Kind.AUTOCOMPLETE, channel, data)

    def context_menu(
        self, name: str, target: Message | User, channel: Channel | None = None
    ) -> Interaction:
        """Apps > ``name`` on a message, or on a user in ``channel``."""
        if isinstance(target, Message):
            self._sees(target)
            channel = target.channel
        if channel is None:
            raise ValueError("a user's context menu is opened in a channel")
        kind = MESSAGE if isinstance(target, Message) else USER
        data = self._invocation(channel).context_menu(name, kind, target)
        return self._start(Kind.COMMAND, channel, data)

    def sends_stale_command(self, channel: Channel, name: str, **options: str) -> Interaction:
        """A slash command of an older version, which is no longer registered."""
        entries = [{"type": 3, "name": key, "value": text} for key, text in options.items()]
        data: JsonObject = {
            "id": str(self._stage.world.ids.next()),
            "name": name,
            "type": CHAT_INPUT,
            "options": entries,
        }
        return self._start(Kind.COMMAND, channel, data)

    def clicks(self, message: Message, label_or_custom_id: str) -> Interaction:
        """Presses a button, named by its label, emoji or custom_id."""
        self._sees(message)
        button = message.button(label_or_custom_id)
        if button.is_disabled or button.custom_id is None:
            raise ValueError(f"{label_or_custom_id!r} cannot be pressed")
        data: JsonObject = {
            "custom_id": button.custom_id,
            "component_type": int(ComponentKind.BUTTON),
        }
        return self._start(Kind.COMPONENT, message.channel, data, source=message)

    def clicks_stale(self, message: Message, custom_id: str) -> Interaction:
        """A button that an older version of the bot had put on ``message``."""
        data: JsonObject = {
            "custom_id": custom_id,
            "component_type": int(ComponentKind.BUTTON),
        }
        return self._start(Kind.COMPONENT, message.channel, data, source=message)

    def selects(self, message: Message, custom_id: str, *values: str) -> Interaction:
        """Chooses ``values`` in a select menu."""
        self._sees(message)
        found = [each for each in message.selects if each.custom_id == custom_id]
        if not found:
            raise LookupError(f"no select menu {custom_id!r} on {message}")
        offered = {option["value"] for option in found[0].options}
        if found[0].kind is ComponentKind.STRING_SELECT and not set(values) <= offered:
            raise ValueError(f"{custom_id!r} offers {sorted(offered)}")
        data: JsonObject = {
            "custom_id": custom_id,
            "component_type": int(found[0].kind),
            "values": list(values),
        }
        return self._start(Kind.COMPONENT, message.channel, data, source=message)

    def submits(self, interaction: Interaction, /, **entries: Entry) -> Interaction:
        """Sends the modal that ``interaction`` has shown. Fields by custom_id or by label.

        Labels that are no Python names: ``ann.submits(shown, **{"Your question": "Who?"})``.
        """
        modal: Modal | None = interaction.modal
        if modal is None:
            raise LookupError(f"{interaction} has shown no modal")
        data: JsonObject = {"custom_id": modal.custom_id, "components": modal.fill(entries)}
        return self._start(
            Kind.MODAL,
            interaction.channel,
            data,
            source=interaction.source,
            by_user_install=interaction.is_user_install_only,
        )

    def _start(
        self,
        kind: Kind,
        channel: Channel,
        data: JsonObject,
        *,
        source: Message | None = None,
        by_user_install: bool = False,
    ) -> Interaction:
        stage = self._stage
        interaction = stage.interactions.open(
            kind,
            self,
            channel,
            data,
            source=source,
            is_user_install_only=by_user_install or not _bot_is_in(channel),
        )
        stage.world.announce.emit(
            interaction_event(interaction, stage.interactions, stage.world, stage.rules)
        )
        return interaction

    def _invocation(self, channel: Channel, by_user_install: bool = False) -> Invocation:
        if Permission.VIEW_CHANNEL not in channel.permissions_of(self):
            raise PermissionError(f"{self} does not see {channel}")
        stage = self._stage
        by_user = by_user_install or not _bot_is_in(channel)
        return Invocation(stage.world, stage.commands, self, channel, by_user)

    # What Discord's client would not let happen ------------------------------------------

    def _require_writing(self, channel: Channel) -> None:
        held = channel.permissions_of(self)
        in_thread = channel.kind.is_thread
        needed = Permission.SEND_MESSAGES_IN_THREADS if in_thread else Permission.SEND_MESSAGES
        if needed not in held or channel.kind is ChannelKind.FORUM:
            raise PermissionError(f"{self} may not write in {channel}")

    def _sees(self, message: Message) -> None:
        if message.is_deleted:
            raise LookupError(f"{message} is deleted")
        if message.seen_only_by not in (None, self):
            raise PermissionError(f"{message} is seen by {message.seen_only_by} alone")
        if Permission.VIEW_CHANNEL not in message.channel.permissions_of(self):
            raise PermissionError(f"{self} does not see {message.channel}")

    def _own(self, message: Message) -> None:
        if message.author is not self:
            raise PermissionError(f"{message} is not by {self}")

    def _work_out_pings(self, message: Message, *, ping: bool = True) -> None:
        guild = message.channel.guild
        held = message.channel.permissions_of(self)
        roles = guild.roles.values() if guild else ()
        parts = ["everyone", "users", "roles"]
        message.pings = pinged_by(
            addressed_by(message.content),
            {"parse": parts, "replied_user": ping},
            replied_to=message.reference.author.id if message.reference else None,
            mentionable_roles=frozenset(role.id for role in roles if role.mentionable),
            may_mention_everyone=guild is not None and Permission.MENTION_EVERYONE in held,
        )


def _bot_is_in(channel: Channel) -> bool:
    return channel.guild.has_bot if channel.guild is not None else channel.has_bot
