"""The documents and passages of a build, as JSON lines beside the vectors.

Citations are proved against these texts, not against the files, which may change after a build.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from index.types import BlockKind, Document, Passage, Span

DOCUMENTS_FILE = "documents.jsonl"
PASSAGES_FILE = "passages.jsonl"


def write_texts(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Writes both files into ``folder``. Raises OSError."""
    _write(folder / DOCUMENTS_FILE, map(_document_row, documents))
    _write(folder / PASSAGES_FILE, map(_passage_row, passages))


def read_texts(folder: Path) -> tuple[tuple[Document, ...], tuple[Passage, ...]]:
    """What :func:`write_texts` wrote. Raises OSError, or ValueError, KeyError or TypeError for
    files it did not write."""
    documents = tuple(map(_document, _read(folder / DOCUMENTS_FILE)))
    texts = {document.id: document.text for document in documents}
    passages = tuple(_passage(row, texts) for row in _read(folder / PASSAGES_FILE))
    return documents, passages


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")


def _read(path: Path) -> Iterator[dict[str, Any]]:
    # Not by splitlines(): documents may hold other line separators, such as U+2028.
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)


def _document_row(document: Document) -> dict[str, Any]:
    return {
        "id": document.id,
        "source": document.source,
        "title": document.title,
        "text": document.text,
        "sha256": document.sha256,
        "published": document.published.isoformat() if document.published else None,
        "language": document.language,
        "metadata": dict(document.metadata),
    }


def _document(row: dict[str, Any]) -> Document:
    if hashlib.sha256(row["text"].encode()).hexdigest() != row["sha256"]:
        raise ValueError("a text is not the one that was indexed")
    published = row.pop("published")
    return Document(**row, published=date.fromisoformat(published) if published else None)


def _passage_row(passage: Passage) -> dict[str, Any]:
    return {
        "id": passage.id,
        "document_id": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "heading": passage.heading,
        "ordinal": passage.ordinal,
        "sentences": passage.sentences,
        "kind": passage.kind,
    }


def _passage(row: dict[str, Any], texts: dict[str, str]) -> Passage:
    text = texts[row["document_id"]][row["start"] : row["end"]]
    sentences = tuple(Span(*span) for span in row.pop("sentences"))
    kind = BlockKind(row.pop("kind"))
    return Passage(**row, text=text, sentences=sentences, kind=kind)
