"""The loopback Discord: one object that a test starts, furnishes, acts on and asks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from aiohttp import web

from tests.fakes.discord.actors import Actor, Stage
from tests.fakes.discord.backend import Backend
from tests.fakes.discord.channels import Channel
from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.faults import Faults
from tests.fakes.discord.findings import Findings
from tests.fakes.discord.gateway import Gateway
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.messages import Message
from tests.fakes.discord.payload_types import ChannelKind, Intent
from tests.fakes.discord.people import Role, User
from tests.fakes.discord.rate_limits import RateLimits
from tests.fakes.discord.rest import PREFIX, Rest
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.schema import discord_schema
from tests.fakes.discord.schema_later import PostponedSchema
from tests.fakes.discord.transcript import Transcript
from tests.fakes.discord.world import World

T = TypeVar("T")
#: How often ``until`` looks when nothing has happened on Discord.
TICK_S = 0.02
LARGEST_REQUEST = 32 * 1024 * 1024


class LoopbackDiscord:
    """REST and gateway on 127.0.0.1, on a port of the system's choosing.

    ``async with LoopbackDiscord() as discord`` starts it; leaving the block stops it and raises
    ProtocolBreach if a client called an unknown route or broke Discord's schema.

    ``check_later`` holds the traffic to the schema when the block is left, for measurements.

    Waiting helpers raise TimeoutError with the latest traffic in its message.
    """

    def __init__(
        self,
        rules: Rules | None = None,
        *,
        message_content: bool = False,
        check_later: bool = False,
    ) -> None:
        self.rules = rules or Rules()
        if message_content:
            self.rules.approved_intents |= Intent.MESSAGE_CONTENT
        self.clock = Clock()
        self.world = World(self.clock)
        self.transcript = Transcript()
        self.findings = Findings()
        self.rate_limits = RateLimits()
        self.interactions = Interactions(self.world, self.rules)
        self.commands = Commands(self.world.ids, self.world.application_id, self.rules)
        schema = self._schema = PostponedSchema() if check_later else discord_schema()
        self.gateway = Gateway(self.world, self.rules, self.transcript, self.findings, schema)
        self.world.announce.emit = self.gateway.emit
        self.faults = Faults(self.gateway, self.transcript)
        backend = Backend(
            self.rules,
            self.clock,
            self.world,
            self.interactions,
            self.commands,
            self.rate_limits,
            self.transcript,
            self.findings,
        )
        self.rest = Rest(backend, self.faults, schema)
        self._stage = Stage(self.world, self.commands, self.interactions, self.rules)
        self._runner: web.AppRunner | None = None
        self._port = 0

    # Starting and stopping ---------------------------------------------------------------

    async def __aenter__(self) -> LoopbackDiscord:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()
        if error is None:
            if isinstance(self._schema, PostponedSchema):
                for finding in self._schema.findings():
                    self.findings.add(finding)
            self.findings.raise_if_any(self.transcript.render())

    async def start(self) -> None:
        """Listens. After ``stop`` it comes back on the same port, with the world as it was."""
        app = web.Application(client_max_size=LARGEST_REQUEST)
        app.router.add_get("/gateway", self.gateway.serve)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_routes(self.rest.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.world.address = f"http://127.0.0.1:{self._port}"
        self.gateway.address = self.gateway_url

    async def stop(self) -> None:
        """Cuts every connection and stops listening."""
        if self._runner is not None:
            self.gateway.disconnect(None)
            await self._runner.cleanup()
            self._runner = None

    @property
    def token(self) -> str:
        return self.rules.token

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self._port}{PREFIX}"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self._port}/gateway"

    @property
    def environment(self) -> dict[str, str]:
        """What a bot in a process of its own needs to find this Discord."""
        return {
            "DISCORD_TOKEN": self.token,
            "FOOTNOTE_DISCORD_API": self.api_url,
            "FOOTNOTE_DISCORD_GATEWAY": self.gateway_url,
        }

    # The world ---------------------------------------------------------------------------

    @property
    def bot(self) -> User:
        return self.world.bot

    def guild(self, name: str = "Test server", *, with_bot: bool = True) -> Guild:
        """A server, which the bot is a member of unless told otherwise."""
        return self.world.add_guild(name, with_bot=with_bot)

    def user(
        self,
        name: str,
        *guilds: Guild,
        roles: tuple[Role, ...] = (),
        is_bot: bool = False,
        locale: str = "en-US",
    ) -> Actor:
        """Somebody who can act, a member of ``guilds``."""
        actor = Actor(self._stage, self.world.ids.next(), name, is_bot=is_bot, locale=locale)
        self.world.users[actor.id] = actor
        for guild in guilds:
            guild.join(actor, *roles)
        return actor

    def group_dm(self, *people: User) -> Channel:
        """A private group, to which no bot ever belongs: only user-installed commands work."""
        return self.world.private_channel(*people, kind=ChannelKind.GROUP_DM, has_bot=False)

    # Waiting -----------------------------------------------------------------------------

    async def until_ready(self, timeout_s: float = 10.0) -> None:
        """Until a client is connected and has been sent its servers."""
        await self._until(self.gateway, lambda: self.gateway.ready, timeout_s, "a ready client")

    async def until_disconnected(self, timeout_s: float = 10.0) -> None:
        await self._until(
            self.gateway, lambda: not self.gateway.ready, timeout_s, "the client's disconnection"
        )

    async def until(
        self, look: Callable[[], T | None], timeout_s: float = 5.0, what: str = "a condition"
    ) -> T:
        """Until ``look`` is truthy, which may ask about the bot as well as about Discord.

        Asked after every message, edit and deletion, and now and then for all else.
        """
        ticking = asyncio.create_task(self._tick())
        try:
            return await self._until(self.world, look, timeout_s, what)
        finally:
            ticking.cancel()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK_S)
            self.world.changed()

    async def until_posted(
        self,
        channel: Channel,
        count: int = 1,
        *,
        after: Message | None = None,
        timeout_s: float = 5.0,
    ) -> list[Message]:
        """Until the bot shows ``count`` messages in ``channel`` (``after`` a given one)."""

        def look() -> list[Message] | None:
            found = [m for m in channel.bot_messages if after is None or m.id > after.id]
            return found if len(found) >= count else None

        what = f"{count} messages of the bot in {channel}"
        return await self._until(channel, look, timeout_s, what)

    async def until_replied(
        self, message: Message, count: int = 1, *, timeout_s: float = 5.0
    ) -> Message:
        """Until the bot has replied to ``message``: its first reply that is still there."""

        def look() -> Message | None:
            shown = [m for m in message.replies if m.author is self.bot and not m.is_deleted]
            return shown[0] if len(shown) >= count else None

        return await self._until(message, look, timeout_s, f"{count} replies to {message}")

    async def until_response(self, interaction: Interaction, timeout_s: float = 5.0) -> Message:
        """As ``interaction.response()``, with the traffic in the error."""
        try:
            return await interaction.response(timeout_s)
        except TimeoutError as error:
            raise self._with_transcript(error) from None

    async def _until(
        self,
        watched: World | Gateway | Channel | Message,
        look: Callable[[], T | None],
        timeout_s: float,
        what: str,
    ) -> T:
        try:
            return await watched.until(look, timeout_s, what)
        except TimeoutError as error:
            raise self._with_transcript(error) from None

    def _with_transcript(self, error: TimeoutError) -> TimeoutError:
        return TimeoutError(f"{error}\n\nLatest traffic:\n{self.transcript.render(30)}")
