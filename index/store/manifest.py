"""What a build of the index is made of, and which build is current."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from index.errors import IndexBuildError

MANIFEST_FILE = "manifest.json"
FORMAT = "footnote-index"
#: Raised when the files of a build change their form; older builds are then made anew.
FORMAT_VERSION = 4


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """How a source file looked when it was indexed: enough to tell that it is unchanged."""

    path: str
    size: int
    mtime_ns: int

    @staticmethod
    def of(path: Path) -> SourceStamp:
        """Raises OSError."""
        stat = path.stat()
        return SourceStamp(str(path), stat.st_size, stat.st_mtime_ns)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What an index depends on besides the documents. Another fingerprint, another index."""

    embedder: str
    dimensions: int
    splitter: int
    store: str
    #: Version of the fact sheets.
    facts: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The current build. It is written last and in one step: that publishes the build."""

    build_id: str
    built_at: datetime
    fingerprint: Fingerprint
    stamps: tuple[SourceStamp, ...]
    documents: int
    passages: int
    #: What was wrong with the sources that were left out, and the cure.
    left_out: tuple[tuple[str, str], ...] = ()

    def write(self, folder: Path) -> None:
        """Publishes this manifest in ``folder`` by an atomic rename. Raises OSError.

        Only to be called by one process at a time.
        """
        value = asdict(self) | {
            "format": FORMAT,
            "version": FORMAT_VERSION,
            "built_at": self.built_at.isoformat(),
        }
        target = folder / MANIFEST_FILE
        temporary = folder / f".{MANIFEST_FILE}.new"
        try:
            with temporary.open("w", encoding="utf-8") as file:
                json.dump(value, file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(folder)

    @staticmethod
    def read(folder: Path) -> Manifest | None:
        """The manifest in ``folder``; None if there is none, or one of another format version.

        Raises IndexBuildError if there is a file of that name which Footnote did not write.
        """
        path = folder / MANIFEST_FILE
        try:
            value = json.loads(path.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except NotADirectoryError:
            raise IndexBuildError(
                f"The index folder {folder} is not a folder.",
                cure="Set FOOTNOTE_INDEX_DIR to a folder that Footnote may write to.",
            ) from None
        except OSError as error:
            raise IndexBuildError(
                f"The index in {folder} cannot be read ({error.strerror}).",
                cure="Check the permissions of that folder, or set FOOTNOTE_INDEX_DIR to another.",
            ) from None
        except (ValueError, RecursionError):
            raise _foreign(path) from None
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            raise _foreign(path)
        if value.get("version") != FORMAT_VERSION:
            return None
        try:
            return _parse(value)
        except (KeyError, TypeError, ValueError):
            raise _foreign(path) from None


def _parse(value: dict[str, Any]) -> Manifest:
    return Manifest(
        build_id=str(value["build_id"]),
        built_at=datetime.fromisoformat(value["built_at"]),
        fingerprint=Fingerprint(**value["fingerprint"]),
        stamps=tuple(SourceStamp(**stamp) for stamp in value["stamps"]),
        documents=int(value["documents"]),
        passages=int(value["passages"]),
        left_out=tuple((str(what), str(cure)) for what, cure in value["left_out"]),
    )


def _foreign(path: Path) -> IndexBuildError:
    return IndexBuildError(
        f"{path} is damaged or was not written by Footnote.",
        cure="Run footnote index --force to build the index anew, "
        "or set FOOTNOTE_INDEX_DIR to a folder of its own.",
    )


def sync_tree(folder: Path) -> None:
    """Makes the files below ``folder`` survive a power cut. Raises OSError."""
    for here, _, names in os.walk(folder):
        for name in names:
            with (Path(here) / name).open("rb+") as file:
                os.fsync(file.fileno())
        sync_folder(Path(here))


def sync_folder(folder: Path) -> None:
    """Makes a rename in ``folder`` survive a power cut, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows does not open folders
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
