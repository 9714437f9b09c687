"""The JSON that programs rely on."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.contract import answer_json, dumps, error_json
from index.types import RejectedClaim
from tests.bot.terminal.fakes import SENTENCE, article, cite, make_answer, make_refusal

DOCUMENT = article()
KEYS = [
    "question",
    "resolved_question",
    "status",
    "text",
    "short_answer",
    "confidence",
    "citations",
    "nearest",
    "rejected",
    "engine",
    "build",
    "timings_ms",
]


def test_an_answer_has_these_keys_and_no_others() -> None:
    short = "French President Emmanuel Macron"
    citation = cite(DOCUMENT, SENTENCE, short, heading="Talks")
    answer = make_answer(
        "Who?", [citation], short=short, rejected=[RejectedClaim("He left.", "no quote")]
    )

    value = json.loads(dumps(answer_json(answer)))

    assert list(value) == KEYS
    assert value["citations"] == [
        {
            "number": 1,
            "document": DOCUMENT.id,
            "sha256": DOCUMENT.sha256,
            "start": citation.start,
            "end": citation.end,
            "quote": SENTENCE,
            "title": DOCUMENT.title,
            "section": "Talks",
        }
    ]
    assert value["nearest"] == [
        {
            "document": DOCUMENT.id,
            "start": citation.passage.start,
            "end": citation.passage.end,
            "text": citation.passage.text,
            "score": 0.0328,
        }
    ]
    assert value["rejected"] == [{"text": "He left.", "reason": "no quote"}]
    assert value["status"] == "answered"
    assert value["short_answer"] == short
    assert value["timings_ms"]["total"] == 84.3


def test_every_quote_stands_in_the_document_at_its_offsets() -> None:
    answer = make_answer("Who?", [cite(DOCUMENT, SENTENCE)])

    (citation,) = answer_json(answer)["citations"]

    assert DOCUMENT.text[citation["start"] : citation["end"]] == citation["quote"]


def test_a_refusal_has_no_citations_and_the_nearest_passages() -> None:
    value = answer_json(make_refusal("What does tea cost?", DOCUMENT))

    assert (value["status"], value["short_answer"], value["citations"]) == ("not_found", None, [])
    assert len(value["nearest"]) == 4


def test_an_error_has_the_keys_of_an_answer_and_one_more() -> None:
    value = error_json("?", "It is empty. Type one.", "It is empty.", build="b")

    assert list(value) == [*KEYS, "error"]
    assert value["status"] == "not_found"
    assert value["timings_ms"] == {"total": 0.0}


@given(st.text())
def test_json_is_ascii_on_one_line_and_comes_back_unchanged(text: str) -> None:
    written = dumps({"text": text})

    assert written.isascii() and written.isprintable()
    assert json.loads(written) == {"text": text}


def test_how_an_answer_came_about_is_said_where_there_is_something_to_say() -> None:
    answer = make_answer("Who?", [cite(DOCUMENT, SENTENCE)])

    assert "notice" not in answer_json(answer)
    assert answer_json(replace(answer, notice="The model failed."))["notice"] == "The model failed."
