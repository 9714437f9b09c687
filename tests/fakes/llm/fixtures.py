"""Fixtures of the scripted model: ``from tests.fakes.llm.fixtures import *`` in a conftest."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import pytest

from tests.fakes.llm.server import ScriptedLlm

__all__ = ["scripted_llm"]


@pytest.fixture
def scripted_llm() -> Iterator[ScriptedLlm]:
    with ScriptedLlm() as llm:
        yield llm
    _forget_connections()


def _forget_connections() -> None:
    """The libraries' HTTP clients leave open connections to the garbage collector, which would
    warn in the middle of whatever test runs then."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
