"""The whole program as its own process, from ``footnote discord`` to a signal."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.discord import LoopbackDiscord, Rules

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.e2e


class Program:
    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process

    async def end(self) -> tuple[int, str]:
        """Exit code and what it wrote to standard error."""
        _, errors = await asyncio.wait_for(self.process.communicate(), 60)
        assert self.process.returncode is not None
        return self.process.returncode, errors.decode()


@asynccontextmanager
async def footnote(*arguments: str, **environment: str) -> AsyncIterator[Program]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.terminal.main",
        "discord",
        *arguments,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield Program(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_from_start_to_signal(number: signal.Signals) -> None:
    async with LoopbackDiscord() as server:
        guild = server.guild()
        channel = guild.channel("general")
        ann = server.user("Ann", guild)
        async with footnote(**server.environment) as program:
            await server.until_ready(60)
            asked = ann.mentions_bot(channel, "Who will Witkoff meet?")
            answer = await server.until_replied(asked, timeout_s=20)
            assert "**Emmanuel Macron**" in answer.text
            opened = await ann.clicks(answer, "Source 1").response()
            assert "French President Emmanuel Macron" in opened.text
            late = ann.mentions_bot(channel, "Who is Kirill Dmitriev?")
            await asyncio.sleep(0.05)
            program.process.send_signal(number)
            code, errors = await program.end()
        assert code == 0, errors
        assert "Traceback" not in errors and "Footnote is in Discord as footnote" in errors
        assert server.gateway.close_codes == [1000]
        assert len(late.replies) == 1  # an answer, or an apology


async def test_a_signal_while_the_documents_are_read(tmp_path: Path) -> None:
    environment = {
        "DISCORD_TOKEN": "a.b.c",
        "FOOTNOTE_INDEX_DIR": str(tmp_path / "index"),
        "FOOTNOTE_LEDGER": str(tmp_path / "ledger.sqlite3"),
    }
    async with footnote(**environment) as program:
        assert program.process.stderr is not None
        assert b"Reading the documents" in await program.process.stderr.readline()
        program.process.send_signal(signal.SIGTERM)
        code, errors = await program.end()
    assert (code, "Traceback" in errors) == (0, False)


async def test_a_killed_program_answers_nothing_twice_and_excuses_itself() -> None:
    async with LoopbackDiscord() as server:
        guild = server.guild()
        channel = guild.channel("general")
        ann = server.user("Ann", guild)
        async with footnote(**server.environment) as program:
            await server.until_ready(60)
            asked = ann.mentions_bot(channel, "Who will Witkoff meet?")
            answer = await server.until_replied(asked, timeout_s=20)
            program.process.kill()
            await program.end()
        server.faults.forget_sessions()
        async with footnote(**server.environment) as program:
            await server.until_ready(60)
            second = ann.mentions_bot(channel, "Who is Kirill Dmitriev?")
            await server.until_replied(second, timeout_s=20)
            opened = await ann.clicks(answer, "Source 1").response()
            assert "French President Emmanuel Macron" in opened.text
            program.process.send_signal(signal.SIGTERM)
            code, errors = await program.end()
        assert code == 0, errors
        assert len(asked.replies) == 1 and len(second.replies) == 1
        assert server.commands.syncs <= 2


async def test_the_invitation() -> None:
    async with LoopbackDiscord() as server:
        environment = server.environment
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.terminal.main",
            "discord",
            "--invite",
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0
        url = printed.decode().strip()
        assert url.startswith(f"https://discord.com/oauth2/authorize?client_id={server.bot.id}")
        assert "scope=bot+applications.commands" in url and "permissions=309237746688" in url


async def test_no_token() -> None:
    async with footnote() as program:
        code, errors = await program.end()
    assert code == 2
    assert "DISCORD_TOKEN" in errors and "docs/discord-setup.md" in errors
    assert "Traceback" not in errors


async def test_a_wrong_token() -> None:
    async with LoopbackDiscord() as server:
        async with footnote(**{**server.environment, "DISCORD_TOKEN": "not.the.token"}) as program:
            code, errors = await program.end()
        assert code == 2
        assert "does not accept the token" in errors and "Reset Token" in errors
        assert "Traceback" not in errors and "not.the.token" not in errors


async def test_a_refused_intent() -> None:
    async with LoopbackDiscord() as server:
        environment = {**server.environment, "FOOTNOTE_DISCORD_MESSAGE_CONTENT": "true"}
        async with footnote(**environment) as program:
            code, errors = await program.end()
        assert code == 2
        assert "refuses the Message Content intent" in errors
        assert "FOOTNOTE_DISCORD_MESSAGE_CONTENT" in errors and "Traceback" not in errors


async def test_an_unreachable_discord() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "DISCORD_TOKEN": "a.b.c",
        "FOOTNOTE_DISCORD_API": f"http://127.0.0.1:{port}/api/v10",
        "FOOTNOTE_DISCORD_GATEWAY": f"ws://127.0.0.1:{port}/gateway",
    }
    async with footnote(**environment) as program:
        code, errors = await program.end()
    assert code == 2
    assert f"cannot be reached at 127.0.0.1:{port}" in errors and "Traceback" not in errors


async def test_only_half_of_another_discord() -> None:
    environment = {"DISCORD_TOKEN": "a.b.c", "FOOTNOTE_DISCORD_API": "http://127.0.0.1:9/api"}
    async with footnote(**environment) as program:
        code, errors = await program.end()
    assert code == 2
    assert "FOOTNOTE_DISCORD_GATEWAY" in errors


async def test_a_discord_that_goes_away_for_a_while() -> None:
    async with LoopbackDiscord(Rules()) as server:
        guild = server.guild()
        channel = guild.channel("general")
        ann = server.user("Ann", guild)
        async with footnote(**server.environment) as program:
            await server.until_ready(60)
            server.faults.refuse_connections()
            server.faults.disconnect()
            await server.until_disconnected()
            await asyncio.sleep(1.0)
            server.faults.refuse_connections(False)
            await server.until_ready(60)
            await server.until_replied(ann.mentions_bot(channel, "Who is Barrot?"), timeout_s=20)
            program.process.send_signal(signal.SIGTERM)
            code, errors = await program.end()
        assert code == 0, errors
        assert "Traceback" not in errors


async def test_closing_codes_after_which_it_comes_back() -> None:
    async with LoopbackDiscord() as server:
        guild = server.guild()
        channel = guild.channel("general")
        ann = server.user("Ann", guild)
        async with footnote(FOOTNOTE_DISCORD_COOLDOWN_S="0", **server.environment) as program:
            await server.until_ready(60)
            for code in (1000, 1001, 4000, 4001, 4002, 4003, 4005, 4008, 4009):
                server.faults.disconnect(code)
                await server.until_disconnected()
                asked = ann.mentions_bot(channel, "Who is Barrot?")  # replayed by the resume
                await server.until_replied(asked, timeout_s=30)
                await server.until_ready(30)
            program.process.send_signal(signal.SIGTERM)
            code, errors = await program.end()
        assert (code, "Traceback" in errors) == (0, False)


async def test_an_event_that_breaks_the_connection_is_outlived() -> None:
    async with LoopbackDiscord() as server:
        guild = server.guild()
        channel = guild.channel("general")
        ann = server.user("Ann", guild)
        async with footnote(**server.environment) as program:
            await server.until_ready(60)
            server.faults.dispatch("RESUMED", [])  # type: ignore[arg-type] # no object
            await server.until_disconnected()
            await server.until_ready(60)
            await server.until_replied(ann.mentions_bot(channel, "Who is Barrot?"), timeout_s=20)
            program.process.send_signal(signal.SIGTERM)
            code, errors = await program.end()
        assert code == 0, errors
        assert "the connection broke; making a new one" in errors
