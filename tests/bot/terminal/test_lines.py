"""``footnote ask --json --lines``: one object a line, whatever the line holds."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.contract import dumps
from bot.terminal.conversations import MAX_CONVERSATIONS, MAX_TURNS, Conversations
from bot.terminal.lines import MAX_LINE_BYTES, answer_lines, read_lines
from index.types import Answer
from tests.bot.terminal.fakes import ScriptedEngine, article, make_refusal
from tests.bot.terminal.test_contract import KEYS

GOOD = b"Who will Witkoff meet?"


def answered(data: bytes, engine: ScriptedEngine | None = None) -> list[Any]:
    written: list[str] = []
    answer_lines(
        engine or ScriptedEngine(), io.BytesIO(data), lambda value: written.append(dumps(value))
    )
    return [json.loads(text) for text in written]


def test_answers_come_in_order_one_a_line() -> None:
    first, second, third = answered(b"Who is he?\r\nWhat is tea?\nWho is she?")

    assert [first["question"], second["question"], third["question"]] == [
        "Who is he?",
        "What is tea?",
        "Who is she?",
    ]
    assert [v["status"] for v in (first, second, third)] == ["answered", "not_found", "answered"]


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    events: list[str] = []

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            events.append("read")
            return super().readline(size)

    answer_lines(ScriptedEngine(), Source(GOOD + b"\n" + GOOD), lambda _: events.append("write"))

    assert events == ["read", "write", "read", "write", "read"]


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b"", "The question has no words."),
        (b"   \t ", "The question has no words."),
        (b"who" * 1000, "The question is too long."),
        (b'{"question": "Who?"', "not a JSON object"),
        (b'{"question": 5}', 'no "question"'),
        (b"{}", 'no "question"'),
        (b'{"question": null}', 'no "question"'),
        (b'{"question": "Who?", "conversation": ["a"]}', "neither a string nor a whole number"),
        (b'{"question": "Who?", "conversation": true}', "neither a string nor a whole number"),
        (b'{"question": "Who?", "conversation": 1.5}', "neither a string nor a whole number"),
        (b'{"question": "Who?"} trailing', "not a JSON object"),
        (b'{"a":' + b"[" * 100_000, "not a JSON object"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not a JSON object"),
        (b"x" * (MAX_LINE_BYTES + 5), "longer than"),
        (b"x" * (3 * MAX_LINE_BYTES), "longer than"),
    ],
    ids=lambda value: repr(value[:30]),
)
def test_a_bad_line_yields_an_object_and_the_next_is_answered(line: bytes, error: str) -> None:
    bad, good = answered(line + b"\n" + GOOD)

    assert list(bad) == [*KEYS, "error"]
    assert error in bad["error"]
    assert bad["text"].startswith(bad["error"])
    assert (bad["status"], bad["citations"], bad["build"]) == ("not_found", [], "build-1")
    assert good["status"] == "answered"


@pytest.mark.parametrize(
    "line",
    [b"who \xff\xfe \xe2\x82", b'{"question": "who \\ud800 is it"}', b"\xef\xbb\xbfwho is it"],
)
def test_broken_text_is_mended_and_answered(line: bytes) -> None:
    (value,) = answered(line)

    assert value["status"] == "answered"
    value["question"].encode("utf-8")


def test_lines_of_one_conversation_share_a_history() -> None:
    engine = ScriptedEngine()

    answered(
        b'{"question": "Who is he?", "conversation": "a"}\n'
        b'{"question": "Who is she?", "conversation": "b"}\n'
        b"Who are they?\n"
        b'{"question": "Who else?", "conversation": "a"}\n',
        engine,
    )

    asked = [(question, [t.question for t in history]) for question, history in engine.asked]
    assert asked == [
        ("Who is he?", []),
        ("Who is she?", []),
        ("Who are they?", []),
        ("Who else?", ["Who is he?"]),
    ]
    assert engine.asked[3][1][0].short_answer == "French President Emmanuel Macron"


def test_a_history_is_bounded_and_small_talk_is_no_part_of_it() -> None:
    engine = ScriptedEngine()
    lines = [f'{{"question": "Who {n}", "conversation": 1}}' for n in range(MAX_TURNS + 3)]
    lines += ['{"question": "hello", "conversation": 1}', '{"question": "Who", "conversation": 1}']

    answered("\n".join(lines).encode(), engine)

    history = engine.asked[-1][1]
    assert [turn.question for turn in history] == [f"Who {n}" for n in range(3, MAX_TURNS + 3)]


def test_conversations_are_bounded_and_the_silent_ones_go_first() -> None:
    conversations = Conversations()
    answer = make_refusal("Why?", article())

    for key in range(MAX_CONVERSATIONS):
        conversations.remember(key, answer)
    conversations.remember(0, answer)
    conversations.remember("new", answer)

    assert len(conversations.history(0)) == 2
    assert conversations.history(1) == ()
    assert len(conversations.history(2)) == 1


def test_a_fault_costs_one_line() -> None:
    def script(question: str) -> Answer:
        if "bad" in question:
            raise RuntimeError("inside")
        return make_refusal(question, article())

    bad, good = answered(b"bad question\ngood question", ScriptedEngine(script=script))

    assert "reference" in bad["error"] and "inside" not in bad["error"]
    assert "error" not in good


def test_a_newer_index_is_noticed_between_lines() -> None:
    engine = ScriptedEngine()

    answered(GOOD + b"\n" + GOOD, engine)

    assert engine.refreshed == 2


@given(st.lists(st.binary(max_size=60).map(lambda b: b.replace(b"\n", b""))))
def test_any_bytes_yield_one_object_a_line(lines: list[bytes]) -> None:
    values = answered(b"".join(line + b"\n" for line in lines))

    assert len(values) == len(lines)
    assert all(set(KEYS) <= value.keys() for value in values)


def test_an_overlong_line_is_not_kept() -> None:
    source = io.BytesIO(b"x" * (5 * MAX_LINE_BYTES) + b"\nshort\n")

    first, second = read_lines(source)

    assert len(first) == MAX_LINE_BYTES + 1
    assert second == b"short"
