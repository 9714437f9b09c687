"""The slash commands for quick facts, over the real client and the loopback Discord."""

from __future__ import annotations

from typing import Any

import pytest

from index.facts.types import Topic
from tests.bot.discord_app.conftest import StartBot
from tests.fakes.discord import LoopbackDiscord

ASKED = [
    ("who", {"name": "witkof"}, "special envoy"),
    ("when", {"what": "april 9"}, "first major concession"),
    ("where", {"place": "Donetsk"}, "four contested regions"),
    ("figures", {"about": "Japan"}, "previous rates"),
    ("quotes", {"speaker": "Macron"}, "fragile"),
    ("timeline", {}, "March 27, 2025"),
    ("summary", {"length": "short"}, "Secetary"),
    ("fact", {"anything": "Dmitriev"}, "head of the Russian Direct Investment Fund"),
]


@pytest.mark.parametrize(("command", "options", "said"), ASKED, ids=[row[0] for row in ASKED])
async def test_quick_facts(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    command: str,
    options: dict[str, Any],
    said: str,
) -> None:
    guild = loopback_discord.guild()
    ann = loopback_discord.user("Ann", guild)
    async with start_bot():
        asked = ann.slash(guild.channel("general"), command, **options)
        answer = await loopback_discord.until_response(asked)
        assert said in answer.text and not answer.pings


async def test_suggestions_come_from_memory(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    guild = loopback_discord.guild()
    ann = loopback_discord.user("Ann", guild)
    async with start_bot():
        typed = ann.types_autocomplete(guild.channel("general"), "who", "name", "wikof")
        choices = await typed.shown_choices()
        assert choices[0]["value"] == "Steve Witkoff" and len(choices) <= 25


async def test_a_source_opens(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    guild = loopback_discord.guild()
    ann = loopback_discord.user("Ann", guild)
    async with start_bot():
        asked = ann.slash(guild.channel("general"), "who", name="Kellogg")
        answer = await loopback_discord.until_response(asked)
        assert "From the fact sheet" in answer.text and "%" not in answer.text
        clicked = ann.clicks(answer, "Source 1")
        assert "Keith Kellogg" in (await loopback_discord.until_response(clicked)).text


async def test_nothing_of_that_name(loopback_discord: LoopbackDiscord, start_bot: StartBot) -> None:
    guild = loopback_discord.guild()
    ann = loopback_discord.user("Ann", guild)
    async with start_bot():
        asked = ann.slash(guild.channel("general"), "who", name="Napoleon @everyone")
        answer = await loopback_discord.until_response(asked)
        assert "Nothing about" in answer.text and not answer.pings


def test_every_topic_is_a_command() -> None:
    assert {row[0] for row in ASKED} == {topic.value for topic in Topic}
