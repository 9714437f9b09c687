"""Footnote inside a LlamaIndex program."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.schema import QueryBundle, TextNode
from llama_index.core.tools import QueryEngineTool

from index import Engine, FootnoteQueryEngine
from index.settings import Settings

OpenEngine = Callable[[Settings], Engine]
QUESTION = "Who planted the garden?"


@pytest.fixture
def showing(settings: Settings, opened: OpenEngine) -> Engine:
    """An engine that shows every answer, however unsure."""
    return opened(settings.model_copy(update={"threshold": 0.0}))


async def test_source_nodes_are_the_citations_with_offsets(showing: Engine) -> None:
    queries = FootnoteQueryEngine(showing)
    assert isinstance(queries, BaseQueryEngine)
    answer = showing.ask(QUESTION)
    for response in (
        queries.query(QUESTION),
        queries.query(QueryBundle(QUESTION)),
        await queries.aquery(QUESTION),
    ):
        assert str(response) == answer.text
        assert response.metadata == {
            "status": "answered",
            "short_answer": "Hanna Petersen",
            "confidence": answer.confidence,
            "build": showing.build_id,
        }
        (found,) = response.source_nodes
        assert found.score == answer.confidence
        node = found.node
        assert isinstance(node, TextNode)
        document = showing.document(str(node.metadata["document"]))
        assert document is not None and document.sha256 == node.metadata["sha256"]
        assert document.text[node.start_char_idx : node.end_char_idx] == node.text
        assert node.metadata["number"] == 1


def test_what_is_not_there_has_no_source_nodes(settings: Settings, opened: OpenEngine) -> None:
    engine = opened(settings.model_copy(update={"threshold": 1.0}))
    response = FootnoteQueryEngine(engine).query("What do zebras eat?")
    assert response.source_nodes == []
    assert str(response) == "Not in the documents."


def test_it_is_a_tool_of_an_agent(showing: Engine) -> None:
    tool = QueryEngineTool.from_defaults(FootnoteQueryEngine(showing), description="The garden")
    assert "Hanna Petersen" in str(tool.call(QUESTION))
