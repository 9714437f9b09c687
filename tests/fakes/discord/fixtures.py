"""Pytest fixtures, for a conftest to import::

from tests.fakes.discord.fixtures import *  # noqa: F403
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from tests.fakes.discord.discord_py import pointed_at
from tests.fakes.discord.server import LoopbackDiscord

__all__ = ["loopback_discord", "pytest_runtest_makereport"]


@pytest_asyncio.fixture
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    """A running Discord that discord.py is pointed at. Fails the test on a protocol breach."""
    async with LoopbackDiscord() as server:
        with pointed_at(server):
            yield server


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Puts the traffic under the report of a test that failed."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    server = getattr(item, "funcargs", {}).get("loopback_discord")
    if report.failed and isinstance(server, LoopbackDiscord):
        report.sections.append(("Discord traffic", server.transcript.render()))
