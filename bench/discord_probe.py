"""The bot as a process of its own, which measures itself: how late its event loop is, how long
the engine takes, how much memory it has."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import psutil

from tests.fakes.discord import LoopbackDiscord

ROOT = Path(__file__).resolve().parent.parent
_BEAT_S = 0.01


class BotProcess:
    """The bot, started and stopped, and what it measured about itself."""

    def __init__(self, server: LoopbackDiscord, folder: Path) -> None:
        self._server = server
        self._folder = folder
        self._runs = 0
        self._process: asyncio.subprocess.Process | None = None
        self.exits: list[int] = []
        self.memory_mb: list[list[float]] = []

    async def start(self) -> None:
        self._runs += 1
        self.memory_mb.append([])
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bench.discord_probe",
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
                self.memory_mb[-1].append(used / 2**20)
            await asyncio.sleep(1)

    def probes(self) -> list[dict[str, Any]]:
        paths = sorted(self._folder.glob("probe-*.json"))
        return [json.loads(path.read_text()) for path in paths]


async def beat(lag_s: list[float]) -> None:
    """Write down how late this event loop is, until cancelled."""
    while True:
        began = time.perf_counter()
        await asyncio.sleep(_BEAT_S)
        lag_s.append(time.perf_counter() - began - _BEAT_S)


def run_bot(probe_path: Path) -> None:
    """``footnote discord`` with probes."""
    from bot.discord_app import app
    from index import Engine
    from index.settings import load_settings

    settings = load_settings()
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

    opened, served = vars(app)["open_engine"], app.serve

    def timed(*args: Any, **kwargs: Any) -> Any:
        return Timed(opened(*args, **kwargs))

    async def watched(*args: Any, **kwargs: Any) -> None:
        beating = asyncio.create_task(beat(lag_s))
        try:
            await served(*args, **kwargs)
        finally:
            beating.cancel()

    vars(app).update(open_engine=timed, serve=watched)
    app.run_discord(settings, say=lambda _: None)
    gc.collect()
    rss_mb = psutil.Process().memory_info().rss / 2**20
    probe_path.write_text(json.dumps({"lag_s": lag_s, "engine_s": engine_s, "rss_mb": rss_mb}))


if __name__ == "__main__":
    run_bot(Path(sys.argv[1]))
