"""The dense half of a build: passage vectors in Chroma, embedded or on a server.

The collection is written through LlamaIndex's ``ChromaVectorStore``, so any LlamaIndex program
can open it. Reading asks Chroma directly: the adapter returns exp(-distance) in place of the
cosine, rebuilds a node for every hit, and importing llama_index takes a cold ``footnote ask``
longer than everything else together.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import chromadb
from chromadb.api.client import Client
from chromadb.api.shared_system_client import SharedSystemClient
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from httpx import TransportError

from index.errors import IndexBuildError, StoreUnreachable
from index.models.embedder import Vectors

log = logging.getLogger(__name__)

#: A server may hold the collections of other programs beside ours.
COLLECTION_PREFIX = "footnote-"
#: Rows a call; Chroma's embedded store takes at most about 5,000.
BATCH = 1000
#: Chroma shares what clients of one folder have open, and keeps no lock over it: a second thread
#: would get a client that the first has not finished.
_CLIENTS = threading.Lock()
#: What SQLite says where it cannot write (https://sqlite.org/rescode.html, codes 8, 13 and 14).
_CANNOT_WRITE = (
    "attempt to write a readonly database",
    "database or disk is full",
    "unable to open database file",
)


class CannotWrite(IndexBuildError):
    """Chroma cannot write to its folder, which it does even to read."""


class DenseStore:
    """The vectors of one build. Thread-safe for reading."""

    def __init__(self, client: Client, build_id: str) -> None:
        self._client = client
        self._name = COLLECTION_PREFIX + build_id
        self._collection: Any = None

    @staticmethod
    def in_memory(build_id: str, ids: Sequence[str], vectors: Vectors) -> DenseStore:
        """A store of ``vectors`` that writes nothing, for a folder that cannot be written."""
        # Chroma has one memory a process: the collection may be there for another engine.
        quiet = ChromaSettings(anonymized_telemetry=False)
        with _CLIENTS:
            client = chromadb.EphemeralClient(quiet)
        store = DenseStore(cast(Client, client), build_id)
        collection = store.create()
        for start in range(0, len(ids), BATCH):
            part = slice(start, start + BATCH)
            collection.upsert(ids=list(ids[part]), embeddings=vectors[part])
        return store

    def create(self) -> Any:
        """Makes the collection, in cosine space (Chroma's default is squared L2)."""
        self._collection = self._client.get_or_create_collection(
            self._name,
            configuration={"hnsw": {"space": "cosine", "ef_search": 100}},
            embedding_function=None,
        )
        return self._collection

    def open(self) -> None:
        """Raises IndexBuildError if the collection is not there or cannot be read."""
        try:
            self._collection = self._client.get_collection(self._name, embedding_function=None)
        except Exception as error:
            raise chroma_failed(error) from error

    def count(self) -> int:
        """The number of vectors. Raises IndexBuildError if Chroma fails."""
        try:
            return int(self._collection.count())
        except Exception as error:
            raise chroma_failed(error) from error

    def query(self, vector: Vectors, k: int) -> list[tuple[str, float]]:
        """Ids and cosines of the ``k`` passages nearest to the unit ``vector``, best first.

        Raises IndexBuildError if Chroma fails.
        """
        try:
            found = self._collection.query(
                query_embeddings=[vector], n_results=k, include=["distances"]
            )
        except Exception as error:
            raise chroma_failed(error) from error
        ids, distances = found["ids"][0], found["distances"][0]
        return [(id_, 1.0 - float(distance)) for id_, distance in zip(ids, distances, strict=True)]

    def drop(self) -> None:
        """Deletes the collection, if it is there."""
        try:
            self._client.delete_collection(self._name)
        except (ChromaError, ValueError) as error:
            log.debug("collection %s was not deleted: %s", self._name, error)

    def close(self) -> None:
        """Releases Chroma's files or connections."""
        close_client(self._client)


def open_client(folder: Path, chroma_url: str | None) -> Client:
    """A Chroma client: embedded in ``folder``, or for the server at ``chroma_url``.

    Raises IndexBuildError if it cannot be had.
    """
    with _CLIENTS:
        return _open_embedded(folder) if chroma_url is None else _open_server(chroma_url)


def reach_server(chroma_url: str | None) -> None:
    """Raises StoreUnreachable if there should be a server at ``chroma_url`` and none answers."""
    if chroma_url is not None:
        close_client(open_client(Path(), chroma_url))


def close_client(client: Client) -> None:
    """Releases the files or connections of ``client``, unless another one shares them."""
    with _CLIENTS:
        client.close()


def _open_embedded(folder: Path) -> Client:
    try:
        quiet = ChromaSettings(anonymized_telemetry=False)
        return cast(Client, chromadb.PersistentClient(str(folder), quiet))
    except Exception as error:
        # Chroma keeps a client that failed to start, and would give it out the next time.
        SharedSystemClient._identifier_to_system.pop(str(folder), None)
        raise chroma_failed(error) from error


def _open_server(url: str) -> Client:
    parts = urlsplit(url)
    try:
        client = chromadb.HttpClient(
            parts.hostname or "localhost",
            parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except Exception as error:
        raise StoreUnreachable(
            f"The Chroma server at {url} does not answer.",
            cure="Start it (chroma run), correct CHROMA_URL, or unset it to use the embedded one.",
        ) from error
    return cast(Client, client)


def chroma_failed(error: Exception) -> IndexBuildError:
    """What an exception of Chroma, which share no base class, means for the user."""
    if isinstance(error, TransportError):
        return StoreUnreachable(
            f"The Chroma server does not answer ({type(error).__name__}).",
            cure="Start it again (chroma run), or unset CHROMA_URL to use the embedded one.",
        )
    reason = next((said for said in _CANNOT_WRITE if said in str(error)), None)
    if reason is not None:
        return CannotWrite(
            f"Chroma cannot write the index ({reason}).",
            cure="Free some space and make the index folder writable, "
            "or set FOOTNOTE_INDEX_DIR to one that is.",
        )
    return IndexBuildError(
        f"The vectors of the index cannot be read ({type(error).__name__}).",
        cure="Run footnote index --force to build the index anew.",
    )
