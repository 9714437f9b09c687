"""One interaction, as the test that started it sees it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import IntEnum

from tests.fakes.discord.channels import Channel
from tests.fakes.discord.messages import Message
from tests.fakes.discord.modals import Modal
from tests.fakes.discord.payload_types import JsonObject
from tests.fakes.discord.people import User
from tests.fakes.discord.waiting import Watchable


class Kind(IntEnum):
    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    MODAL = 5


class Callback(IntEnum):
    MESSAGE = 4
    DEFERRED_MESSAGE = 5
    DEFERRED_UPDATE = 6
    UPDATE = 7
    CHOICES = 8
    MODAL = 9


@dataclass(eq=False)
class Interaction(Watchable):
    """What ``actor.slash(...)`` and its like return.

    ``messages`` holds what the user has been shown, oldest first; ``modal`` and ``choices`` are
    None until the client has sent them. Times are seconds of real time since the event was sent.
    """

    id: int
    token: str
    kind: Kind
    user: User
    channel: Channel
    created_s: float
    data: JsonObject
    #: The message that a component sits on.
    source: Message | None = None
    #: How messages that come of this refer to it.
    metadata: JsonObject = field(default_factory=dict)
    is_user_install_only: bool = False
    callback: Callback | None = None
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    modal: Modal | None = None
    choices: list[JsonObject] | None = None
    is_updated: bool = False
    is_expired: bool = False
    started_s: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    acknowledged_after_s: float | None = None
    answered_after_s: float | None = None

    def __post_init__(self) -> None:
        super().__init__()

    def __repr__(self) -> str:
        return f"<Interaction {self.kind.name} by {self.user.name} {self.id}>"

    @property
    def is_acknowledged(self) -> bool:
        return self.callback is not None

    @property
    def is_ephemeral(self) -> bool:
        """Whether the first answer is seen by the user alone."""
        return self.original is not None and self.original.is_ephemeral

    @property
    def messages(self) -> list[Message]:
        own = [self.original] if self.original is not None else []
        return [m for m in (*own, *self.followups) if not m.is_loading and not m.is_deleted]

    @property
    def is_answered(self) -> bool:
        """Whether the user sees something: a message that is not loading, a modal, choices."""
        shown = self.messages or self.modal is not None or self.choices is not None
        return bool(shown) or self.is_updated

    async def acknowledged(self, timeout_s: float = 5.0) -> Callback:
        """The client's first response, whatever it is."""
        await self.until(lambda: self.is_acknowledged, timeout_s, f"a response to {self}")
        assert self.callback is not None
        return self.callback

    async def response(self, timeout_s: float = 5.0) -> Message:
        """The message that answers: the original, a deferred one once filled, or the updated one.

        A modal or choices are waited for with ``shown_modal`` and ``shown_choices``.
        """
        what = f"a message in answer to {self}"
        return await self.until(self._answering_message, timeout_s, what)

    def _answering_message(self) -> Message | None:
        if self.is_updated:
            return self.source
        return self.messages[0] if self.messages else None

    async def shown_modal(self, timeout_s: float = 5.0) -> Modal:
        return await self.until(lambda: self.modal, timeout_s, f"a modal in answer to {self}")

    async def shown_choices(self, timeout_s: float = 5.0) -> list[JsonObject]:
        """The autocomplete choices, each with ``name`` and ``value``."""
        found = await self.until(
            lambda: None if self.choices is None else (self.choices,), timeout_s, f"{self} choices"
        )
        return found[0]

    def answered(self) -> None:
        if self.is_answered and self.answered_after_s is None:
            self.answered_after_s = asyncio.get_running_loop().time() - self.started_s
        self.changed()
