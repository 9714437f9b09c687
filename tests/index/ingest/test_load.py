"""Reading files: what is read, how, and what is said about those that cannot be."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.ingest.load import load_document, load_documents
from index.ingest.sources import SourceFile
from index.types import Document
from tests.index.texts import nasty_texts


def write(folder: Path, name: str, data: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return SourceFile(name, path)


def load(folder: Path, name: str, data: str | bytes) -> Document:
    return load_document(write(folder, name, data))


def refused(folder: Path, name: str, data: str | bytes) -> SourceError:
    with pytest.raises(SourceError) as caught:
        load(folder, name, data)
    assert name in caught.value.what
    assert caught.value.cure.endswith(".")
    return caught.value


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"--- *** ...", "\u200b"])
def test_a_file_without_words_is_empty(tmp_path: Path, data: bytes) -> None:
    assert "empty" in refused(tmp_path, "a.txt", data).what


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)),
        b"\x7fELF\x02\x01\x01" + b"\0" * 64,
        b"PK\x03\x04" + bytes(200),
        "words without a byte order mark".encode("utf-16-le"),
        b"\x00\x01\x02\x03 abc",
    ],
    ids=["png", "elf", "zip", "utf-16 without mark", "control characters"],
)
def test_a_binary_file_is_not_text(tmp_path: Path, data: bytes) -> None:
    assert "not text" in refused(tmp_path, "a.txt", data).what


@pytest.mark.parametrize(
    ("encoding", "cure"),
    [("latin-1", "WINDOWS-1252"), ("cp1252", "WINDOWS-1252"), ("utf-16", "-f UTF-16 ")],
)
def test_another_encoding_is_named_with_the_way_out(
    tmp_path: Path, encoding: str, cure: str
) -> None:
    error = refused(tmp_path, "a.txt", "Das Café in Genève".encode(encoding))
    assert "not in UTF-8" in error.what
    assert cure in error.cure


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    assert load(tmp_path, "a.txt", b"\xef\xbb\xbfWords.").text == "Words."


@given(text=nasty_texts)
def test_only_line_ends_are_changed(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    try:
        document = load(folder, "a.txt", text)
    except SourceError:
        return
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    assert document.text == expected
    assert document.sha256 == hashlib.sha256(expected.encode()).hexdigest()
    assert document.title


@given(data=st.binary(max_size=300), name=st.sampled_from(["a.txt", "a.md"]))
def test_any_bytes_are_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    file = write(tmp_path_factory.mktemp("any"), name, data)
    documents, problems = load_documents([file])
    assert len(documents) + len(problems) == 1


def test_a_file_that_cannot_be_read_leaves_the_others(tmp_path: Path) -> None:
    gone = SourceFile("gone.txt", tmp_path / "gone.txt")
    folder = SourceFile("folder.txt", tmp_path / "folder.txt")
    folder.path.mkdir()
    good = write(tmp_path, "good.txt", "Words.")
    documents, problems = load_documents([gone, folder, good])
    assert [d.id for d in documents] == ["good.txt"]
    assert [p.what.split()[0] for p in problems] == ["gone.txt", "folder.txt"]


def test_a_file_without_permission_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write(tmp_path, "secret.txt", "Words.")
    read_bytes = Path.read_bytes

    def deny(path: Path) -> bytes:
        # As the system does for everybody but root, who may be running this test.
        if path == file.path:
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(SourceError, match=r"secret\.txt cannot be read \(Permission denied\)"):
        load_document(file)


def test_a_file_that_is_too_large_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.ingest.load.MAX_FILE_BYTES", 2_000_000)
    dump = write(tmp_path, "dump.txt", b"word " * 600_000)
    documents, (problem,) = load_documents([dump, write(tmp_path, "a.txt", b"Words.")])
    assert [document.id for document in documents] == ["a.txt"]
    assert problem.what == "dump.txt is too large: 3 MB of at most 2 MB."
    assert problem.cure


def test_a_copy_of_a_document_is_left_out_by_name(tmp_path: Path) -> None:
    one = write(tmp_path, "one.txt", "The same words.\n")
    two = write(tmp_path, "two.txt", b"\xef\xbb\xbfThe same words.\r\n")
    documents, problems = load_documents([one, two])
    assert [d.id for d in documents] == ["one.txt"]
    assert "two.txt" in problems[0].what and "one.txt" in problems[0].what


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", "A headline\n\nWords.", "A headline"),
        ("house-rules_2024.txt", "The first line is a sentence.\nMore.", "house rules 2024"),
        ("a.txt", "x" * 300, "a"),
        ("a.md", "Words.\n\n# A title #\n", "A title"),
        ("a.md", "A title\n=====\n", "A title"),
        ("a.md", "# a" + " " * 5_000 + "b", "a" + " " * 5_000 + "b"),
        ("a.md", "# ###\n\nWords.", "a"),
    ],
)
def test_the_title_is_the_heading_or_the_name(
    tmp_path: Path, name: str, text: str, title: str
) -> None:
    assert load(tmp_path, name, text).title == title


def test_a_sidecar_tells_what_the_text_does_not(tmp_path: Path) -> None:
    write(
        tmp_path,
        "a.meta.yaml",
        "title: House rules\nlanguage: no\npublished: 2025-04-15\nauthor: Jo\ntags: [a, b]\n",
    )
    document = load(tmp_path, "a.txt", "Words.")
    assert document.title == "House rules"
    assert document.language == "no", "Norwegian, not False"
    assert document.published == date(2025, 4, 15)
    assert document.metadata == {"author": "Jo", "tags": "a, b"}


def test_front_matter_does_the_same_and_the_sidecar_wins(tmp_path: Path) -> None:
    write(tmp_path, "a.meta.yaml", "title: From the sidecar\n")
    text = "---\ntitle: From the text\nlanguage: de\npublished: 2025-04-15T10:00:00Z\n---\nWords."
    document = load(tmp_path, "a.md", text)
    assert (document.title, document.language) == ("From the sidecar", "de")
    assert document.published == date(2025, 4, 15)
    assert document.text == text


@pytest.mark.parametrize("text", ["", "# nothing but a comment\n", "published:\nlanguage: ''\n",
                                  "published: null\n", "published: ~\n"])  # fmt: skip
def test_a_sidecar_may_leave_everything_out(tmp_path: Path, text: str) -> None:
    write(tmp_path, "a.meta.yaml", text)
    document = load(tmp_path, "a.txt", "A title\n\nWords.")
    assert (document.title, document.language, document.published) == ("A title", None, None)


@pytest.mark.parametrize(
    "data",
    [b"- a\n- list\n", b"just words", b"title: [unclosed", b"{[a]: b}", b"[" * 3000, b"a: \x01b",
     b"title: caf\xe9", b"published: soon", b"published: 2025-13-45"],
)  # fmt: skip
def test_a_bad_sidecar_is_named(tmp_path: Path, data: bytes) -> None:
    write(tmp_path, "a.meta.yaml", data)
    with pytest.raises(SourceError) as caught:
        load(tmp_path, "a.txt", "Words.")
    assert "a.meta.yaml" in caught.value.what or "a.txt" in caught.value.what
    assert caught.value.cure


def test_a_sidecar_cannot_smuggle_in_half_a_character(tmp_path: Path) -> None:
    write(tmp_path, "a.meta.yaml", 'title: "half \\ud800"\n"\\udfff": "\\ud800"\n')
    document = load(tmp_path, "a.txt", "Words.")
    assert document.title == "half \ufffd"
    assert document.metadata == {"\ufffd": "\ufffd"}


def test_a_sidecar_cannot_grow_without_end(tmp_path: Path) -> None:
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 20)
    )
    write(tmp_path, "a.meta.yaml", bomb)
    assert load(tmp_path, "a.txt", "Words.").metadata["a19"] == ""


@pytest.mark.parametrize(
    "text", ["---\nnot: [yaml\n---\nWords.", "---\nWords only\n---\nMore.", "---\nno end"]
)
def test_rules_that_only_look_like_front_matter_are_text(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, "a.md", text).metadata == {}


def test_a_name_too_long_for_a_sidecar_has_none(tmp_path: Path) -> None:
    name = "a" * (255 - len(".txt")) + ".txt"
    assert load_document(write(tmp_path, name, "Words.")).text == "Words."
