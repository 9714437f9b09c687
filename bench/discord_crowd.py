"""A crowd in the loopback Discord, and a Discord that misbehaves around it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.discord import Actor, Channel, Interaction, LoopbackDiscord, Message

SEND = "POST /channels/{channel_id}/messages"
RESPOND = "POST /interactions/{interaction_id}/{interaction_token}/callback"
EDIT = "PATCH /webhooks/{webhook_id}/{webhook_token}/messages/@original"
QUESTIONS = (
    "Who will Witkoff meet?",
    "Who is Kirill Dmitriev?",
    "How long were the tariffs paused?",
    "Which regions does Russia claim?",
    "Who opposed the plan?",
    "What is the capital of Peru?",
    "When did the suspension begin?",
    "Who attended an artificial intelligence summit?",
    "what did macron call the break",
    "hello",
)
#: Nobody waits longer for anything than this.
PATIENCE_S = 90.0
_LOOK_EVERY_S = 0.02


@dataclass(eq=False)  # two questions are never the same one
class Asked:
    """One question and what became of it. ``look`` finds what was said in answer to it."""

    surface: str
    text: str
    look: Callable[[], list[Message]] = list
    first_s: float | None = None
    full_s: float | None = None

    @property
    def finals(self) -> list[Message]:
        """What there is to read now, notices that stand in for an answer left out."""
        return [m for m in self.look() if not m.is_deleted and _is_final(m)]

    @property
    def kind(self) -> str:
        finals = self.finals
        return _kind(finals[0]) if finals else "nothing"


@dataclass
class Phase:
    name: str
    questions: list[Asked] = field(default_factory=list)
    clicks: int = 0
    clicks_answered: int = 0
    #: Follow-up buttons whose form did not come: Discord says so, and nothing was asked.
    forms_missed: int = 0
    #: Share of interactions whose token dies at once.
    token_deaths: float = 0.0


class Crowd:
    """People with a channel each, who ask, wait, think, and ask again."""

    def __init__(self, server: LoopbackDiscord, users: int, rng: random.Random) -> None:
        self.server = server
        self.rng = rng
        guild = server.guild()
        self.channels = [guild.channel(f"room-{n}") for n in range(users)]
        self.people = [server.user(f"User{n}", guild) for n in range(users)]
        #: Discord delivers nothing to a bot without a session, so nobody asks meanwhile.
        self.online = asyncio.Event()
        self.open_questions = 0
        self._typing: dict[int, list[float]] = {}
        self._spy_on_typing()

    async def run(self, phase: Phase, questions: int, think_s: float) -> None:
        left = [questions]

        async def live(person: Actor, room: Channel) -> None:
            await asyncio.sleep(self.rng.uniform(0, think_s))
            while left[0] > 0:
                left[0] -= 1
                await self.online.wait()
                await self._ask_something(phase, person, room)
                await asyncio.sleep(self.rng.uniform(0.2, 2) * think_s)

        await asyncio.gather(*map(live, self.people, self.channels))

    async def _ask_something(self, phase: Phase, person: Actor, room: Channel) -> None:
        surface = self.rng.choices(
            ("mention", "direct", "slash", "follow-up"), weights=(40, 20, 25, 15)
        )[0]
        shown = next((m for m in reversed(room.bot_messages) if m.buttons), None)
        if surface == "follow-up" and shown is None:
            surface = "mention"
        asked = Asked(surface, self.rng.choice(QUESTIONS))
        self.open_questions += 1
        try:
            if surface in {"mention", "direct"}:
                await self._by_message(phase, asked, person, room)
            elif surface == "slash":
                interaction = person.slash(room, "ask", question=asked.text)
                await self._by_interaction(phase, asked, interaction, room)
            elif shown is not None:
                await self._by_button(phase, asked, person, shown)
        finally:
            self.open_questions -= 1
        if shown is not None and surface == "mention" and self.rng.random() < 0.4:
            await self._open_source(phase, person, shown)

    async def _by_message(self, phase: Phase, asked: Asked, person: Actor, room: Channel) -> None:
        channel = person.dm if asked.surface == "direct" else room
        phase.questions.append(asked)
        began = time.monotonic()
        if asked.surface == "direct":
            message = person.says(channel, asked.text)
        else:
            message = person.mentions_bot(channel, asked.text)
        asked.look = lambda: _by_nonce(channel, message.id)
        await self._settle(asked, began)
        typed = [at for at in self._typing.get(channel.id, ()) if at >= began]
        if typed:
            asked.first_s = typed[0] - began

    async def _by_interaction(
        self, phase: Phase, asked: Asked, interaction: Interaction, room: Channel
    ) -> None:
        phase.questions.append(asked)
        if self.rng.random() < phase.token_deaths:
            self.server.faults.expire_token(interaction)
        began = time.monotonic()
        asked.look = lambda: [
            *(m for m in interaction.messages if m.content),
            *_by_nonce(room, interaction.id),
        ]
        await self._settle(asked, began)
        asked.first_s = interaction.acknowledged_after_s

    async def _by_button(self, phase: Phase, asked: Asked, person: Actor, shown: Message) -> None:
        clicked = person.clicks(shown, "Follow-up")
        try:
            await clicked.shown_modal(10)
        except TimeoutError:
            phase.forms_missed += 1
            return
        await self.online.wait()
        submitted = person.submits(clicked, text=asked.text)
        await self._by_interaction(phase, asked, submitted, shown.channel)

    async def _open_source(self, phase: Phase, person: Actor, shown: Message) -> None:
        label = next((b.label for b in shown.buttons if b.label and b.label[-1].isdigit()), None)
        if label is None:
            return
        phase.clicks += 1
        try:
            await person.clicks(shown, label).response(10)
        except TimeoutError:
            return
        phase.clicks_answered += 1

    async def _settle(self, asked: Asked, began: float) -> None:
        while time.monotonic() - began < PATIENCE_S:
            if asked.finals:
                asked.full_s = time.monotonic() - began
                return
            await asyncio.sleep(_LOOK_EVERY_S)

    def _spy_on_typing(self) -> None:
        announce = self.server.world.typing

        def spy(channel: Channel, user: Any) -> None:
            self._typing.setdefault(channel.id, []).append(time.monotonic())
            announce(channel, user)

        self.server.world.typing = spy  # type: ignore[method-assign]


def _by_nonce(channel: Channel, number: int) -> list[Message]:
    return [m for m in channel.bot_messages if (m.nonce or "").startswith(f"{number}-")]


def _is_final(message: Message) -> bool:
    return "in the queue" not in message.content


def _kind(message: Message) -> str:
    text = message.content
    if "**Source" in text or "not in the document" in text or "I answer" in text:
        return "answered"
    return "error line" if text else "empty"


async def misbehave(
    server: LoopbackDiscord, crowd: Crowd, phase: Phase, rng: random.Random
) -> None:
    """Break things until cancelled."""
    server.faults.fail(SEND, 500, times=None, probability=0.02)
    server.faults.fail(SEND, 503, times=None, probability=0.01)
    server.faults.fail(EDIT, 500, times=None, probability=0.02)
    server.faults.fail(RESPOND, 500, times=None, probability=0.01)
    server.faults.fail(RESPOND, 404, times=None, code=10062, probability=0.01)
    server.faults.rate_limit(SEND, 0.3, times=None, probability=0.02)
    server.faults.rate_limit(SEND, 0.3, times=None, via=False, probability=0.005)
    server.faults.drop(SEND, times=None, after=True, probability=0.01)
    server.faults.drop(EDIT, times=None, probability=0.01)
    phase.token_deaths = 0.02
    while True:
        await asyncio.sleep(rng.uniform(2, 8))
        if not crowd.online.is_set():
            continue
        what = rng.choice(("cut", "cut", "4000", "reconnect", "lost"))
        if what == "cut":
            server.faults.disconnect()
        elif what == "4000":
            server.faults.disconnect(4000)
        elif what == "reconnect":
            server.faults.reconnect()
        else:
            # What was asked before the session was lost must still be answered.
            crowd.online.clear()
            await asyncio.sleep(0.2)
            server.faults.invalid_session()
            await asyncio.sleep(1)
            await server.until_ready(60)
            crowd.online.set()
