"""A passage as a LlamaIndex node: the form in which Chroma holds it."""

from __future__ import annotations

from llama_index.core.schema import TextNode

from index.types import Document, Passage


def to_node(passage: Passage, document: Document) -> TextNode:
    """``passage`` as a LlamaIndex node with offsets and where it stands."""
    return TextNode(
        id_=passage.id,
        text=passage.text,
        start_char_idx=passage.start,
        end_char_idx=passage.end,
        metadata={
            "document": document.id,
            "title": document.title,
            "sha256": document.sha256,
            "heading": passage.heading or "",
            "ordinal": passage.ordinal,
        },
        excluded_embed_metadata_keys=["document", "sha256", "ordinal"],
        excluded_llm_metadata_keys=["sha256", "ordinal"],
    )
