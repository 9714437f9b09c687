"""Fixtures of the scripted model: ``from tests.fakes.llm.fixtures import *`` in a conftest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fakes.llm.server import ScriptedLlm

__all__ = ["scripted_llm"]


@pytest.fixture
def scripted_llm() -> Iterator[ScriptedLlm]:
    with ScriptedLlm() as llm:
        yield llm
