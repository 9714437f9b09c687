"""Documents in, a published build of the index out."""

from __future__ import annotations

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import FootnoteError, IndexBuildError, SourceError
from index.facts import SHEET_VERSION
from index.ingest.blocks import split_blocks
from index.ingest.load import load_documents
from index.ingest.passages import SPLITTER_VERSION, CountPieces, embedding_text, pack_passages
from index.ingest.sources import SIDECAR_SUFFIX, SourceFile, find_sources, missing_sources
from index.models.embedder import Embedder, Vectors
from index.store.build import Build, write_build
from index.store.dense import reach_server
from index.store.folder import IndexFolder
from index.store.manifest import Fingerprint, Manifest, SourceStamp
from index.types import Block, Document, Passage

if TYPE_CHECKING:
    from index.facts.types import FactSheet

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: ``done`` of ``total`` in the stage named ``stage``."""

    stage: str
    done: int
    total: int


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. ``problems`` are the sources that were left out."""

    build_id: str
    documents: int
    passages: int
    #: Passages whose vectors were taken from the build before.
    reused_passages: int
    seconds: float
    #: False if the index was up to date, and nothing was done.
    changed: bool
    problems: tuple[FootnoteError, ...] = ()


class IndexBuilder:
    """Builds the index of some sources in a folder, and knows whether it is up to date."""

    def __init__(
        self,
        folder: IndexFolder,
        sources: Sequence[Path],
        embedder: Embedder,
        count_pieces: CountPieces,
        chroma_url: str | None = None,
    ) -> None:
        self._folder = folder
        self._sources = tuple(sources)
        self._embedder = embedder
        self._count_pieces = count_pieces
        self._chroma_url = chroma_url
        self.fingerprint = Fingerprint(
            embedder.name,
            embedder.dimensions,
            SPLITTER_VERSION,
            chroma_url or "embedded",
            SHEET_VERSION,
        )

    def is_current(self) -> bool:
        """Whether the published build matches the sources and this version of Footnote.

        Looks at sizes and times of the files only. Raises IndexBuildError for a damaged index.
        """
        manifest = self._folder.current()
        files, _ = find_sources(self._sources)
        return manifest is not None and self._matches(manifest, files)

    def missing(self) -> tuple[SourceError, ...]:
        """A problem for each named source that is not there."""
        return missing_sources(self._sources)

    def build(self, on_progress: OnProgress | None = None, *, force: bool = False) -> BuildReport:
        """Brings the index up to date; with ``force``, makes it anew whatever is there.

        A source that cannot be read is reported in ``problems`` and left out. Raises SourceError
        if none can be read, and IndexBuildError if the index cannot be written; the build that
        was current then still is.
        """
        # Imported here: a cold question finds the index built, and should not wait for them.
        from index.facts.sheets import known_sheets, make_sheets
        from index.facts.storage import write_sheets

        started = time.perf_counter()
        report = on_progress or (lambda _: None)
        with self._folder.writing():
            published = self._published(force)
            manifest = None if force else published
            files, missing = find_sources(self._sources)
            if manifest and not missing and self._matches(manifest, files):
                return self._unchanged(manifest, started, ())
            stamps = _stamps(files)
            report(Progress("Reading", 0, len(files)))
            documents, unread = load_documents(files)
            report(Progress("Splitting", 0, len(documents)))
            documents, blocks, passages, wordless = self._split(documents)
            left_out = (*unread, *wordless)
            if not documents:
                raise _nothing_to_index((*missing, *left_out), self._sources)
            fresh = Manifest(
                build_id=f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}",
                built_at=datetime.now(UTC),
                fingerprint=self.fingerprint,
                stamps=stamps,
                documents=len(documents),
                passages=len(passages),
                left_out=tuple((error.what, error.cure) for error in left_out),
            )
            known: dict[str, Vectors] = {}
            sheets: dict[str, FactSheet] = {}
            with self._previous(manifest) as previous:
                if manifest and previous and _same(previous.documents, documents):
                    # Touched, not changed: the build stays, with the new times.
                    touched = replace(manifest, stamps=stamps, left_out=fresh.left_out)
                    self._folder.publish(touched)
                    return self._unchanged(touched, started, missing)
                if previous:
                    known = _known_vectors(previous)
                    sheets = known_sheets(previous, documents)
            reach_server(self._chroma_url)  # before the long work, not after it
            titles = {document.id: document.title for document in documents}
            texts = [embedding_text(p, titles[p.document_id]) for p in passages]
            vectors = self._embed(texts, known, report)
            made = make_sheets(
                documents,
                blocks,
                passages,
                vectors,
                known=sheets,
                embed=self._embedder.embed,
                on_progress=lambda done: report(Progress("Fact sheets", done, len(documents))),
            )
            report(Progress("Storing", 0, len(passages)))
            write_build(
                self._folder,
                fresh,
                documents,
                passages,
                texts,
                vectors,
                language=_main_language(documents),
                chroma_url=self._chroma_url,
                keep=published.build_id if published else None,
                write_more=lambda home: write_sheets(home, made),
            )
            report(Progress("Storing", len(passages), len(passages)))
        return BuildReport(
            fresh.build_id,
            len(documents),
            len(passages),
            sum(text in known for text in texts),
            time.perf_counter() - started,
            True,
            (*missing, *left_out),
        )

    def _published(self, force: bool) -> Manifest | None:
        try:
            return self._folder.current()
        except IndexBuildError:
            if force:  # made anew whatever is there
                return None
            raise

    def _split(
        self, documents: Sequence[Document]
    ) -> tuple[tuple[Document, ...], list[tuple[Block, ...]], list[Passage], list[SourceError]]:
        """The documents that have passages, their blocks and passages, and a problem for each of
        the others."""
        kept: list[Document] = []
        blocks: list[tuple[Block, ...]] = []
        passages: list[Passage] = []
        problems: list[SourceError] = []
        for document in documents:
            cut = split_blocks(document)
            found = pack_passages(document, cut, self._count_pieces)
            if found:
                kept.append(document)
                blocks.append(cut)
                passages.extend(found)
            else:
                problems.append(_wordless(document))
        return tuple(kept), blocks, passages, problems

    def _matches(self, manifest: Manifest, files: Sequence[SourceFile]) -> bool:
        try:
            stamps = _stamps(files)
        except SourceError:
            return False
        return manifest.fingerprint == self.fingerprint and manifest.stamps == stamps

    def _unchanged(
        self, manifest: Manifest, started: float, missing: tuple[SourceError, ...]
    ) -> BuildReport:
        left_out = (SourceError(what, cure=cure) for what, cure in manifest.left_out)
        return BuildReport(
            manifest.build_id,
            manifest.documents,
            manifest.passages,
            manifest.passages,
            time.perf_counter() - started,
            False,
            (*missing, *left_out),
        )

    @contextmanager
    def _previous(self, manifest: Manifest | None) -> Iterator[Build | None]:
        """The build to take vectors from: only one whose vectors mean the same."""
        build = None
        if manifest is not None and manifest.fingerprint == self.fingerprint:
            try:
                build = Build.open(self._folder, manifest, self._chroma_url)
            except IndexBuildError as error:
                log.warning("%s It is built anew.", error.what)
        try:
            yield build
        finally:
            if build is not None:
                build.close()

    def _embed(
        self, texts: Sequence[str], known: Mapping[str, Vectors], report: OnProgress
    ) -> Vectors:
        """Vectors of ``texts`` in order, those in ``known`` from there."""
        new = [text for text in dict.fromkeys(texts) if text not in known]
        total = len(new)
        report(Progress("Embedding", 0, total))
        fresh = self._embedder.embed(
            new, on_progress=lambda done: report(Progress("Embedding", done, total))
        )
        by_text = {**known, **dict(zip(new, fresh, strict=True))}
        return np.stack([by_text[text] for text in texts])


def _known_vectors(build: Build) -> dict[str, Vectors]:
    """The text that each vector of ``build`` was made from, and the vector."""
    titles = {document.id: document.title for document in build.documents}
    return {
        embedding_text(passage, titles[passage.document_id]): vector
        for passage, vector in zip(build.passages, build.vectors, strict=True)
    }


def _stamps(files: Sequence[SourceFile]) -> tuple[SourceStamp, ...]:
    """Stamps of the files and their sidecars, in order. A file that is gone has none."""
    stamps: list[SourceStamp] = []
    for file in files:
        for path in (file.path, file.path.with_name(file.path.stem + SIDECAR_SUFFIX)):
            try:
                stamps.append(SourceStamp.of(path))
            except OSError:
                continue  # no sidecar; a missing source is reported when it is loaded
    return tuple(stamps)


def _same(before: Sequence[Document], after: Sequence[Document]) -> bool:
    return tuple(before) == tuple(after)


def _main_language(documents: Sequence[Document]) -> str | None:
    """The language of most documents: the word index has one stemmer."""
    counts = Counter(d.language for d in documents if d.language)
    return counts.most_common(1)[0][0] if counts else None


def _wordless(document: Document) -> SourceError:
    return SourceError(
        f"{document.id} is empty: it holds no words besides front matter and comments.",
        cure="Put text into it, or remove it.",
    )


def _nothing_to_index(problems: Sequence[FootnoteError], sources: Sequence[Path]) -> SourceError:
    if problems:
        first, more = problems[0], len(problems) - 1
        tail = f" ({more} more like it.)" if more else ""
        return SourceError(f"No document can be read. {first.what}{tail}", cure=first.cure)
    places = ", ".join(map(str, sources))
    return SourceError(
        f"There are no documents in {places}.",
        cure="Put a text or Markdown file there, or set FOOTNOTE_SOURCES to where yours are.",
    )
