"""Footnote as a LlamaIndex query engine, to drop into LlamaIndex programs."""

from __future__ import annotations

import asyncio
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.response.schema import Response
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.answer.engine import Engine
from index.types import Answer, Citation


class FootnoteQueryEngine(BaseQueryEngine):
    """Answers as ``Engine.ask`` does.

    ``Response.source_nodes`` are the citations: each node's text is the verbatim quote, with
    ``start_char_idx`` and ``end_char_idx`` into the document. ``Response.metadata`` holds
    ``status``, ``short_answer``, ``confidence`` and ``build``.
    """

    def __init__(self, engine: Engine) -> None:
        super().__init__(callback_manager=None)
        self._engine = engine

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}

    def _query(self, query_bundle: QueryBundle) -> Response:
        return to_response(self._engine.ask(query_bundle.query_str))

    async def _aquery(self, query_bundle: QueryBundle) -> Response:
        return await asyncio.to_thread(self._query, query_bundle)


def to_response(answer: Answer) -> Response:
    """``answer`` in LlamaIndex's form."""
    metadata: dict[str, Any] = {
        "status": answer.status.value,
        "short_answer": answer.short_answer,
        "confidence": answer.confidence,
        "build": answer.build_id,
    }
    nodes = [
        NodeWithScore(node=_quote_node(citation), score=answer.confidence)
        for citation in answer.citations
    ]
    return Response(response=answer.text, source_nodes=nodes, metadata=metadata)


def _quote_node(citation: Citation) -> TextNode:
    return TextNode(
        id_=f"{citation.document_sha256[:16]}:{citation.start}:{citation.end}",
        text=citation.quote,
        start_char_idx=citation.start,
        end_char_idx=citation.end,
        metadata={
            "number": citation.number,
            "document": citation.document_id,
            "sha256": citation.document_sha256,
            "title": citation.title,
            "section": citation.passage.heading or "",
        },
    )
