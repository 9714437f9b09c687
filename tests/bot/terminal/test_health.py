"""What ``footnote doctor`` finds."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.terminal.commands.doctor import check_page, verdict_page
from bot.terminal.health import (
    Check,
    State,
    check_discord,
    check_index,
    check_ledger,
    check_llm,
    check_models,
    check_packages,
    check_python,
    check_sources,
)
from bot.terminal.main import main
from index.settings import Settings
from tests.bot.terminal.fakes import Shown


def settings_in(folder: Path) -> Settings:
    return Settings(
        sources=(folder / "docs",), index_dir=folder / "index", ledger=folder / "ledger.sqlite3"
    )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.txt").write_text("The cat sat on the mat.")
    return settings_in(tmp_path)


def test_this_python_and_these_packages_are_ok() -> None:
    assert check_python().state is State.OK
    (packages,) = check_packages()
    assert packages.state is State.OK
    assert "chromadb " in packages.detail and "rich " in packages.detail


def test_a_missing_installation_says_what_to_do() -> None:
    (check,) = check_packages("no-such-distribution")

    assert check == Check(
        "packages", State.BROKEN, "no-such-distribution is not installed", "Run make setup."
    )


def test_every_model_is_named_with_its_hash() -> None:
    checks = list(check_models())

    assert all(check.state is State.OK and "sha256 " in check.detail for check in checks)
    assert {"reader.int8.onnx", "embedder.int8.onnx"} <= {
        check.detail.partition(",")[0] for check in checks
    }


def test_readable_documents_are_named(settings: Settings) -> None:
    assert list(check_sources(settings)) == [Check("sources", State.OK, "a.txt")]


def test_each_document_that_cannot_be_read_is_named_with_its_cure(settings: Settings) -> None:
    (settings.sources[0] / "b.txt").write_bytes(b"\xff\xfe\x00binary\x00")
    (settings.sources[0] / "c.txt").write_text("")

    first, second, last = check_sources(settings)

    assert [first.state, second.state, last.state] == [State.BROKEN, State.BROKEN, State.OK]
    assert "b.txt" in first.detail and "c.txt" in second.detail
    assert first.cure and second.cure


def test_no_documents_at_all(tmp_path: Path) -> None:
    (missing,) = check_sources(settings_in(tmp_path))
    assert missing.state is State.BROKEN

    (tmp_path / "docs").mkdir()
    (empty,) = check_sources(settings_in(tmp_path))
    assert empty.state is State.BROKEN
    assert "FOOTNOTE_SOURCES" in empty.cure


def test_an_index_is_unbuilt_then_current_then_old(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unbuilt = check_index(settings)
    assert (unbuilt.state, unbuilt.detail) == (
        State.NOTE,
        f"not built yet ({settings.index_dir})",
    )
    assert not settings.index_dir.exists()

    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))
    assert main(["index", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["changed"], report["documents"], report["problems"]) == (True, 1, [])
    current = check_index(settings)
    assert current.state is State.OK
    assert current.detail.startswith("current: ")
    assert report["build"] in current.detail

    (settings.sources[0] / "b.txt").write_text("The dog ran away.")
    old = check_index(settings)
    assert old.state is State.NOTE
    assert "footnote index" in old.cure


def test_a_damaged_index_is_broken_and_force_mends_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.index_dir.mkdir()
    (settings.index_dir / "manifest.json").write_text("not ours")
    damaged = check_index(settings)
    assert damaged.state is State.BROKEN
    assert "footnote index --force" in damaged.cure

    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))
    assert main(["index"]) == 2
    assert main(["index", "--force"]) == 0
    assert capsys.readouterr().out.startswith("Indexed 1 document, 1 passage")
    assert check_index(settings).state is State.OK


def test_an_index_that_cannot_be_opened_is_broken(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))
    assert main(["index", "--json"]) == 0
    build = settings.index_dir / "builds" / json.loads(capsys.readouterr().out)["build"]
    (build / "passages.jsonl").unlink()

    damaged = check_index(settings)
    assert damaged.state is State.BROKEN
    assert "footnote index --force" in damaged.cure


def test_a_chroma_server_that_is_down_is_one_line_before_the_long_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))
    monkeypatch.setenv("CHROMA_URL", url)
    assert main(["index"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"The Chroma server at {url} does not answer.")
    assert list((settings.index_dir / "builds").iterdir()) == []


def test_an_index_with_documents_left_out_ends_with_1(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (settings.sources[0] / "b.txt").write_text("")
    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))

    assert main(["index"]) == 1

    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("Indexed 1 document")
    assert second.startswith("b.txt is empty")


def test_an_index_or_ledger_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(
        sources=(tmp_path,), index_dir=tmp_path / "file" / "index", ledger=tmp_path / "file" / "l"
    )

    for check, variable in (
        (check_index(settings), "FOOTNOTE_INDEX_DIR"),
        (check_ledger(settings.ledger), "FOOTNOTE_LEDGER"),
        (check_ledger(tmp_path), "FOOTNOTE_LEDGER"),
    ):
        assert check.state is State.BROKEN
        assert variable in check.cure


def test_a_ledger_that_can_be_made_is_ok_and_is_not_made(tmp_path: Path) -> None:
    ledger = tmp_path / "new" / "ledger.sqlite3"

    assert check_ledger(ledger) == Check("ledger", State.OK, str(ledger))
    assert not ledger.parent.exists()


@pytest.mark.parametrize(
    ("token", "state"), [(None, State.NOTE), ("nonsense", State.NOTE), ("a.b-c.d_e", State.OK)]
)
def test_the_token_is_never_shown(tmp_path: Path, token: str | None, state: State) -> None:
    secret = None if token is None else SecretStr(token)
    check = check_discord(settings_in(tmp_path).model_copy(update={"discord_token": secret}))

    assert check.state is state
    assert token is None or token not in f"{check.detail}{check.cure}"


def test_a_finding_is_a_row_and_its_cure_the_next() -> None:
    shown = Shown(40)
    shown.screen.show(
        check_page(Check("index", State.NOTE, "not built yet", "Run footnote index."))
    )
    shown.screen.show(verdict_page(0))
    shown.screen.show(verdict_page(2))

    assert shown.rows == [
        "note    index: not built yet",
        "        Run footnote index.",
        "",
        "Everything is in place.",
        "",
        "2 things need your attention.",
    ]


def test_doctor_as_json_and_its_exit_codes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_SOURCES", str(settings.sources[0]))
    monkeypatch.setenv("FOOTNOTE_INDEX_DIR", str(settings.index_dir))
    monkeypatch.setenv("FOOTNOTE_LEDGER", str(settings.ledger))
    assert main(["doctor", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is True
    assert {c["name"] for c in report["checks"]} == {
        "python", "packages", "models", "settings", "sources", "index", "ledger", "llm", "discord",
    }  # fmt: skip

    monkeypatch.setenv("FOOTNOTE_TOP_K", "many")
    assert main(["doctor", "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["ok"] is False
    (broken,) = [c for c in report["checks"] if c["state"] == "broken"]
    assert broken["name"] == "settings"
    assert broken["detail"].startswith("FOOTNOTE_TOP_K is not usable")


def test_a_language_model_is_looked_at_but_not_called(tmp_path: Path) -> None:
    none, good, keyless = (
        Settings.model_validate({"index_dir": tmp_path, **given})
        for given in (
            {},
            {"llm": "openai:gpt-4o-mini", "openai_api_key": "sk-secret"},
            {"llm": "openai:gpt-4o-mini"},
        )
    )
    assert check_llm(none).state is State.OK
    assert check_llm(good).detail == "openai:gpt-4o-mini (not called)"
    broken = check_llm(keyless)
    assert broken.state is State.BROKEN and "OPENAI_API_KEY" in broken.cure
