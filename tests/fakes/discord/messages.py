"""Messages as the loopback Discord keeps them, with what tests ask of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.fakes.discord import components
from tests.fakes.discord.components import Button, Select
from tests.fakes.discord.mentions import NOBODY, Mentions, addressed_by
from tests.fakes.discord.payload_types import NO_FLAGS, JsonObject, MessageFlag, MessageKind
from tests.fakes.discord.people import User
from tests.fakes.discord.waiting import Watchable

if TYPE_CHECKING:
    from tests.fakes.discord.channels import Channel


@dataclass(eq=False)
class Attachment:
    id: int
    filename: str
    content: bytes
    content_type: str
    url: str
    description: str | None = None
    is_ephemeral: bool = False

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass(frozen=True, slots=True)
class Revision:
    """What a message showed before an edit."""

    content: str
    embeds: list[JsonObject]
    components: list[JsonObject]


@dataclass(eq=False)
class Message(Watchable):
    """``pings`` is everyone whom the message really notified, over all its versions."""

    id: int
    channel: Channel
    author: User
    created_at: str
    #: Unix seconds of the server's clock.
    created_s: float
    kind: MessageKind = MessageKind.DEFAULT
    content: str = ""
    embeds: list[JsonObject] = field(default_factory=list)
    components: list[JsonObject] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: MessageFlag = NO_FLAGS
    reference: Message | None = None
    #: Who alone sees an ephemeral message.
    seen_only_by: User | None = None
    edited_at: str | None = None
    revisions: list[Revision] = field(default_factory=list)
    pings: Mentions = NOBODY
    reactions: dict[str, list[User]] = field(default_factory=dict)
    replies: list[Message] = field(default_factory=list)
    thread: Channel | None = None
    webhook_id: int | None = None
    application_id: int | None = None
    interaction: JsonObject | None = None
    nonce: str | None = None
    is_deleted: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def __repr__(self) -> str:
        return f"<Message {self.id} by {self.author.name}: {self.text[:60]!r}>"

    @property
    def is_ephemeral(self) -> bool:
        return MessageFlag.EPHEMERAL in self.flags

    @property
    def is_loading(self) -> bool:
        return MessageFlag.LOADING in self.flags

    @property
    def text(self) -> str:
        """Everything a reader sees, in order: content, text displays, embeds."""
        return "\n".join(part for part in self._texts() if part)

    def _texts(self) -> Iterator[str]:
        yield self.content
        yield from components.text_displays(self.components)
        for embed in self.embeds:
            yield (embed.get("author") or {}).get("name", "")
            yield embed.get("title", "")
            yield embed.get("description", "")
            for each in embed.get("fields", ()):
                yield each["name"]
                yield each["value"]
            yield (embed.get("footer") or {}).get("text", "")

    @property
    def addressed(self) -> Mentions:
        """Whom the content would ping if nothing held it back. Embeds never ping."""
        shown = [self.content, *components.text_displays(self.components)]
        return addressed_by("\n".join(shown))

    @property
    def buttons(self) -> list[Button]:
        return components.buttons(self.components)

    @property
    def selects(self) -> list[Select]:
        return components.selects(self.components)

    def button(self, label_or_custom_id: str) -> Button:
        """The one button with this label, emoji or custom_id; LookupError otherwise."""
        found = [each for each in self.buttons if label_or_custom_id in each.names]
        if len(found) != 1:
            there = ", ".join(repr(each.label or each.emoji) for each in self.buttons) or "none"
            raise LookupError(
                f"{len(found)} buttons match {label_or_custom_id!r}; on the message: {there}"
            )
        return found[0]

    def revise(self) -> None:
        """Keeps what is shown now, before an edit changes it."""
        self.revisions.append(Revision(self.content, self.embeds, self.components))
