"""The build that is answered from: brought up to date, opened, and exchanged for a newer one."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from index.answer.open_build import OpenBuild
from index.errors import FootnoteError, IndexBuildError, StoreUnreachable
from index.ingest.build import BuildReport, IndexBuilder, OnProgress
from index.models.tokenizer import WordPiece
from index.store.build import Build
from index.store.folder import IndexFolder

log = logging.getLogger(__name__)

#: Seconds until a newer build is tried again whose server did not answer.
RETRY_S = 30.0


class CurrentBuild:
    """The current build of an index. Thread-safe: a build stays open while it is leased, whatever
    is published meanwhile."""

    def __init__(
        self,
        folder: IndexFolder,
        builder: IndexBuilder,
        tokenizer: WordPiece,
        chroma_url: str | None = None,
    ) -> None:
        self._folder = folder
        self._builder = builder
        self._tokenizer = tokenizer
        self._chroma_url = chroma_url
        self._lock = threading.Lock()
        #: Held while a build is opened: many threads may notice it at once.
        self._opening = threading.Lock()
        self._seen_ns = 0
        #: On the monotonic clock; a server that does not answer is not asked at every question.
        self._retry_at = 0.0
        self._opened: OpenBuild | None = None

    def prepare(self, progress: OnProgress | None = None) -> None:
        """Opens the current build; brings the index up to date before, if need be."""
        if self._is_current():
            _log_problems(self._builder.missing())  # as often as it is not there
        else:
            try:
                _log_problems(self._builder.build(progress).problems)
            except IndexBuildError as error:
                # An index that cannot be written may still be one that answers.
                manifest = self._folder.current()
                if manifest is None or manifest.fingerprint != self._builder.fingerprint:
                    raise
                when = f"{manifest.built_at:%Y-%m-%d %H:%M} UTC"
                log.warning("%s The index is used as it was at %s.", error.what, when)
        try:
            self._open()
        except StoreUnreachable:
            raise  # building anew would need it, too
        except IndexBuildError as error:
            log.warning("%s It is built anew.", error.what)
            self._builder.build(progress, force=True)
            self._open()

    def refresh(self) -> bool:
        """Changes over to a newer published build, if there is one; costs a file stat."""
        seen = self._folder.changed_ns()
        if seen == self._seen_ns or time.monotonic() < self._retry_at:
            return False
        before = self._build_id
        try:
            self._open()
        except StoreUnreachable as error:
            log.warning("%s The build that is open stays in use for now.", error.what)
            self._retry_at = time.monotonic() + RETRY_S
        except IndexBuildError as error:
            # Not looked at again; a build that was published meanwhile has another stamp.
            log.warning("%s The build that is open stays in use.", error.what)
            self._seen_ns = seen
        return self._build_id != before

    def rebuild(self, progress: OnProgress | None = None, *, force: bool = False) -> BuildReport:
        """Brings the index up to date beside the build that answers, then changes over."""
        report = self._builder.build(progress, force=force)
        _log_problems(report.problems)
        self.refresh()
        return report

    def close(self) -> None:
        """Releases the index; questions that are being answered are finished first."""
        with self._lock:
            opened, self._opened = self._opened, None
        if opened is not None:
            opened.retire()

    @property
    def opened(self) -> OpenBuild:
        """The open build. Raises IndexBuildError if there is none any more."""
        opened = self._opened
        if opened is None:
            raise IndexBuildError("The index is closed.", cure="Open the engine again.")
        return opened

    def _is_current(self) -> bool:
        try:
            return self._builder.is_current()
        except IndexBuildError as error:
            log.debug("%s", error)
            return False

    def _open(self) -> None:
        with self._opening:
            seen = self._folder.changed_ns()
            manifest = self._folder.current()
            if manifest is None:
                raise IndexBuildError("There is no index.", cure="Run footnote index.")
            old = self._opened
            if old is None or old.build.manifest.build_id != manifest.build_id:
                build = Build.open(self._folder, manifest, self._chroma_url)
                with self._lock:
                    old, self._opened = self._opened, OpenBuild(build, self._tokenizer)
                if old is not None:
                    old.retire()
            self._seen_ns = seen

    @contextmanager
    def lease(self) -> Iterator[OpenBuild]:
        """The current build, kept open until the end of the ``with`` block."""
        self.refresh()
        with self._lock:
            opened = self.opened
            opened.lease()
        try:
            yield opened
        finally:
            opened.release()

    @property
    def _build_id(self) -> str:
        return self.opened.build.manifest.build_id


def _log_problems(problems: Sequence[FootnoteError]) -> None:
    for problem in problems:
        log.warning("%s", problem)
