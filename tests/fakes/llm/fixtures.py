"""Fixtures of both models: ``from tests.fakes.llm.fixtures import *`` in a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.connections import forget_connections
from tests.fakes.llm import local_server
from tests.fakes.llm.server import ScriptedLlm

__all__ = ["local_llm", "scripted_llm"]


@pytest.fixture
def scripted_llm() -> Iterator[ScriptedLlm]:
    with ScriptedLlm() as llm:
        yield llm
    forget_connections()


@pytest.fixture(scope="session")
def local_llm() -> Iterator[str]:
    """The base URL of llama.cpp with a small model that is made to cite."""
    with local_server.running(citing=True) as base_url:
        yield base_url
    forget_connections()
