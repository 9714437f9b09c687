"""The peer: retrieval as LlamaIndex ships it, with the same embedder.

``SentenceSplitter`` and ``VectorStoreIndex`` with nothing changed but the chunk size. Each
document carries its title as metadata, which LlamaIndex puts before every chunk that it embeds,
as our passages carry their heading or title.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from llama_index.core import Document as LlamaDocument
from llama_index.core import VectorStoreIndex
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.schema import MetadataMode, NodeWithScore, TextNode

from index.models.embedder import Embedder
from index.models.llama_embedding import FootnoteEmbedding
from index.types import Span


@dataclass(frozen=True, slots=True)
class Chunking:
    """Sizes in tokens of the splitter's own tokenizer (tiktoken's cl100k_base)."""

    name: str
    size: int
    overlap: int


#: ``SentenceSplitter()``.
DEFAULT = Chunking("LlamaIndex, default chunks", 1024, 200)
#: About as long as our passages.
COMPARABLE = Chunking("LlamaIndex, chunks like ours", 128, 20)


@dataclass(frozen=True, slots=True)
class Text:
    """A document to index."""

    id: str
    title: str
    text: str


class Piece(NamedTuple):
    """A retrieved piece of a document."""

    document_id: str
    span: Span


class StockIndex:
    """A ``VectorStoreIndex`` over some texts."""

    def __init__(self, texts: Sequence[Text], embedder: Embedder, chunking: Chunking) -> None:
        self.index = VectorStoreIndex.from_documents(
            [LlamaDocument(text=t.text, id_=t.id, metadata={"title": t.title}) for t in texts],
            transformations=[
                SentenceSplitter(chunk_size=chunking.size, chunk_overlap=chunking.overlap)
            ],
            embed_model=FootnoteEmbedding(embedder),
        )
        self._texts: Mapping[str, str] = {t.id: t.text for t in texts}
        nodes = self.index.docstore.docs.values()
        self.pieces = [self._piece(node) for node in nodes if isinstance(node, TextNode)]
        #: Nodes whose own offsets do not give their text back.
        self.misplaced = sum(
            self._texts[node.ref_doc_id or ""][node.start_char_idx : node.end_char_idx] != node.text
            for node in nodes
            if isinstance(node, TextNode)
        )
        self._retrievers = {k: self.index.as_retriever(similarity_top_k=k) for k in (1, 8, 10, 50)}

    def retrieve(self, question: str, k: int) -> list[NodeWithScore]:
        """LlamaIndex's own ``retrieve``, the ``k`` best (1, 8, 10 or 50)."""
        return self._retrievers[k].retrieve(question)

    def ranked(self, question: str, k: int) -> list[Piece]:
        """The ``k`` best pieces."""
        found = self.retrieve(question, k)
        return [self._piece(item.node) for item in found if isinstance(item.node, TextNode)]

    def _piece(self, node: TextNode) -> Piece:
        """Where ``node`` stands: by its offsets if they hold, else by search, in its favour."""
        document_id = node.ref_doc_id or ""
        text = self._texts[document_id]
        content = node.get_content(MetadataMode.NONE)
        start = node.start_char_idx
        if start is None or text[start : start + len(content)] != content:
            start = max(text.find(content), 0)
        return Piece(document_id, Span(start, start + len(content)))
