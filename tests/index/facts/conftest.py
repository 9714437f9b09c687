"""Sheets of the shipped article, of the texts in tests/data, and of what a test writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date

import pytest

from index.facts.sheet import Material, make_sheet
from index.facts.types import FactSheet
from index.ingest.blocks import split_blocks
from index.ingest.load import load_document
from index.ingest.passages import embedding_text, pack_passages
from index.ingest.sources import SourceFile
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.types import Document
from tests.data.cases import ARTICLE, TEXTS

MakeSheet = Callable[[Document], FactSheet]


def written(text: str, *, published: date | None = None, language: str | None = None) -> Document:
    """A plain text document."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Document("a.txt", "a.txt", "A text", text, digest, published, language)


@pytest.fixture(scope="session")
def make(embedder: MiniLmEmbedder, tokenizer: WordPiece) -> MakeSheet:
    """Makes the sheet of a document with the shipped embedder."""

    def make_one(document: Document) -> FactSheet:
        blocks = split_blocks(document)
        passages = pack_passages(document, blocks, tokenizer.count_pieces)
        texts = [embedding_text(passage, document.title) for passage in passages]
        material = Material(document, blocks, passages, embedder.embed(texts))
        return make_sheet(material, embedder.embed)

    return make_one


@pytest.fixture(scope="session")
def article() -> Document:
    return load_document(SourceFile(ARTICLE.name, ARTICLE))


@pytest.fixture(scope="session")
def article_sheet(make: MakeSheet, article: Document) -> FactSheet:
    return make(article)


@pytest.fixture(scope="session")
def texts() -> list[Document]:
    """The texts of nine genres."""
    return [load_document(SourceFile(path.name, path)) for path in sorted(TEXTS.iterdir())]
