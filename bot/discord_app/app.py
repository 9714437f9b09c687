"""``footnote discord``: from settings to a running bot, and to its orderly end."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket

from bot.discord_app.client import FootnoteBot
from bot.discord_app.failures import new_reference
from bot.discord_app.library_log import quiet_library
from bot.discord_app.permissions import invite_url
from bot.discord_app.refusals import PORTAL, explained
from bot.ledger import Ledger
from bot.service import AnswerEngine, AnswerService
from index import Progress, open_engine
from index.errors import FootnoteError, SettingsError
from index.settings import Settings

log = logging.getLogger(__name__)

#: Seconds that answers in flight get at shutdown.
GRACE_S = 10.0
#: Seconds for those who ask while the connection is being closed.
_LAST_WORDS_S = 3.0
#: Seconds within which Discord must let us in the first time.
WELCOME_S = 60.0
#: Seconds before another try after an event that broke the connection.
_PAUSE_S = 5.0

Say = Callable[[str], None]


def _to_stderr(line: str) -> None:
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def run(settings: Settings, *, say: Say = _to_stderr) -> int:
    """Run until SIGINT or SIGTERM; the exit code. 0 after an orderly end, 2 for a mistake in the
    configuration or when Discord refuses us or cannot be reached, with one message."""
    _end_quietly_on_sigterm()
    try:
        run_discord(settings, say=say)
    except FootnoteError as error:
        say(f"{error.what} {error.cure}")
        return 2
    return 0


def _end_quietly_on_sigterm() -> None:
    """While the documents are read there is nothing to finish: a build that is cut off leaves
    the one before. Once connected, :func:`serve` listens to signals itself."""
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def run_discord(settings: Settings, *, say: Say = _to_stderr, grace_s: float = GRACE_S) -> None:
    """Open the engine, connect, and serve until a signal. Raises FootnoteError subclasses."""
    token = _token(settings)
    use_discord_at(settings)
    quiet_library()
    engine = open_engine(settings, progress=_teller(say))
    try:
        asyncio.run(serve(settings, engine, token, say=say, grace_s=grace_s))
    finally:
        engine.close()


def _teller(say: Say) -> Callable[[Progress], None]:
    """Says each stage of a first build once; nothing when the index is fresh."""
    told = set[str]()

    def tell(progress: Progress) -> None:
        if progress.stage not in told:
            told.add(progress.stage)
            say(f"Reading the documents: {progress.stage}.")

    return tell


def invite(settings: Settings) -> str:
    """The link that adds the bot to a server. Asks Discord which application the token is of."""
    token = _token(settings)
    use_discord_at(settings)
    return invite_url(asyncio.run(_application_id(token)))


def use_discord_at(settings: Settings) -> None:
    """Point the library at another Discord, where the settings name one."""
    if (settings.discord_api is None) != (settings.discord_gateway is None):
        raise SettingsError(
            "Only one of FOOTNOTE_DISCORD_API and FOOTNOTE_DISCORD_GATEWAY is set.",
            cure="Set both for a local Discord, or neither for the real one.",
        )
    if settings.discord_api is None or settings.discord_gateway is None:
        return
    versioned = "/api/v" in urlsplit(settings.discord_api).path
    discord.http.Route.BASE = settings.discord_api + ("" if versioned else "/api/v10")
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)


async def serve(
    settings: Settings,
    engine: AnswerEngine,
    token: str,
    *,
    say: Say = _to_stderr,
    grace_s: float = GRACE_S,
) -> None:
    """Serve with ``engine`` until a signal arrives or Discord refuses us for good."""
    service = AnswerService(
        engine, queue_size=settings.discord_queue_size, timeout_s=settings.answer_timeout_s
    )
    ledger = Ledger(settings.ledger)
    await ledger.open()
    stopping = asyncio.Event()
    _on_signals(stopping)
    try:
        async with FootnoteBot(settings, service, ledger) as bot:
            connection = asyncio.create_task(_connect(bot, token), name="footnote-connection")
            greeting = asyncio.create_task(_greet(bot, say))
            await _until(connection, stopping)
            greeting.cancel()
            if not connection.done():
                say("Stopping; questions at hand are finished first.")
                await bot.questions.drain(grace_s)
            await bot.stop_chores()
            # The reader of the socket has to end before it is closed: only then is the closing
            # code 1000, by which Discord shows the bot as offline at once.
            connection.cancel()
            await asyncio.gather(connection, return_exceptions=True)
            await bot.questions.drain(_LAST_WORDS_S)  # what arrived in the last moment
        if not connection.cancelled() and (error := connection.exception()) is not None:
            raise error
    finally:
        service.close()
        await ledger.close()


async def _until(connection: asyncio.Task[None], stopping: asyncio.Event) -> None:
    signalled = asyncio.create_task(stopping.wait())
    await asyncio.wait([connection, signalled], return_when=asyncio.FIRST_COMPLETED)
    signalled.cancel()


def _on_signals(stopping: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, stopping.set)
        except (NotImplementedError, RuntimeError):  # Windows, or not the main thread
            log.debug("Signal %s is not handled here", number)


async def _greet(bot: FootnoteBot, say: Say) -> None:
    await bot.welcomed.wait()
    servers = len(bot.guilds)
    say(
        f"Footnote is in Discord as {bot.user}, in {servers} server{'s' * (servers != 1)}. "
        "Ctrl-C stops it."
    )


async def _connect(bot: FootnoteBot, token: str) -> None:
    """Log in and stay connected. Raises DiscordError when that cannot work."""
    try:
        await bot.login(token)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise explained(error) from error
    staying = asyncio.create_task(_stay_connected(bot))
    welcome = asyncio.create_task(bot.welcomed.wait())
    try:
        first, _ = await asyncio.wait(
            [staying, welcome], timeout=WELCOME_S, return_when=asyncio.FIRST_COMPLETED
        )
        if not first:
            raise explained(TimeoutError())
        await staying
    finally:
        welcome.cancel()
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)


async def _stay_connected(bot: FootnoteBot) -> None:
    """Reconnects for ever. Raises DiscordError when Discord does not want us any more."""
    while True:
        try:
            await bot.connect()
        except (discord.PrivilegedIntentsRequired, discord.ConnectionClosed) as error:
            raise explained(error) from error
        except Exception:
            log.exception("%s: the connection broke; making a new one", new_reference())
        # The library leaves a connection open that an exception has torn it from.
        left: DiscordWebSocket | None = bot.ws
        if left is not None and left.open:
            await left.close(code=4000)
        await asyncio.sleep(_PAUSE_S)


async def _application_id(token: str) -> int:
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(token)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise explained(error) from error
        assert client.application_id is not None  # set by login
        return client.application_id


def _token(settings: Settings) -> str:
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token else ""
    if not token:
        raise SettingsError(
            "There is no Discord token.",
            cure=f"Put DISCORD_TOKEN=... into .env; the token is at {PORTAL}, under Bot. "
            "docs/discord-setup.md shows every step.",
        )
    return token
