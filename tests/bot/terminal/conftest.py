"""Logging as it was before each test; a built index of the article for the whole-program tests."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.terminal import logs


@pytest.fixture(autouse=True)
def restored_logging() -> Iterator[None]:
    """Commands set up logging for their process; a test gives it back."""
    root, own = logging.getLogger(), logging.getLogger(logs.FAULTS)
    level, handlers = root.level, list(root.handlers)
    propagate, own_handlers = own.propagate, list(own.handlers)
    yield
    for handler in own.handlers:
        handler.close()
    root.setLevel(level)
    root.handlers = handlers
    own.propagate, own.handlers = propagate, own_handlers


@pytest.fixture(scope="session")
def program_environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment in which ``footnote`` has the article indexed in a folder of its own."""
    folder: Path = tmp_path_factory.mktemp("terminal")
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("FOOTNOTE_") and name not in {"NO_COLOR", "COLUMNS", "LINES"}
    }
    environment |= {
        "FOOTNOTE_INDEX_DIR": str(folder / "index"),
        "FOOTNOTE_LEDGER": str(folder / "ledger.sqlite3"),
        # A pseudo-terminal that nobody draws does not tell where its cursor is.
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }
    subprocess.run(
        [sys.executable, "-m", "bot.terminal.main", "index"],
        env=environment,
        check=True,
        capture_output=True,
    )
    return environment
