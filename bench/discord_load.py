"""A thousand questions from a hundred people, through a Discord that misbehaves.

    python -m bench.discord_load                 both phases, about five minutes
    python -m bench.discord_load --questions 200 --users 40

The bot runs as a process of its own with the real engine over the article, the loopback Discord
in this one. Phase one is a Discord in good order and measures times; in phase two connections
break, sessions get lost, requests fail, tokens die and the bot is restarted in the middle, and
every question must still be answered, or get its error line, exactly once.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.fakes.discord import Actor, Channel, Interaction, LoopbackDiscord, Message

ROOT = Path(__file__).resolve().parent.parent
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


@dataclass(eq=False)  # two questions are never the same one
class Asked:
    """One question and what became of it."""

    surface: str
    answers: int = 0
    kind: str = "nothing"
    first_s: float | None = None
    full_s: float | None = None


@dataclass
class Phase:
    name: str
    questions: list[Asked] = field(default_factory=list)
    clicks: int = 0
    clicks_answered: int = 0


class BotProcess:
    """The bot, started and stopped, and what it measured about itself."""

    def __init__(self, server: LoopbackDiscord, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._runs = 0
        self._process: asyncio.subprocess.Process | None = None
        self.exits: list[int] = []
        self.memory_mb: list[float] = []

    async def start(self) -> None:
        self._runs += 1
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.discord_load",
            "--bot",
            str(self._folder / f"probe-{self._runs}.json"),
            cwd=ROOT,
            env={
                **os.environ,
                **self._server.environment,
                "FOOTNOTE_INDEX_DIR": str(self._folder / "index"),
                "FOOTNOTE_LEDGER": str(self._folder / "ledger.sqlite3"),
            },
        )
        await self._server.until_ready(120)
        while not self._server.commands.syncs:  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    async def stop(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self.exits.append(await asyncio.wait_for(self._process.wait(), 60))

    async def kill(self) -> None:
        """Leave no bot behind when the bench fails."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def watch_memory(self) -> None:
        while True:
            if self._process is not None and self._process.returncode is None:
                try:
                    used = psutil.Process(self._process.pid).memory_info().rss
                except psutil.NoSuchProcess:
                    used = 0
                self.memory_mb.append(used / 2**20)
            await asyncio.sleep(1)

    def probes(self) -> list[dict[str, Any]]:
        paths = sorted(self._folder.glob("probe-*.json"))
        return [json.loads(path.read_text()) for path in paths]


class Crowd:
    """People with a channel each, who ask, wait, think, and ask again."""

    def __init__(self, server: LoopbackDiscord, users: int, rng: random.Random) -> None:
        self.server = server
        self.rng = rng
        guild = server.guild()
        self.channels = [guild.channel(f"room-{n}") for n in range(users)]
        self.people = [server.user(f"User{n}", guild) for n in range(users)]
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
        text = self.rng.choice(QUESTIONS)
        shown = next((m for m in reversed(room.bot_messages) if m.buttons), None)
        if surface == "follow-up" and shown is None:
            surface = "mention"
        asked = Asked(surface)
        phase.questions.append(asked)
        self.open_questions += 1
        try:
            if surface in {"mention", "direct"}:
                await self._by_message(asked, person, room, text)
            elif surface == "slash":
                await self._by_command(asked, person.slash(room, "ask", question=text), room)
            elif shown is not None:
                await self._by_button(phase, asked, person, shown, text)
        finally:
            self.open_questions -= 1
        if shown is not None and surface == "mention" and self.rng.random() < 0.4:
            await self._open_source(phase, person, shown)

    async def _by_message(self, asked: Asked, person: Actor, room: Channel, text: str) -> None:
        channel = person.dm if asked.surface == "direct" else room
        began = time.monotonic()
        if asked.surface == "direct":
            message = person.says(channel, text)
        else:
            message = person.mentions_bot(channel, text)
        await self._settle(asked, began, lambda: _by_nonce(channel, message.id))
        typed = [at for at in self._typing.get(channel.id, ()) if at >= began]
        if typed:
            asked.first_s = typed[0] - began

    async def _by_command(self, asked: Asked, interaction: Interaction, room: Channel) -> None:
        if self.rng.random() < self.token_deaths:
            self.server.faults.expire_token(interaction)
        began = time.monotonic()

        def look() -> list[Message]:
            return [m for m in interaction.messages if m.content] + _by_nonce(room, interaction.id)

        await self._settle(asked, began, look)
        asked.first_s = interaction.acknowledged_after_s

    async def _by_button(
        self, phase: Phase, asked: Asked, person: Actor, shown: Message, text: str
    ) -> None:
        clicked = person.clicks(shown, "Follow-up")
        try:
            await clicked.shown_modal(10)
        except TimeoutError:
            # Discord says "interaction failed"; nothing was asked, so nothing is owed.
            phase.questions.remove(asked)
            return
        # Discord does not deliver to a bot that is away: the person would be told at once.
        await self.online.wait()
        await self._by_command(asked, person.submits(clicked, text=text), shown.channel)

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

    async def _settle(self, asked: Asked, began: float, look: Callable[[], list[Message]]) -> None:
        """Wait for the answer, then a little for one too many."""
        while time.monotonic() - began < PATIENCE_S:
            if any(_is_final(m) for m in look()):
                asked.full_s = time.monotonic() - began
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(1.0)
        finals = [m for m in look() if not m.is_deleted]
        asked.answers = len(finals)
        if finals:
            asked.kind = _kind(finals[0])

    def _spy_on_typing(self) -> None:
        announce = self.server.world.typing

        def spy(channel: Channel, user: Any) -> None:
            self._typing.setdefault(channel.id, []).append(time.monotonic())
            announce(channel, user)

        self.server.world.typing = spy  # type: ignore[method-assign]

    #: Share of interactions whose token dies at once.
    token_deaths = 0.0


def _by_nonce(channel: Channel, number: int) -> list[Message]:
    return [m for m in channel.bot_messages if (m.nonce or "").startswith(f"{number}-")]


def _is_final(message: Message) -> bool:
    return "in the queue" not in message.content


def _kind(message: Message) -> str:
    text = message.content
    if "**Source" in text or "not in the document" in text or "I answer" in text:
        return "answered"
    return "error line" if text else "empty"


async def misbehave(server: LoopbackDiscord, crowd: Crowd, rng: random.Random) -> None:
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
    crowd.token_deaths = 0.02
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
            # Discord does not deliver what is written while there is no session, so nobody
            # writes; what was asked before must still be answered.
            crowd.online.clear()
            await asyncio.sleep(0.2)
            server.faults.invalid_session()
            await asyncio.sleep(1)
            await server.until_ready(60)
            crowd.online.set()


async def restart(bot: BotProcess, server: LoopbackDiscord, crowd: Crowd) -> None:
    """SIGTERM with questions at hand, and a new process on the same ledger."""
    while crowd.open_questions < 5:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    crowd.online.clear()
    await asyncio.sleep(0.2)
    await bot.stop()
    server.faults.forget_sessions()
    await bot.start()
    crowd.online.set()


async def run(questions: int, users: int, think_s: float, seed: int) -> bool:
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="footnote-load-") as folder:
        async with LoopbackDiscord() as server:
            server.rate_limits.set(SEND, 5, 5.0)
            crowd = Crowd(server, users, rng)
            bot = BotProcess(server, Path(folder))
            calm, rough = Phase("in good order"), Phase("misbehaving")
            memory = asyncio.create_task(bot.watch_memory())
            try:
                await bot.start()
                crowd.online.set()
                await crowd.run(calm, questions // 2, think_s)
                await bot.stop()
                await bot.start()
                await _rough(rough, bot, server, crowd, questions, think_s)
                await bot.stop()
            finally:
                memory.cancel()
                await bot.kill()
            server.faults.heal()
            closes = Counter(server.gateway.close_codes)
        return report(calm, rough, bot, closes)


async def _rough(
    phase: Phase,
    bot: BotProcess,
    server: LoopbackDiscord,
    crowd: Crowd,
    questions: int,
    think_s: float,
) -> None:
    trouble = asyncio.create_task(misbehave(server, crowd, crowd.rng))

    async def halfway() -> None:
        while len(phase.questions) < questions // 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await restart(bot, server, crowd)

    await asyncio.gather(crowd.run(phase, questions, think_s), halfway())
    trouble.cancel()
    await asyncio.gather(trouble, return_exceptions=True)


def report(calm: Phase, rough: Phase, bot: BotProcess, closes: Counter[int | None]) -> bool:
    good = True
    for phase in (calm, rough):
        good &= _report_phase(phase)
    probes = bot.probes()
    for number, probe in enumerate(probes, start=1):
        print(
            f"bot run {number}: loop lag p99 {_ms(probe['lag_s'], 99)}, worst "
            f"{1000 * max(probe['lag_s'], default=0):.0f} ms; engine p50 "
            f"{_ms(probe['engine_s'], 50)}, p99 {_ms(probe['engine_s'], 99)} over "
            f"{len(probe['engine_s'])} questions; memory {probe['rss_mb']:.0f} MB at the end"
        )
    memory = bot.memory_mb
    if memory:
        tenth = max(1, len(memory) // 10)
        print(f"memory over time, MB: {[round(m) for m in memory[::tenth]]}")
    print(f"exit codes {bot.exits}; closing codes at the gateway {dict(closes)}")
    return good and all(code == 0 for code in bot.exits)


def _report_phase(phase: Phase) -> bool:
    once = sum(1 for asked in phase.questions if asked.answers == 1)
    kinds = Counter(asked.kind for asked in phase.questions)
    print(f"\nDiscord {phase.name}: {len(phase.questions)} questions")
    print(f"  by surface: {dict(Counter(a.surface for a in phase.questions))}")
    print(f"  exactly once: {once}; none: {kinds['nothing']}; {dict(kinds)}")
    for asked in phase.questions:
        if asked.answers != 1:
            print(f"    {asked.surface}: {asked.answers} answers")
    first = [a.first_s for a in phase.questions if a.first_s is not None]
    full = [a.full_s for a in phase.questions if a.full_s is not None]
    print(f"  first response: p50 {_ms(first, 50)}, p99 {_ms(first, 99)} ({len(first)} seen)")
    print(f"  full answer: p50 {_ms(full, 50)}, p99 {_ms(full, 99)}")
    print(f"  sources opened: {phase.clicks_answered} of {phase.clicks} clicks")
    return once == len(phase.questions)


def _ms(values: Sequence[float], percent: int) -> str:
    if not values:
        return "-"
    ordered = sorted(values)
    return f"{1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]:.0f} ms"


# The bot's side ------------------------------------------------------------------------------


def run_bot(probe_path: Path) -> None:
    """``footnote discord`` with probes: how late the loop is, how long the engine takes."""
    from bot.discord_app.app import serve, use_discord_at
    from bot.discord_app.library_log import quiet_library
    from index import Engine, open_engine
    from index.settings import load_settings

    settings = load_settings()
    use_discord_at(settings)
    quiet_library()
    engine_s: list[float] = []
    lag_s: list[float] = []

    class Timed:
        def __init__(self, engine: Engine) -> None:
            self._engine = engine

        def __getattr__(self, name: str) -> Any:
            return getattr(self._engine, name)

        def ask(self, *args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return self._engine.ask(*args, **kwargs)
            finally:
                engine_s.append(time.perf_counter() - began)

    async def watched(main: Awaitable[None]) -> None:
        async def beat() -> None:
            while True:
                began = time.perf_counter()
                await asyncio.sleep(0.01)
                lag_s.append(time.perf_counter() - began - 0.01)

        beating = asyncio.create_task(beat())
        try:
            await main
        finally:
            beating.cancel()

    engine = open_engine(settings)
    assert settings.discord_token is not None
    token = settings.discord_token.get_secret_value()
    try:
        timed: Any = Timed(engine)
        asyncio.run(watched(serve(settings, timed, token, say=lambda _: None)))
    finally:
        engine.close()
        gc.collect()
        rss_mb = psutil.Process().memory_info().rss / 2**20
        probe_path.write_text(json.dumps({"lag_s": lag_s, "engine_s": engine_s, "rss_mb": rss_mb}))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--questions", type=int, default=1000, help="in the second phase")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--think", type=float, default=12.0, help="seconds between questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--bot", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.bot is not None:
        run_bot(given.bot)
        return 0
    return 0 if asyncio.run(run(given.questions, given.users, given.think, given.seed)) else 1


if __name__ == "__main__":
    sys.exit(main())
