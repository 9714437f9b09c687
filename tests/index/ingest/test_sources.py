"""Finding the files to read, whatever stands in the folder."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import SourceError
from index.ingest.sources import SKIP_MARK, find_sources, missing_sources


def found(*sources: Path) -> tuple[list[str], list[str]]:
    files, problems = find_sources(sources)
    assert all(problem.cure for problem in problems)
    return [file.id for file in files], [problem.what for problem in problems]


def put(folder: Path, *names: str, text: str = "Words.") -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def test_folders_are_searched_through_in_order(tmp_path: Path) -> None:
    put(tmp_path, "b.md", "a.txt", "deep/er/c.TXT", "deep/b.markdown", "a.meta.yaml")
    assert found(tmp_path) == (["a.txt", "b.md", "deep/b.markdown", "deep/er/c.TXT"], [])


def test_hidden_files_and_marked_ones_are_left_out_silently(tmp_path: Path) -> None:
    put(tmp_path, ".hidden.txt", ".git/config.txt", "deep/.x/y.txt", "seen.txt")
    put(tmp_path, "notes.md", text=f"\ufeff{SKIP_MARK}\n# With a byte order mark")
    put(tmp_path, "README.md", text=f"{SKIP_MARK}\n# About this folder")
    assert found(tmp_path) == (["seen.txt"], [])


def test_a_marked_file_that_is_named_is_read(tmp_path: Path) -> None:
    put(tmp_path, "README.md", text=f"{SKIP_MARK}\n# About this folder")
    assert found(tmp_path / "README.md") == (["README.md"], [])


def test_other_kinds_of_files_are_named_with_a_cure(tmp_path: Path) -> None:
    put(tmp_path, "good.txt", "photo.jpg", "data.csv")
    ids, problems = found(tmp_path)
    assert ids == ["good.txt"]
    assert [what.split()[0] for what in problems] == ["data.csv", "photo.jpg"]


def test_a_file_that_is_named_is_read_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "NOTICE", "log.csv")
    assert found(tmp_path / "NOTICE", tmp_path / "log.csv") == (["NOTICE", "log.csv"], [])


def test_equal_names_of_different_folders_are_told_apart(tmp_path: Path) -> None:
    put(tmp_path, "x/a.txt", "y/a.txt", "z/x/a.txt")
    ids, problems = found(tmp_path / "x", tmp_path / "y", tmp_path / "z" / "x", tmp_path / "x")
    assert ids == ["a.txt", "y/a.txt", "x/a.txt"]
    assert problems == []


def test_what_is_not_there_is_named_and_the_rest_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    ids, problems = found(tmp_path / "gone", tmp_path)
    assert ids == ["a.txt"]
    assert str(tmp_path / "gone") in problems[0]


def test_what_is_not_there_can_be_told_without_a_search(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.png")
    gone, unnameable = missing_sources([tmp_path / "gone", tmp_path, tmp_path / ("x" * 300)])
    assert str(tmp_path / "gone") in gone.what
    assert "x" * 300 in unnameable.what


def test_a_link_to_nothing_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    (tmp_path / "b.txt").symlink_to("nowhere.txt")
    (tmp_path / "c.txt").symlink_to("c.txt")
    ids, problems = found(tmp_path)
    assert ids == ["a.txt"]
    assert [what.split()[0] for what in problems] == ["b.txt", "c.txt"]
    assert found(tmp_path / "b.txt")[0] == []


def test_links_to_folders_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "elsewhere/a.txt", "sources/b.txt")
    sources = tmp_path / "sources"
    (sources / "linked").symlink_to(tmp_path / "elsewhere")
    (sources / "again").symlink_to(sources)
    (tmp_path / "elsewhere" / "back").symlink_to(sources)
    assert found(sources) == (["b.txt", "linked/a.txt"], [])


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    put(tmp_path, "x.txt/a.txt")
    assert found(tmp_path) == (["x.txt/a.txt"], [])
    assert found(tmp_path / "x.txt") == (["a.txt"], [])


@pytest.fixture
def odd_files(tmp_path: Path) -> Iterator[list[Path]]:
    """Things with names like texts that would be read for ever, or cannot be read at all."""
    fifo = tmp_path / "pipe.txt"
    os.mkfifo(fifo)
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(tmp_path / "s.txt"))
    endless = tmp_path / "zero.txt"
    endless.symlink_to("/dev/zero")
    yield [fifo, tmp_path / "s.txt", endless]
    listener.close()


def test_a_pipe_a_socket_or_a_device_does_not_hang(tmp_path: Path, odd_files: list[Path]) -> None:
    put(tmp_path, "a.txt")
    ids, problems = found(tmp_path, *odd_files, Path("/dev/zero"))
    assert ids == ["a.txt"]
    assert len(problems) == 2 * len(odd_files) + 1
    assert all("not a file" in what for what in problems)


def test_a_folder_that_may_not_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path, "a.txt", "closed/b.txt")
    scandir = os.scandir

    def deny(path: str) -> object:
        # As the system does for everybody but root, who may be running this test.
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", deny)
    ids, problems = found(tmp_path)
    assert ids == ["a.txt"]
    assert "closed cannot be read (Permission denied)" in problems[0]


def test_a_name_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("Words.", "utf-8")
    ids, problems = found(tmp_path)
    assert ids == ["a.txt"]
    assert problems == [f"The name {tmp_path}/caf\ufffd.txt is not in UTF-8."]


def test_no_sources_are_no_files() -> None:
    assert find_sources([]) == ((), ())
    assert SourceError("a", cure="b").cure == "b"


def test_a_name_that_no_disk_takes_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Words.")
    files, (problem,) = find_sources([tmp_path / ("a" * 5000), tmp_path])
    assert [file.id for file in files] == ["good.txt"]
    assert "File name too long" in problem.what and "FOOTNOTE_SOURCES" in problem.cure
