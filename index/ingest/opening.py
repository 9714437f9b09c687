"""Puts an index builder together from the settings."""

from __future__ import annotations

from index.ingest.build import IndexBuilder
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from index.store.folder import IndexFolder


def open_builder(settings: Settings) -> IndexBuilder:
    """The builder of the configured index. Nothing is read of the index or the documents yet.

    Raises ModelError.
    """
    tokenizer = WordPiece()
    return assemble(settings, tokenizer, MiniLmEmbedder(tokenizer, threads=settings.threads))


def assemble(settings: Settings, tokenizer: WordPiece, embedder: MiniLmEmbedder) -> IndexBuilder:
    """The same, with models that are open already."""
    return IndexBuilder(
        IndexFolder(settings.index_dir),
        settings.sources,
        embedder,
        tokenizer.count_pieces,
        settings.chroma_url,
    )
