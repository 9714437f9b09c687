"""The passage splitter as a LlamaIndex ``NodeParser``, whose nodes carry true offsets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

from llama_index.core.bridge.pydantic import PrivateAttr
from llama_index.core.node_parser import NodeParser
from llama_index.core.schema import BaseNode, MetadataMode, NodeRelationship, TextNode
from llama_index.core.schema import Document as LlamaDocument

from index.ingest.passages import MAX_PIECES, CountPieces, split_passages
from index.store.nodes import to_node
from index.types import Document


class PassageNodeParser(NodeParser):
    """Cuts LlamaIndex documents into passages of whole sentences.

    ``node.text == document.text[node.start_char_idx:node.end_char_idx]`` for every node.
    A document's metadata may hold ``title``, ``language`` and ``source``; a source that ends in
    ``.md`` is split as Markdown.
    """

    max_pieces: int = MAX_PIECES
    _count_pieces: CountPieces = PrivateAttr()

    def __init__(self, count_pieces: CountPieces, max_pieces: int = MAX_PIECES) -> None:
        super().__init__(max_pieces=max_pieces)
        self._count_pieces = count_pieces

    @classmethod
    def class_name(cls) -> str:
        return "PassageNodeParser"

    def _parse_nodes(
        self, nodes: Sequence[BaseNode], show_progress: bool = False, **kwargs: Any
    ) -> list[BaseNode]:
        found: list[BaseNode] = []
        for node in nodes:
            document = _from_llama(node)
            for passage in split_passages(document, self._count_pieces, self.max_pieces):
                child = to_node(passage, document)
                child.relationships[NodeRelationship.SOURCE] = node.as_related_node_info()
                found.append(child)
        return found

    def _postprocess_parsed_nodes(
        self, nodes: list[BaseNode], parent_doc_map: dict[str, LlamaDocument]
    ) -> list[BaseNode]:
        # The base class looks for each node's text again and may find an earlier copy of it.
        offsets = [(n.start_char_idx, n.end_char_idx) for n in nodes if isinstance(n, TextNode)]
        nodes = super()._postprocess_parsed_nodes(nodes, parent_doc_map)
        for node, (start, end) in zip(nodes, offsets, strict=True):
            assert isinstance(node, TextNode)
            node.start_char_idx, node.end_char_idx = start, end
        return nodes


def _from_llama(node: BaseNode) -> Document:
    text = node.get_content(metadata_mode=MetadataMode.NONE)
    metadata = {str(key): str(value) for key, value in node.metadata.items()}
    return Document(
        id=node.node_id,
        source=metadata.get("source") or metadata.get("file_path") or node.node_id,
        title=metadata.get("title") or metadata.get("file_name") or node.node_id,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language=metadata.get("language"),
        metadata=metadata,
    )
