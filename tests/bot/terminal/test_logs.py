"""Where records and tracebacks go."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from bot.terminal import faults, logs


def fault() -> str:
    try:
        raise RuntimeError("inside")
    except RuntimeError as error:
        return faults.report(error)


def test_a_traceback_goes_to_the_file_and_not_to_the_person(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = logs.fault_file(tmp_path)
    logs.configure("WARNING", file)
    assert not file.exists()

    message = fault()

    reference = message.partition("reference ")[2].partition(")")[0]
    written = file.read_text("utf-8")
    assert f"fault {reference}: RuntimeError" in written
    assert "Traceback" in written
    assert str(file) in message
    assert capsys.readouterr().err == ""


def test_at_debug_it_goes_to_standard_error_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("DEBUG", logs.fault_file(tmp_path))

    fault()

    assert "Traceback" in capsys.readouterr().err


def test_without_an_index_folder_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("WARNING", logs.fault_file(tmp_path / "missing"))

    assert "reference" in fault()

    assert list(tmp_path.iterdir()) == []
    assert capsys.readouterr().err == ""


def test_records_are_one_harmless_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("WARNING", tmp_path / "f")

    logging.getLogger("index").warning("%s", "evil\x1b[2J\nname.txt")

    shown = capsys.readouterr().err
    assert shown.endswith("WARNING index: evil␛[2J name.txt\n")


def test_the_chatter_of_libraries_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("INFO", tmp_path / "f")
    library = logging.getLogger("bm25s.inner")
    library.setLevel("DEBUG")

    library.info("chatter")
    library.warning("a warning")
    logging.getLogger("index").info("ours")
    logging.getLogger("index").debug("too fine")

    rows = [row.partition(" ")[2].split(" ", 1)[1] for row in capsys.readouterr().err.splitlines()]
    assert rows == ["WARNING bm25s.inner: a warning", "INFO index: ours"]


def test_configuring_twice_does_not_double_a_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("WARNING", tmp_path / "f")
    logs.configure("WARNING", tmp_path / "f")

    logging.getLogger("index").warning("once")

    assert capsys.readouterr().err.count("once") == 1
