"""A build of the index as it lies in its folder: complete, checked when opened, cleaned up."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index import Engine
from index.errors import IndexBuildError
from index.settings import Settings
from index.store.build import VECTORS_FILE, Build
from index.store.folder import BUILDS_FOLDER, IndexFolder
from index.store.lexical import FOLDER as BM25_FOLDER
from index.store.manifest import Manifest
from index.store.texts import DOCUMENTS_FILE, PASSAGES_FILE

OpenEngine = Callable[[Settings], Engine]
QUESTION = "Who planted the garden?"


@pytest.fixture
def index(settings: Settings, opened: OpenEngine) -> IndexFolder:
    """A built index that no process has open."""
    opened(settings).close()
    return IndexFolder(settings.index_dir)


def current(index: IndexFolder) -> Manifest:
    manifest = index.current()
    assert manifest is not None
    return manifest


def home(index: IndexFolder) -> Path:
    return index.build_folder(current(index).build_id)


def build_names(index: IndexFolder) -> set[str]:
    return {path.name for path in (index.root / BUILDS_FOLDER).iterdir()}


def test_a_build_holds_texts_vectors_and_words(index: IndexFolder) -> None:
    build = Build.open(index, current(index), None)
    assert [document.id for document in build.documents] == ["boats.txt", "garden.txt"]
    for passage in build.passages:
        document = build.document(passage.document_id)
        assert document is not None
        assert document.text[passage.start : passage.end] == passage.text
        assert build.passage(passage.id) is passage
        assert build.passages[build.positions[passage.id]] is passage
    assert build.vectors.shape == (len(build.passages), 384)
    assert np.linalg.norm(build.vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert build.document("other.txt") is None and build.passage("other") is None
    build.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda home: shutil.rmtree(home),
        lambda home: shutil.rmtree(home / "chroma"),
        lambda home: (home / "chroma" / "chroma.sqlite3").write_bytes(b"?" * 9000),
        lambda home: (home / "chroma" / "chroma.sqlite3").unlink(),
        lambda home: shutil.rmtree(home / BM25_FOLDER),
        lambda home: (home / VECTORS_FILE).unlink(),
        lambda home: (home / VECTORS_FILE).write_bytes(b""),
        lambda home: np.save(home / VECTORS_FILE, np.zeros((1, 384), np.float32)),
        lambda home: (home / DOCUMENTS_FILE).write_text("{\n"),
        lambda home: (home / DOCUMENTS_FILE).write_text(
            (home / DOCUMENTS_FILE).read_text().replace("Hanna", "Johan")
        ),
        lambda home: (home / PASSAGES_FILE).write_text(""),
        lambda home: (home / PASSAGES_FILE).write_text("[1, 2]\n"),
    ],
)
def test_damage_is_noticed_when_a_build_is_opened_and_mended_by_asking(
    index: IndexFolder, settings: Settings, opened: OpenEngine, damage: Callable[[Path], object]
) -> None:
    damaged = current(index)
    damage(home(index))
    with pytest.raises(IndexBuildError, match="footnote index --force"):
        Build.open(index, damaged, None)

    engine = opened(settings)
    assert engine.build_id != damaged.build_id
    assert "Hanna Petersen" in engine.ask(QUESTION).nearest[0].passage.text


def test_only_what_changed_is_embedded_again(
    index: IndexFolder, settings: Settings, opened: OpenEngine, folder: Path
) -> None:
    before = current(index)
    (folder / "boats.txt").write_text("Boats\nThe tug Nora was sunk in 1990.\n", "utf-8")
    engine = opened(settings)
    assert engine.build_id != before.build_id
    report = engine.rebuild()
    assert not report.changed
    forced = engine.rebuild(force=True)
    assert forced.changed and forced.reused_passages == 0

    (folder / "boats.txt").write_text("Boats\nThe tug Nora was sunk in 1991.\n", "utf-8")
    report = engine.rebuild()
    assert report.passages == 2 and report.reused_passages == 1


def test_a_file_that_is_only_touched_makes_no_build(
    index: IndexFolder, settings: Settings, opened: OpenEngine, folder: Path
) -> None:
    before = current(index)
    (folder / "boats.txt").write_text((folder / "boats.txt").read_text("utf-8"), "utf-8")
    assert opened(settings).build_id == before.build_id
    assert current(index).stamps != before.stamps


def test_the_build_before_stays_for_those_who_have_it_open(
    index: IndexFolder, settings: Settings, opened: OpenEngine, folder: Path
) -> None:
    engine = opened(settings)
    first = engine.build_id
    stray = index.root / BUILDS_FOLDER / "notes of somebody"
    stray.mkdir()
    half_written = index.build_folder("20200101T000000-abcdef")
    half_written.mkdir()
    builds = {first}
    for n in range(3):
        (folder / "boats.txt").write_text(f"Boats\nThe ferry carries {n} cars.\n", "utf-8")
        before, after = engine.build_id, engine.rebuild().build_id
        builds.add(after)
        assert build_names(index) == {before, after, stray.name}
    assert len(builds) == 4


def test_another_embedder_or_splitter_is_another_index(
    index: IndexFolder, settings: Settings, opened: OpenEngine
) -> None:
    manifest = current(index)
    for change in ({"embedder": "other"}, {"dimensions": 3}, {"splitter": 0}, {"facts": 0}):
        index.publish(replace(manifest, fingerprint=replace(manifest.fingerprint, **change)))
        engine = opened(settings)
        assert current(index).fingerprint == manifest.fingerprint
        assert engine.ask(QUESTION).nearest
        engine.close()


def test_a_foreign_index_folder_is_refused_and_kept(settings: Settings, opened: OpenEngine) -> None:
    settings.index_dir.mkdir()
    foreign = settings.index_dir / "manifest.json"
    foreign.write_text('{"name": "a web page"}')
    with pytest.raises(IndexBuildError, match="not written by Footnote"):
        opened(settings)
    assert foreign.read_text() == '{"name": "a web page"}'
