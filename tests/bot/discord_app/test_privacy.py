"""What is kept of people, what they are told about it, and what they can have deleted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.discord_app.model_place import asked_elsewhere
from index.settings import Settings
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine
from tests.fakes.discord import LoopbackDiscord

HERE = "answered on the machine I run on"


@pytest.mark.parametrize(
    ("model", "base_url", "told"),
    [
        (None, None, None),
        ("openai:gpt-x", None, "OpenAI"),
        ("Anthropic:x", None, "Anthropic"),
        ("google:x", "http://127.0.0.1:9/v1", None),
        ("openai:x", "https://proxy.example/v1", "proxy.example"),
        ("ollama:llama3.2", None, None),
        ("ollama:llama3.2", "http://[::1]:11434", None),
        ("ollama:llama3.2", "http://10.0.0.7:11434", "10.0.0.7"),
        ("openai-like:x", "http://localhost:8080/v1", None),
    ],
)
def test_who_is_sent_the_questions(
    model: str | None, base_url: str | None, told: str | None
) -> None:
    assert asked_elsewhere(Settings(llm=model, llm_base_url=base_url)) == told


async def test_privacy_names_whoever_is_sent_the_questions(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    ann = server.user("Ann", server.guild())
    async with start_bot(ScriptedEngine()):
        told = await server.until_response(ann.slash(ann.dm, "privacy"))
        assert HERE in told.text
    async with start_bot(ScriptedEngine(), llm="openai:gpt-x"):
        told = await server.until_response(ann.slash(ann.dm, "privacy"))
        assert HERE not in told.text and "a language model at OpenAI" in told.text


async def test_after_forget_me_delete_says_what_is_true_and_nothing_of_the_question_is_kept(
    loopback_discord: LoopbackDiscord, start_bot: StartBot, tmp_path: Path
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(ScriptedEngine()) as running:
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        await running.until_idle()
        await server.until_response(ann.slash(channel, "forget-me"))
        told = await server.until_response(ann.clicks(answer, "Delete"))
        assert "do not keep that answer" in told.text and "Moderators can" in told.text
    database = sqlite3.connect(tmp_path / "ledger.sqlite3")
    rows = database.execute("SELECT channel_id, token, digest, user FROM claims").fetchall()
    database.close()
    assert rows == [(None, None, "", "")]
