"""Model files: checked once when they are read, and an error that says what to do."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models.checker import Checker
from index.models.embedder import MiniLmEmbedder
from index.models.onnx import open_session
from index.models.reader import Reader
from index.models.tokenizer import WordPiece
from index.models.weights import (
    CHECKER_FILE,
    EMBEDDER_FILE,
    READER_FILE,
    SUMS_FILE,
    TOKENIZER_FILE,
    WEIGHTS_DIR,
    known_sums,
    read_checked,
)

FILES = [EMBEDDER_FILE, READER_FILE, CHECKER_FILE, TOKENIZER_FILE]


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    """A copy of the shipped weights, to spoil."""
    return shutil.copytree(WEIGHTS_DIR, tmp_path / "weights")


def flip_one_bit(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (flip_one_bit, "is not the one that belongs here"),
        (lambda file: file.write_bytes(b""), "is not the one that belongs here"),
        (lambda file: file.unlink(), "is missing"),
        (lambda file: (file.unlink(), file.mkdir()), "cannot be read"),
    ],
    ids=["altered", "empty", "missing", "folder"],
)
def test_a_spoilt_file_is_named_with_the_cure(
    weights: Path, name: str, spoil: Callable[[Path], object], what: str
) -> None:
    spoil(weights / name)
    with pytest.raises(ModelError) as caught:
        read_checked(name, weights)
    assert name in caught.value.what and what in caught.value.what
    assert "git checkout -- index/models/weights" in caught.value.cure


def test_models_are_opened_only_if_they_are_the_ones(weights: Path, tokenizer: WordPiece) -> None:
    for name in FILES:
        flip_one_bit(weights / name)
    with pytest.raises(ModelError):
        WordPiece(weights)
    with pytest.raises(ModelError):
        MiniLmEmbedder(tokenizer, folder=weights)
    with pytest.raises(ModelError):
        Reader(tokenizer, folder=weights)
    with pytest.raises(ModelError):
        Checker(tokenizer, folder=weights)


@pytest.mark.parametrize(
    ("sums", "what"),
    [("", "does not list"), ("one word\nalone\n", "is not in the format"), (None, "is missing")],
)
def test_a_list_that_lacks_a_file_is_an_error(weights: Path, sums: str | None, what: str) -> None:
    if sums is None:
        (weights / SUMS_FILE).unlink()
    else:
        (weights / SUMS_FILE).write_text(sums)
    with pytest.raises(ModelError, match=what):
        read_checked(READER_FILE, weights)


def test_the_list_is_that_of_sha256sum(weights: Path) -> None:
    (weights / SUMS_FILE).write_text("aa  one file.onnx\nbb *two.json\n\n")
    assert known_sums(weights) == {"one file.onnx": "aa", "two.json": "bb"}


def test_a_file_that_is_no_model_is_an_error(weights: Path) -> None:
    (weights / READER_FILE).write_bytes(b"no model")
    (weights / SUMS_FILE).write_text(f"{hashlib.sha256(b'no model').hexdigest()}  {READER_FILE}\n")
    with pytest.raises(ModelError, match="cannot be opened"):
        open_session(READER_FILE, folder=weights)
