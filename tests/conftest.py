"""What holds for every test: no network but loopback, no settings from outside."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from index import Engine, open_engine
from index.settings import SHARED_NAMES, Settings

# A slow or busy machine is no failure.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

_LOOPBACK = ("127.", "::1", "localhost")
_connect, _connect_ex = socket.socket.connect, socket.socket.connect_ex


def _guard(address: Any) -> None:
    if isinstance(address, tuple) and not str(address[0]).startswith(_LOOPBACK):
        raise AssertionError(f"a test tried to reach {address[0]}: only loopback is allowed")


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Refuses every connection that is not loopback, whoever opens it."""

    def connect(self: socket.socket, address: Any) -> None:
        _guard(address)
        _connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        _guard(address)
        return _connect_ex(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        yield


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A developer's settings must not decide what a test sees."""
    for name in list(os.environ):
        if name.startswith("FOOTNOTE_") or name in SHARED_NAMES.values():
            monkeypatch.delenv(name)
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(tmp_path / "index"))
    monkeypatch.setenv("FOOTNOTE_LEDGER", str(tmp_path / "ledger.sqlite3"))


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The real engine over the article in ``seeds/``, shared by all tests that only ask."""
    engine = open_engine(Settings(index_dir=tmp_path_factory.mktemp("article") / "index"))
    yield engine
    engine.close()
