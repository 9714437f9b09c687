"""The builder of the configured index, without the engine around it."""

from __future__ import annotations

from index.ingest.build import IndexBuilder
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from index.store.folder import IndexFolder


def open_builder(settings: Settings) -> IndexBuilder:
    """Raises ModelError. Nothing is read of the index or of the documents yet."""
    tokenizer = WordPiece()
    return IndexBuilder(
        IndexFolder(settings.index_dir),
        settings.sources,
        MiniLmEmbedder(tokenizer, threads=settings.threads),
        tokenizer.count_pieces,
        settings.chroma_url,
    )
