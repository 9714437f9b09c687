"""A build in use, and what is derived from it once."""

from __future__ import annotations

import logging
import threading
from functools import cached_property
from typing import TYPE_CHECKING

from index.answer.followup.names import Names
from index.answer.spelling import Speller
from index.errors import IndexBuildError
from index.models.tokenizer import WordPiece
from index.store.build import Build

if TYPE_CHECKING:
    from index.facts.answers import FactBook


log = logging.getLogger(__name__)


class OpenBuild:
    """A build that questions lease: closed when it is retired and the last lease has ended."""

    def __init__(self, build: Build, tokenizer: WordPiece) -> None:
        self.build = build
        self._leases = 0
        self._retired = False
        self._lock = threading.Lock()
        self._tokenizer = tokenizer

    @cached_property
    def speller(self) -> Speller:
        """Mends questions by the words of this build."""
        texts = (document.text for document in self.build.documents)
        return Speller(texts, self._tokenizer.knows_word)

    @cached_property
    def facts(self) -> FactBook:
        """The fact sheets of this build; a question does not wait for them. Raises
        IndexBuildError."""
        # Imported here: most questions never look anything up.
        from index.facts.answers import FactBook
        from index.facts.storage import read_sheets

        build = self.build
        sheets = read_sheets(build.home, {d.id: d for d in build.documents})
        return FactBook(build.documents, build.passages, sheets, build.manifest.build_id)

    @cached_property
    def names(self) -> Names:
        """The names in the documents; none if the fact sheets cannot be read."""
        try:
            sheets = [self.facts.sheet(document.id) for document in self.build.documents]
        except IndexBuildError as error:
            log.debug("Names are told by their form alone: %s", error)
            return Names({})
        return Names.of_sheets(filter(None, sheets), self.speller.is_written_small)

    def lease(self) -> None:
        """Keeps the build open until :meth:`release`."""
        with self._lock:
            self._leases += 1

    def release(self) -> None:
        """Ends a lease."""
        with self._lock:
            self._leases -= 1
            last = self._retired and self._leases == 0
        if last:
            self.build.close()

    def retire(self) -> None:
        """Closes the build as soon as nobody uses it; it must not be leased any more."""
        with self._lock:
            self._retired = True
            unused = self._leases == 0
        if unused:
            self.build.close()
