"""Embedders to and from LlamaIndex."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.bridge.pydantic import PrivateAttr

from index.models.embedder import Embedder, Vectors


class FootnoteEmbedding(BaseEmbedding):
    """Our embedder as a LlamaIndex ``BaseEmbedding``, for LlamaIndex programs."""

    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name=embedder.name)
        self._embedder = embedder

    @classmethod
    def class_name(cls) -> str:
        return "FootnoteEmbedding"

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [[float(x) for x in row] for row in self._embedder.embed(texts)]


class LlamaIndexEmbedder:
    """Any LlamaIndex embedding as the embedder of an index. Vectors are scaled to unit length."""

    BATCH = 64

    def __init__(self, embedding: BaseEmbedding) -> None:
        self._embedding = embedding
        self.name = f"{embedding.class_name()}/{embedding.model_name}"
        self.dimensions = len(embedding.get_query_embedding("dimensions"))

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors, texts × dimensions."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for start in range(0, len(texts), self.BATCH):
            part = list(texts[start : start + self.BATCH])
            rows[start : start + len(part)] = self._embedding.get_text_embedding_batch(part)
            if on_progress:
                on_progress(start + len(part))
        norms = np.linalg.norm(rows, axis=1, keepdims=True)
        rows /= np.where(norms == 0, 1, norms)
        return rows
