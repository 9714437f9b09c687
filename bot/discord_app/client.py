"""The bot itself: what Discord connects to the parts that do the work."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Coroutine
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.cooldown import Cooldown
from bot.discord_app import permissions
from bot.discord_app.command_tree import CommandTree
from bot.discord_app.desk import OLD_BUTTON, Desk, tell
from bot.discord_app.failures import new_reference
from bot.discord_app.guard import guard_parsers
from bot.discord_app.questions import Questions, excuse_unfinished
from bot.discord_app.sync import sync_commands
from bot.discord_app.translations import Translations
from bot.discord_app.views import DYNAMIC_ITEMS, button_of
from bot.ledger import ChannelSettings, Ledger, Store
from bot.service import AnswerService
from index.settings import Settings

log = logging.getLogger(__name__)

_PURGE_EVERY_S = 6 * 3600.0
#: Longest limit by Discord that a message waits for inside the library, which takes no less.
_PATIENCE_S = 30.0


def intents(settings: Settings) -> discord.Intents:
    """What the bot asks to be told. Mentions, direct messages, replies that ping and commands
    bring their text without the privileged Message Content intent."""
    return discord.Intents(
        guilds=True, messages=True, message_content=settings.discord_message_content
    )


class FootnoteBot(commands.Bot):
    """A connection to Discord. The service and the ledger are the caller's to open and close."""

    def __init__(
        self,
        settings: Settings,
        service: AnswerService,
        ledger: Ledger,
        *,
        guild_ready_timeout: float = 2.0,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=CommandTree,
            intents=intents(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
            max_ratelimit_timeout=_PATIENCE_S,
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            guild_ready_timeout=guild_ready_timeout,
        )
        self.settings = settings
        self.service = service
        self.ledger = ledger
        self.questions = Questions(service, ledger, Cooldown(settings.discord_cooldown_s))
        self.desk = Desk(self)
        #: Settings by channel id; the ledger keeps them.
        self.channels: dict[int | None, ChannelSettings] = {}
        self.started_at = ledger.now()
        #: Set for good when Discord has first let us in.
        self.welcomed = asyncio.Event()
        self._settled = asyncio.Event()
        self._chores: set[asyncio.Task[Any]] = set()
        guard_parsers(self)

    async def setup_hook(self) -> None:
        from bot.discord_app.cogs import COGS  # cogs are written against this class

        for settings in await self.ledger.read(Store.channels):
            self.channels[settings.channel_id] = settings
        await self.tree.set_translator(Translations())
        for cog in COGS:
            await self.add_cog(cog(self))
        self.add_dynamic_items(*DYNAMIC_ITEMS)
        self._start_chores()

    def _start_chores(self) -> None:
        """What needs no gateway, and what the gateway must not wait for."""
        place = f"{self.application_id}@{discord.http.Route.BASE}"
        tree = cast("app_commands.CommandTree[discord.Client]", self.tree)
        excuses = self._start(excuse_unfinished(self, self.ledger, self.started_at), "excuses")
        commands_ = self._start(sync_commands(tree, self.ledger, place=place), "commands")
        self._start(self._settle(excuses, commands_), "settling")
        self._start(self._purge_now_and_then(), "purge")

    async def on_connect(self) -> None:
        self.welcomed.set()

    async def on_ready(self) -> None:
        permissions.report(self.guilds)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        permissions.report([guild])

    async def on_message(self, message: discord.Message, /) -> None:
        """Replaces the library's text commands, of which there are none."""

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Forms, which discord.py forgets at a restart, and clicks that it drops in silence:
        those on buttons that nobody knows, or that are not on the message it was told of."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.desk.submit(interaction)
            return
        if interaction.type is not discord.InteractionType.component:
            return
        data: Any = interaction.data
        custom_id = str(data.get("custom_id", ""))
        button = button_of(custom_id)
        if button is None:
            await tell(interaction, OLD_BUTTON)
        elif not _shows(interaction.message, custom_id):
            await button.callback(interaction)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        # Called from within the library's handler of the exception.
        error = sys.exception()
        log.error("%s: the event %s failed", new_reference(), event_method, exc_info=error)

    async def wait_until_settled(self) -> None:
        """Until Discord knows our commands and earlier questions are excused."""
        await self.wait_until_ready()
        await self._settled.wait()

    async def stop_chores(self) -> None:
        for chore in self._chores:
            chore.cancel()
        await asyncio.gather(*self._chores, return_exceptions=True)

    def _start(self, chore: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[None]:
        task = asyncio.create_task(self._watched(chore, name), name=f"footnote-{name}")
        self._chores.add(task)
        return task

    async def _settle(self, *chores: asyncio.Task[None]) -> None:
        await asyncio.wait(chores)
        self._settled.set()

    async def _watched(self, chore: Coroutine[Any, Any, Any], name: str) -> None:
        try:
            await chore
        except Exception:
            log.exception("%s: the chore %r failed", new_reference(), name)

    async def _purge_now_and_then(self) -> None:
        while True:
            started = time.monotonic()
            deleted = await self.ledger.purge(self.settings.retention_days)
            if deleted:
                log.info("Deleted %d answers that were kept long enough", deleted)
            await asyncio.sleep(max(60.0, _PURGE_EVERY_S - (time.monotonic() - started)))


def _shows(message: discord.Message | None, custom_id: str) -> bool:
    """Whether ``message`` has a button ``custom_id``: then discord.py serves the click."""
    if message is None:
        return False
    rows = (row for row in message.components if isinstance(row, discord.ActionRow))
    return any(
        getattr(item, "custom_id", None) == custom_id for row in rows for item in row.children
    )
