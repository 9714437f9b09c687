"""A thousand questions from a hundred people, through a Discord that misbehaves.

    python -m bench.discord_load                 both phases, about four minutes
    python -m bench.discord_load --calm 100 --questions 0

The bot runs as a process of its own with the real engine over the article, the loopback Discord
in this one. In phase one Discord is in good order and times are measured; in phase two
connections break, sessions get lost, requests fail, tokens die and the bot is restarted in the
middle, and every question must still be answered, or get its error line, exactly once.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.discord_crowd import SEND, Crowd, Phase, misbehave
from bench.discord_probe import BotProcess, beat
from bench.report import Report, Table, publish
from tests.fakes.discord import LoopbackDiscord

Figures = dict[str, Any]


@dataclass
class Run:
    """What a run has seen."""

    phases: list[Phase] = field(default_factory=list)
    #: How late the loop of this process was, which plays Discord and holds the watch.
    own_lag_s: list[float] = field(default_factory=list)
    close_codes: Counter[int | None] = field(default_factory=Counter)


async def run(calm: int, rough: int, users: int, think_s: float, seed: int) -> Figures:
    rng = random.Random(seed)
    seen = Run()
    with tempfile.TemporaryDirectory(prefix="footnote-load-") as folder:
        async with LoopbackDiscord(check_later=True) as server:
            server.rate_limits.set(SEND, 5, 5.0)
            crowd = Crowd(server, users, rng)
            bot = BotProcess(server, Path(folder))
            watching = [
                asyncio.create_task(bot.watch_memory()),
                asyncio.create_task(beat(seen.own_lag_s)),
            ]
            try:
                await bot.start()
                crowd.online.set()
                if calm:
                    seen.phases.append(phase := Phase("in good order"))
                    await crowd.run(phase, calm, think_s)
                if rough:
                    seen.phases.append(phase := Phase("misbehaving"))
                    await _rough(phase, bot, server, crowd, rough, think_s)
                await bot.stop()
            finally:
                for task in watching:
                    task.cancel()
                await bot.kill()
            server.faults.heal()
            seen.close_codes.update(server.gateway.close_codes)
        return figures(seen, bot)


async def _rough(
    phase: Phase,
    bot: BotProcess,
    server: LoopbackDiscord,
    crowd: Crowd,
    questions: int,
    think_s: float,
) -> None:
    trouble = asyncio.create_task(misbehave(server, crowd, phase, crowd.rng))

    async def halfway() -> None:
        while len(phase.questions) < questions // 2:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        await _restart(bot, server, crowd)

    await asyncio.gather(crowd.run(phase, questions, think_s), halfway())
    trouble.cancel()
    await asyncio.gather(trouble, return_exceptions=True)


async def _restart(bot: BotProcess, server: LoopbackDiscord, crowd: Crowd) -> None:
    """SIGTERM with questions at hand, and a new process on the same ledger."""
    while crowd.open_questions < 5:  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    crowd.online.clear()
    await asyncio.sleep(0.2)
    await bot.stop()
    server.faults.forget_sessions()
    await bot.start()
    crowd.online.set()


def figures(seen: Run, bot: BotProcess) -> Figures:
    return {
        "phases": [_phase_figures(phase) for phase in seen.phases],
        "runs": [
            {
                "loop_lag_ms": _spread(probe["lag_s"]),
                "engine_ms": _spread(probe["engine_s"]),
                "engine_questions": len(probe["engine_s"]),
                "memory_mb": [round(m) for m in memory[:: max(1, len(memory) // 8)]],
            }
            for probe, memory in zip(bot.probes(), bot.memory_mb, strict=True)
        ],
        "discord_loop_lag_ms": _spread(seen.own_lag_s),
        "exits": bot.exits,
        "close_codes": {str(code): count for code, count in seen.close_codes.items()},
    }


def _phase_figures(phase: Phase) -> Figures:
    # Counted at the very end, so that an answer that came twice, however late, is seen.
    wrong = [asked for asked in phase.questions if len(asked.finals) != 1]
    return {
        "name": phase.name,
        "questions": len(phase.questions),
        "by_surface": dict(Counter(asked.surface for asked in phase.questions)),
        "exactly_once": len(phase.questions) - len(wrong),
        "kinds": dict(Counter(asked.kind for asked in phase.questions)),
        "wrong": [
            {
                "surface": asked.surface,
                "text": asked.text,
                "messages": [f"{m.nonce}: {m.content[:80]}" for m in asked.look()],
            }
            for asked in wrong
        ],
        "first_response_ms": _spread([a.first_s for a in phase.questions if a.first_s]),
        "full_answer_ms": _spread([a.full_s for a in phase.questions if a.full_s]),
        "sources_opened": [phase.clicks_answered, phase.clicks],
        "forms_missed": phase.forms_missed,
    }


def is_good(found: Figures) -> bool:
    """Whether every question had exactly one answer and every exit was 0."""
    once = all(phase["exactly_once"] == phase["questions"] for phase in found["phases"])
    return once and not any(found["exits"])


def as_report(found: Figures, command: str) -> Report:
    phases = Table(
        "Questions",
        ("Discord", "questions", "answered exactly once", "of them with an error line", "surfaces"),
        tuple(
            (
                phase["name"],
                phase["questions"],
                phase["exactly_once"],
                phase["kinds"].get("error line", 0),
                ", ".join(f"{name} {count}" for name, count in phase["by_surface"].items()),
            )
            for phase in found["phases"]
        ),
        tuple(f"Not exactly once: {wrong}" for p in found["phases"] for wrong in p["wrong"]),
    )
    rows = [
        (f"{name}, Discord {phase['name']}", phase[key])
        for phase in found["phases"]
        for name, key in (
            ("event to first response", "first_response_ms"),
            ("event to full answer", "full_answer_ms"),
        )
    ]
    for number, run_ in enumerate(found["runs"], start=1):
        rows.append((f"engine, bot run {number}", run_["engine_ms"]))
        rows.append((f"loop lag, bot run {number}", run_["loop_lag_ms"]))
    rows.append(("loop lag of the loopback Discord itself", found["discord_loop_lag_ms"]))
    times = Table(
        "Times, in milliseconds",
        ("what", "count", "p50", "p99", "worst"),
        tuple((name, s["count"], s.get("p50"), s.get("p99"), s.get("worst")) for name, s in rows),
        (
            "A first response is typing, or the deferral of a command, as the loopback Discord "
            "receives it. The first run of the bot ends at the restart in the middle. Faults that "
            "the loopback injects into first responses are retried after a second; what it refuses "
            "for good has none and is answered in the channel.",
        ),
    )
    memory = Table(
        "Memory of the bot over time, in MB",
        ("run", "from start to end"),
        tuple(
            (f"bot run {number}", ", ".join(map(str, run_["memory_mb"])))
            for number, run_ in enumerate(found["runs"], start=1)
        ),
    )
    about: dict[str, str | int | float | None] = {
        "exit codes": str(found["exits"]),
        "closing codes at the gateway": str(found["close_codes"]),
    }
    return Report(command, (phases, times, memory), about)


def _spread(values_s: Sequence[float]) -> Figures:
    """p50, p99 and worst in milliseconds."""
    if not values_s:
        return {"count": 0}
    ordered = sorted(values_s)

    def percentile(percent: int) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)

    worst = round(1000 * ordered[-1], 1)
    return {"count": len(ordered), "p50": percentile(50), "p99": percentile(99), "worst": worst}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--calm", type=int, default=300, help="questions in the first phase")
    parser.add_argument("--questions", type=int, default=1000, help="in the second phase")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--think", type=float, default=12.0, help="seconds between questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    given = parser.parse_args()
    found = asyncio.run(run(given.calm, given.questions, given.users, given.think, given.seed))
    command = (
        f"python -m bench.discord_load --calm {given.calm} --questions {given.questions} "
        f"--users {given.users} --think {given.think:g} --seed {given.seed}"
    )
    publish(as_report(found, command), given.json)
    return 0 if is_good(found) else 1


if __name__ == "__main__":
    sys.exit(main())
