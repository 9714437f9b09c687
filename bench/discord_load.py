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
import json
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


def report(found: Figures) -> bool:
    """Print the figures; whether every question had exactly one answer and every exit was 0."""
    for phase in found["phases"]:
        print(f"\nDiscord {phase['name']}: {phase['questions']} questions")
        print(f"  by surface: {phase['by_surface']}")
        print(f"  exactly once: {phase['exactly_once']}; {phase['kinds']}")
        for wrong in phase["wrong"]:
            print(f"    {wrong}")
        print(f"  first response: {_line(phase['first_response_ms'])}")
        print(f"  full answer: {_line(phase['full_answer_ms'])}")
        opened, clicks = phase["sources_opened"]
        print(f"  sources opened: {opened} of {clicks}; forms missed: {phase['forms_missed']}")
    for number, run_ in enumerate(found["runs"], start=1):
        print(f"bot run {number}: loop lag {_line(run_['loop_lag_ms'])}")
        print(f"  engine {_line(run_['engine_ms'])}, {run_['engine_questions']} questions")
        print(f"  memory over time, MB: {run_['memory_mb']}")
    print(f"loop lag of the loopback Discord: {_line(found['discord_loop_lag_ms'])}")
    print(f"exit codes {found['exits']}; closing codes at the gateway {found['close_codes']}")
    once = all(phase["exactly_once"] == phase["questions"] for phase in found["phases"])
    return once and not any(found["exits"])


def _spread(values_s: Sequence[float]) -> Figures:
    """p50, p99 and worst in milliseconds."""
    if not values_s:
        return {"count": 0}
    ordered = sorted(values_s)

    def percentile(percent: int) -> float:
        return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)], 1)

    worst = round(1000 * ordered[-1], 1)
    return {"count": len(ordered), "p50": percentile(50), "p99": percentile(99), "worst": worst}


def _line(spread: Figures) -> str:
    if not spread["count"]:
        return "-"
    return (
        f"p50 {spread['p50']:.0f} ms, p99 {spread['p99']:.0f} ms, worst {spread['worst']:.0f} ms "
        f"({spread['count']} seen)"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--calm", type=int, default=300, help="questions in the first phase")
    parser.add_argument("--questions", type=int, default=1000, help="in the second phase")
    parser.add_argument("--users", type=int, default=100)
    parser.add_argument("--think", type=float, default=12.0, help="seconds between questions")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures here as well")
    given = parser.parse_args()
    found = asyncio.run(run(given.calm, given.questions, given.users, given.think, given.seed))
    if given.json is not None:
        given.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
