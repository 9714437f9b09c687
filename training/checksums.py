"""SHA256SUMS of a folder, in the form that ``sha256sum -c`` reads.

python -m training.checksums index/models/weights
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

LISTED = {".onnx", ".json"}


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_checksums(folder: Path) -> Path:
    """List every model and tokenizer of ``folder`` in its ``SHA256SUMS``."""
    target = folder / "SHA256SUMS"
    listed = sorted(path for path in folder.iterdir() if path.suffix in LISTED)
    target.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in listed), "utf-8")
    return target


if __name__ == "__main__":
    print(write_checksums(Path(sys.argv[1])).read_text("utf-8"), end="")
