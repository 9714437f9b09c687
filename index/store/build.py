"""One build of the index: written once, then only read."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
from httpx import TransportError

from index.errors import IndexBuildError
from index.models.embedder import Vectors
from index.store.dense import (
    BATCH,
    CannotWrite,
    DenseStore,
    chroma_failed,
    close_client,
    open_client,
)
from index.store.folder import IndexFolder
from index.store.lexical import LexicalStore
from index.store.manifest import Manifest, sync_tree
from index.store.texts import read_texts, write_texts
from index.types import Document, Passage

log = logging.getLogger(__name__)

CHROMA_FOLDER = "chroma"
VECTORS_FILE = "vectors.npy"


class Build:
    """A published build, open for reading. Thread-safe."""

    def __init__(
        self,
        manifest: Manifest,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        vectors: Vectors,
        dense: DenseStore,
        lexical: LexicalStore,
        home: Path,
    ) -> None:
        #: The folder of the build, for what other parts of the house keep in it.
        self.home = home
        self.manifest = manifest
        self.documents = tuple(documents)
        self.passages = tuple(passages)
        #: Of the passages, in their order; unit vectors. They stay in the file until looked at.
        self.vectors = vectors
        self.dense = dense
        self.lexical = lexical
        self._documents = {document.id: document for document in documents}
        self._passages = {passage.id: passage for passage in passages}

    @staticmethod
    def open(folder: IndexFolder, manifest: Manifest, chroma_url: str | None) -> Build:
        """Raises IndexBuildError if any part of the build is missing or damaged."""
        home = folder.build_folder(manifest.build_id)
        try:
            documents, passages = read_texts(home)
            vectors = np.load(home / VECTORS_FILE, mmap_mode="r")
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            raise _damaged(type(error).__name__) from error
        if not manifest.passages == len(passages) == len(vectors):
            raise _damaged("parts are missing")
        lexical = LexicalStore.load(home)
        try:
            dense = _open_dense(home, manifest, chroma_url)
        except CannotWrite as error:
            log.info("%s Its vectors are held in memory.", error.what)
            dense = DenseStore.in_memory(manifest.build_id, [p.id for p in passages], vectors)
        return Build(manifest, documents, passages, vectors, dense, lexical, home)

    def document(self, document_id: str) -> Document | None:
        """The document of that id, if it is in this build."""
        return self._documents.get(document_id)

    def passage(self, passage_id: str) -> Passage | None:
        """The passage of that id, if it is in this build."""
        return self._passages.get(passage_id)

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Passage id to its position in ``passages``."""
        return {passage.id: position for position, passage in enumerate(self.passages)}

    def close(self) -> None:
        """Releases files and connections; the build must not be used after."""
        self.dense.close()


def write_build(
    folder: IndexFolder,
    manifest: Manifest,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    texts: Sequence[str],
    vectors: Vectors,
    *,
    language: str | None,
    chroma_url: str | None,
    keep: str | None,
    write_more: Callable[[Path], None] = lambda _: None,
) -> None:
    """Writes a build beside the others and publishes it; then removes all but it and ``keep``,
    which a running process may still have open. ``texts`` are what the passages are found by;
    ``write_more`` adds files to the folder of the build.

    Raises IndexBuildError; what was published before then still is.
    """
    home = folder.build_folder(manifest.build_id)
    with folder.discarding(manifest.build_id):
        with folder.disk_errors():
            home.mkdir(parents=True)
            write_texts(home, documents, passages)
            np.save(home / VECTORS_FILE, vectors)
            LexicalStore.build(texts, language).save(home)
            write_more(home)
        client = open_client(home / CHROMA_FOLDER, chroma_url)
        try:
            _store_vectors(DenseStore(client, manifest.build_id), documents, passages, vectors)
            with folder.disk_errors():
                sync_tree(home)
            folder.publish(manifest)
            removed = folder.remove_old({manifest.build_id} | ({keep} if keep else set()))
            if chroma_url is not None:
                for build_id in removed:
                    DenseStore(client, build_id).drop()
        finally:
            close_client(client)


def _store_vectors(
    dense: DenseStore,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    vectors: Vectors,
) -> None:
    # Imported here: a cold question never writes, and should not wait for llama_index.
    from llama_index.core.schema import BaseNode
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from index.store.nodes import to_node

    by_id = {document.id: document for document in documents}
    try:
        store = ChromaVectorStore(chroma_collection=dense.create())
        for start in range(0, len(passages), BATCH):
            nodes: list[BaseNode] = []
            for passage, vector in zip(
                passages[start : start + BATCH], vectors[start : start + BATCH], strict=True
            ):
                node = to_node(passage, by_id[passage.document_id])
                node.embedding = vector.tolist()
                nodes.append(node)
            store.add(nodes)
    except Exception as error:
        failure = chroma_failed(error)
        if isinstance(error, TransportError) or isinstance(failure, CannotWrite):
            raise failure from error
        raise IndexBuildError(
            f"Chroma cannot store the vectors ({type(error).__name__}: {str(error)[:200]}).",
            cure="Check that the index folder is writable and that its disk has space.",
        ) from error
    if dense.count() != len(passages):
        raise IndexBuildError(
            "Chroma did not store every vector.", cure="Run footnote index --force."
        )


def _open_dense(home: Path, manifest: Manifest, chroma_url: str | None) -> DenseStore:
    """The vectors of a build as Chroma holds them. Raises IndexBuildError."""
    if chroma_url is None and not (home / CHROMA_FOLDER).is_dir():
        raise _damaged("no vectors")  # Chroma would make an empty folder
    dense = DenseStore(open_client(home / CHROMA_FOLDER, chroma_url), manifest.build_id)
    try:
        dense.open()
        if dense.count() != manifest.passages:
            raise _damaged("parts are missing")
    except IndexBuildError:
        dense.close()
        raise
    return dense


def _damaged(reason: str) -> IndexBuildError:
    return IndexBuildError(
        f"The index is damaged ({reason}).",
        cure="Run footnote index --force to build it anew.",
    )
