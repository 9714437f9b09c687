"""Sheets live with the build: made once, kept while a document stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index import Engine
from index.errors import IndexBuildError
from index.facts import sheet as sheet_module
from index.facts.sheet import Material
from index.facts.storage import SHEETS_FILE, read_sheets
from index.facts.summary import Embed
from index.facts.types import Fact, FactKind, FactSheet
from index.settings import Settings
from tests.index.facts.conftest import written

OpenEngine = Callable[[Settings], Engine]


def test_only_changed_documents_are_read_again(
    settings: Settings, folder: Path, opened: OpenEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = opened(settings)
    assert [p.name.text for p in _people(engine, "garden.txt")] == ["Hanna Petersen"]
    made: list[str] = []
    original = sheet_module.make_sheet

    def counting(material: Material, embed: Embed) -> FactSheet:
        made.append(material.document.id)
        return original(material, embed)

    monkeypatch.setattr(sheet_module, "make_sheet", counting)
    text = (folder / "boats.txt").read_text("utf-8")
    (folder / "boats.txt").write_text(text + "It was repaired by Mr Silva in 2019.\n", "utf-8")
    engine.rebuild()
    assert made == ["boats.txt"]
    assert "Mr Silva" in [p.name.text for p in _people(engine, "boats.txt")]
    assert [p.name.text for p in _people(engine, "garden.txt")] == ["Hanna Petersen"]


def _people(engine: Engine, document_id: str) -> tuple[Fact, ...]:
    sheet = engine.facts(document_id)
    assert sheet is not None
    return sheet.of(FactKind.PERSON)


@pytest.mark.parametrize("content", ["", "{}\n", "[1]\n", '{"document": "a.txt"}\n', "\x00"])
def test_a_damaged_file_is_an_error_with_a_cure(tmp_path: Path, content: str) -> None:
    document = written("A text of words.")
    (tmp_path / SHEETS_FILE).write_text(content, "utf-8")
    if content:
        with pytest.raises(IndexBuildError, match="footnote index --force"):
            read_sheets(tmp_path, {document.id: document})
    else:
        assert read_sheets(tmp_path, {document.id: document}) == {}
