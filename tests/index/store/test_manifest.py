"""The manifest: what is written is read, what is foreign is refused, and publishing is one step."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import IndexBuildError
from index.store.manifest import MANIFEST_FILE, Fingerprint, Manifest, SourceStamp

names = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
manifests = st.builds(
    Manifest,
    build_id=names,
    built_at=st.datetimes(timezones=st.just(UTC)),
    fingerprint=st.builds(Fingerprint, names, st.integers(1), st.integers(1), names, st.integers()),
    stamps=st.lists(st.builds(SourceStamp, names, st.integers(0), st.integers(0))).map(tuple),
    documents=st.integers(0),
    passages=st.integers(0),
    left_out=st.lists(st.tuples(names, names)).map(tuple),
)

ONE = Manifest("b", datetime(2026, 1, 2, tzinfo=UTC), Fingerprint("e", 3, 1, "s", 1), (), 1, 2)


@given(manifests)
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, manifest: Manifest
) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    manifest.write(folder)
    assert Manifest.read(folder) == manifest
    assert [path.name for path in folder.iterdir()] == [MANIFEST_FILE]


def test_where_there_is_none_there_is_none(tmp_path: Path) -> None:
    assert Manifest.read(tmp_path) is None
    assert Manifest.read(tmp_path / "not" / "there") is None


@pytest.mark.parametrize("version", [0, 3, 99, "4", None])
def test_another_format_version_counts_as_no_index(tmp_path: Path, version: object) -> None:
    """Older or newer: the builds of it cannot be read, so the index is made anew."""
    ONE.write(tmp_path)
    file = tmp_path / MANIFEST_FILE
    file.write_text(json.dumps(json.loads(file.read_text()) | {"version": version}))
    assert Manifest.read(tmp_path) is None


@pytest.mark.parametrize(
    "content",
    [b"", b"not ours", b"{}", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000, b'{"format": "x"}',
     b'{"format": "footnote-index", "version": 4}',
     b'{"format": "footnote-index", "version": 4, "build_id": "b", "built_at": "never"}'],
    ids=lambda content: repr(content[:20]),
)  # fmt: skip
def test_what_footnote_did_not_write_is_refused_and_kept(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / MANIFEST_FILE
    file.write_bytes(content)
    with pytest.raises(IndexBuildError) as caught:
        Manifest.read(tmp_path)
    assert "footnote index --force" in caught.value.cure
    assert "FOOTNOTE_INDEX_DIR" in caught.value.cure
    assert file.read_bytes() == content


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    file = tmp_path / "index"
    file.write_text("")
    with pytest.raises(IndexBuildError, match="is not a folder"):
        Manifest.read(file)


def test_a_manifest_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    ONE.write(tmp_path)
    (tmp_path / f".{MANIFEST_FILE}.new").symlink_to("/dev/full")
    other = Manifest("c", ONE.built_at, ONE.fingerprint, (), 1, 2)
    with pytest.raises(OSError, match="No space left"):
        other.write(tmp_path)
    assert Manifest.read(tmp_path) == ONE
    assert [path.name for path in tmp_path.iterdir()] == [MANIFEST_FILE]


@pytest.mark.parametrize(
    "other",
    [Fingerprint("E", 3, 1, "s", 1), Fingerprint("e", 4, 1, "s", 1), Fingerprint("e", 3, 2, "s", 1),
     Fingerprint("e", 3, 1, "S", 1), Fingerprint("e", 3, 1, "s", 2)],
)  # fmt: skip
def test_every_part_tells_fingerprints_apart(other: Fingerprint) -> None:
    assert other != ONE.fingerprint
