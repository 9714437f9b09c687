"""The model files that ship with Footnote, and the check that they are the ones we measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.errors import ModelError

WEIGHTS_DIR = Path(__file__).parent / "weights"
EMBEDDER_FILE = "embedder.int8.onnx"
READER_FILE = "reader.int8.onnx"
CHECKER_FILE = "checker.int8.onnx"
TOKENIZER_FILE = "tokenizer.json"
SUMS_FILE = "SHA256SUMS"

_CURE = "Restore it from the repository: git checkout -- index/models/weights"


def read_checked(name: str, folder: Path = WEIGHTS_DIR) -> bytes:
    """The contents of the model file ``name``, its sha256 equal to the one in SHA256SUMS.

    Raises ModelError if the file is missing, unreadable, altered or not listed.
    """
    expected = known_sums(folder).get(name)
    if expected is None:
        raise ModelError(f"{SUMS_FILE} does not list the model file {name}.", cure=_CURE)
    data = _read(folder / name)
    if hashlib.sha256(data).hexdigest() != expected:
        raise ModelError(f"The model file {name} is not the one that belongs here.", cure=_CURE)
    return data


def known_sums(folder: Path = WEIGHTS_DIR) -> dict[str, str]:
    """File name to sha256, from ``SHA256SUMS`` (the format of ``sha256sum``)."""
    lines = _read(folder / SUMS_FILE).decode("utf-8", "replace").splitlines()
    pairs = [line.split(maxsplit=1) for line in lines if line.strip()]
    if not all(len(pair) == 2 for pair in pairs):
        raise ModelError(f"{SUMS_FILE} is not in the format of sha256sum.", cure=_CURE)
    return {name.lstrip("*").strip(): digest for digest, name in pairs}


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        raise ModelError(f"The model file {path.name} {reason}.", cure=_CURE) from None
