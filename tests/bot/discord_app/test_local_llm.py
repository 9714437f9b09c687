"""The whole way: a real local model streams, the engine proves, the answer grows in Discord."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from index import Engine, open_engine
from index.answer.proof import faults
from index.settings import Settings
from index.types import Status
from tests.bot.discord_app.conftest import StartBot
from tests.fakes.discord import LoopbackDiscord
from tests.fakes.llm.fixtures import *  # noqa: F403

pytestmark = pytest.mark.e2e
QUESTIONS = (
    "What did Trump announce on April 9?",
    "Why did analysts say the damage was done?",
)


@pytest.fixture(scope="module")
def written(local_llm: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The engine over the article; the model sees two passages, for it reads slowly."""
    settings = Settings(
        index_dir=tmp_path_factory.mktemp("local") / "index",
        llm="openai-like:smollm2",
        llm_base_url=local_llm,
        llm_timeout_s=300,
        llm_max_tokens=120,
        top_k=2,
    )
    engine = open_engine(settings)
    yield engine
    engine.close()


@pytest.mark.parametrize("question", QUESTIONS)
def test_whatever_a_small_model_writes_only_what_is_proven_is_shown(
    written: Engine, question: str
) -> None:
    answer = written.ask(question)
    assert faults(answer, {d.id: d for d in written.documents}) == []
    assert answer.notice is None  # the model did not fail
    assert answer.engine == "openai-like:smollm2"
    assert answer.status in {Status.ANSWERED, Status.UNSUPPORTED}
    assert answer.citations
    for claim in answer.rejected:
        assert claim.reason and claim.text not in answer.text


async def test_it_streams_into_discord(
    written: Engine, loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    async with start_bot(written, answer_timeout_s=400):
        asked = server.user("Ann", guild).mentions_bot(channel, QUESTIONS[0])
        await asked.until(lambda: any(reply.buttons for reply in asked.replies), 400)
    (answer,) = channel.bot_messages
    assert "Still writing" not in answer.content
    traffic = server.transcript.matching("/messages")
    times = [e.at_s for e in traffic if e.direction == ">" and "content" in (e.body or {})]
    assert all(after - before >= 1.0 for before, after in pairwise(times))
