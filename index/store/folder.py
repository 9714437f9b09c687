"""The index folder: builds beside one another, and the manifest that says which is current.

::

    index/manifest.json          the current build; replaced by one rename
    index/builds/<id>/           documents.jsonl, passages.jsonl, vectors.npy, bm25/, chroma/
    index/lock                   held while a build is written

A crash at any point leaves the old manifest with the old build, or the new with the new.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import IndexBuildError
from index.store.manifest import MANIFEST_FILE, Manifest

log = logging.getLogger(__name__)

BUILDS_FOLDER = "builds"
LOCK_FILE = "lock"
#: When a build was begun, in UTC, and a few random digits.
BUILD_ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")
LOCK_TIMEOUT_S = 600


class IndexFolder:
    """Where the builds of one index live."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def current(self) -> Manifest | None:
        """The published build, if any. Raises IndexBuildError if the manifest is damaged."""
        return Manifest.read(self.root)

    def changed_ns(self) -> int:
        """When the manifest was last replaced, in nanoseconds; 0 if there is none."""
        try:
            return (self.root / MANIFEST_FILE).stat().st_mtime_ns
        except OSError:
            return 0

    def build_folder(self, build_id: str) -> Path:
        """Where the files of a build are."""
        return self.root / BUILDS_FOLDER / build_id

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the right to write; others wait. Errors of the disk become IndexBuildError."""
        with self.disk_errors():
            (self.root / BUILDS_FOLDER).mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / LOCK_FILE, timeout=LOCK_TIMEOUT_S)
        try:
            with self.disk_errors():
                lock.acquire()
        except Timeout:
            raise IndexBuildError(
                "Another process has been building this index for ten minutes.",
                cure="Wait for it, or end it and try again.",
            ) from None
        try:
            yield
        finally:
            lock.release()

    @contextlib.contextmanager
    def disk_errors(self) -> Iterator[None]:
        """Turns an OSError into an IndexBuildError that says what to change."""
        try:
            yield
        except Timeout:
            raise
        except OSError as error:
            raise _unwritable(self.root, error) from error

    def publish(self, manifest: Manifest) -> None:
        """Makes ``manifest`` the current one, in one step."""
        with self.disk_errors():
            manifest.write(self.root)

    @contextlib.contextmanager
    def discarding(self, build_id: str) -> Iterator[None]:
        """Deletes the files of the build if it fails: a full disk must not stay full of it."""
        try:
            yield
        except BaseException:
            shutil.rmtree(self.build_folder(build_id), ignore_errors=True)
            raise

    def remove_old(self, keep: set[str]) -> list[str]:
        """Deletes the builds not in ``keep``, half-written ones among them; returns their ids.
        What Footnote did not make stays.

        Only to be called while holding :meth:`writing`.
        """
        removed: list[str] = []
        for folder in (self.root / BUILDS_FOLDER).iterdir():
            if folder.name not in keep and BUILD_ID.fullmatch(folder.name) and folder.is_dir():
                shutil.rmtree(folder, ignore_errors=True)
                removed.append(folder.name)
                log.debug("removed the old build %s", folder.name)
        return removed


def _unwritable(root: Path, error: OSError) -> IndexBuildError:
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return IndexBuildError(
            f"The disk that holds the index is full ({root}).",
            cure="Free some space, or set FOOTNOTE_INDEX_DIR to another disk. "
            "The index that was there is untouched.",
        )
    reason = error.strerror or type(error).__name__
    return IndexBuildError(
        f"The index cannot be written to {root} ({reason}).",
        cure="Make the folder writable, or set FOOTNOTE_INDEX_DIR to one that is.",
    )
