"""The dense half of a build: passage vectors in Chroma, embedded or on a server.

The collection is written through LlamaIndex's ``ChromaVectorStore``, so any LlamaIndex program
can open it. Reading asks Chroma directly: the adapter returns exp(-distance) in place of the
cosine, rebuilds a node for every hit, and importing llama_index takes a cold ``footnote ask``
longer than everything else together.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError
from httpx import TransportError

from index.errors import IndexBuildError
from index.models.embedder import Vectors

log = logging.getLogger(__name__)

#: A server may hold the collections of other programs beside ours.
COLLECTION_PREFIX = "footnote-"
#: Rows a call; Chroma's embedded store takes at most about 5,000.
BATCH = 1000


class DenseStore:
    """The vectors of one build. Thread-safe for reading."""

    def __init__(self, client: Client, build_id: str) -> None:
        self._client = client
        self._name = COLLECTION_PREFIX + build_id
        self._collection: Any = None

    def create(self) -> Any:
        """Makes the empty collection, in cosine space (Chroma's default is squared L2)."""
        self._collection = self._client.create_collection(
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

    def vectors(self, ids: Sequence[str]) -> dict[str, Vectors]:
        """The stored vectors of ``ids``; ids that are not there are left out.

        Raises IndexBuildError if Chroma fails.
        """
        stored: dict[str, Vectors] = {}
        for start in range(0, len(ids), BATCH):
            part = list(ids[start : start + BATCH])
            try:
                found = self._collection.get(ids=part, include=["embeddings"])
            except Exception as error:
                raise chroma_failed(error) from error
            rows = np.asarray(found["embeddings"], np.float32)
            stored.update(zip(found["ids"], rows, strict=True))
        return stored

    def drop(self) -> None:
        """Deletes the collection, if it is there."""
        try:
            self._client.delete_collection(self._name)
        except (ChromaError, ValueError) as error:
            log.debug("collection %s was not deleted: %s", self._name, error)

    def close(self) -> None:
        """Releases Chroma's files or connections."""
        self._client.close()


def open_client(folder: Path, chroma_url: str | None) -> Client:
    """A Chroma client: embedded in ``folder``, or for the server at ``chroma_url``.

    Raises IndexBuildError if it cannot be had.
    """
    quiet = ChromaSettings(anonymized_telemetry=False)
    try:
        if chroma_url is None:
            return cast(Client, chromadb.PersistentClient(str(folder), quiet))
        parts = urlsplit(chroma_url)
        return cast(
            Client,
            chromadb.HttpClient(
                parts.hostname or "localhost",
                parts.port or (443 if parts.scheme == "https" else 8000),
                ssl=parts.scheme == "https",
                settings=quiet,
            ),
        )
    except Exception as error:
        if chroma_url is None:
            raise chroma_failed(error) from error
        raise IndexBuildError(
            f"The Chroma server at {chroma_url} does not answer ({type(error).__name__}).",
            cure="Start it (chroma run), correct CHROMA_URL, or unset it to use the embedded one.",
        ) from error


def chroma_failed(error: Exception) -> IndexBuildError:
    """What an exception of Chroma, which share no base class, means for the user."""
    if isinstance(error, TransportError):
        return IndexBuildError(
            f"The Chroma server does not answer ({type(error).__name__}).",
            cure="Start it again (chroma run), or unset CHROMA_URL to use the embedded one.",
        )
    return IndexBuildError(
        f"The vectors of the index cannot be read ({type(error).__name__}).",
        cure="Run footnote index --force to build the index anew.",
    )
