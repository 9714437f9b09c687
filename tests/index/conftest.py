"""What the tests of the index share: the shipped models, folders of sources, engines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

from index import Engine, open_engine
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from tests.index.texts import BOATS, GARDEN

# A machine that is busy with something else is no failure.
hypothesis.settings.register_profile("footnote", deadline=None)
hypothesis.settings.load_profile("footnote")

OpenEngine = Callable[..., Engine]


@pytest.fixture(scope="session")
def tokenizer() -> WordPiece:
    return WordPiece()


@pytest.fixture(scope="session")
def embedder(tokenizer: WordPiece) -> MiniLmEmbedder:
    return MiniLmEmbedder(tokenizer)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A source folder with two short documents."""
    folder = tmp_path / "sources"
    folder.mkdir()
    (folder / "garden.txt").write_text(GARDEN, "utf-8")
    (folder / "boats.txt").write_text(BOATS, "utf-8")
    return folder


@pytest.fixture
def settings(folder: Path, tmp_path: Path) -> Settings:
    return Settings(sources=(folder,), index_dir=tmp_path / "index", threads=1)


@pytest.fixture
def opened() -> Iterator[OpenEngine]:
    """``open_engine`` whose engines are closed when the test is over."""
    engines: list[Engine] = []

    def open_one(settings: Settings) -> Engine:
        engine = open_engine(settings)
        engines.append(engine)
        return engine

    yield open_one
    for engine in engines:
        engine.close()
