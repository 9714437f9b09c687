"""The line editor, driven by keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Typed
from prompt_toolkit.input.defaults import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.terminal.chat.prompt import MOST_BYTES, ChatCompleter, ChatHistory, open_prompt
from bot.terminal.chat.session import Session
from index.facts.types import Topic
from tests.bot.terminal.fakes import ScriptedEngine, Shown, make_document


def new_session() -> Session:
    return Session(ScriptedEngine(), Shown().screen)


@contextmanager
def typed(keys: str, history_file: Path) -> Iterator[list[str]]:
    """The lines that a prompt returns for ``keys``, until the keys are used up or it ends."""
    with create_pipe_input() as keyboard:
        keyboard.send_text(keys)
        prompt = open_prompt(new_session(), history_file, keyboard=keyboard, display=DummyOutput())
        yield [prompt() for _ in range(keys.count("\r"))]


def completions(text: str, session: Session | None = None) -> list[str]:
    completer = ChatCompleter(session or new_session())
    return [c.text for c in completer.get_completions(Typed(text), CompleteEvent())]


def test_a_line_is_what_was_typed(tmp_path: Path) -> None:
    with typed("Who is he?\rAnd she?\r", tmp_path / "history") as lines:
        assert lines == ["Who is he?", "And she?"]


def test_the_arrow_up_brings_back_the_question_of_another_day(tmp_path: Path) -> None:
    with typed("Who is he?\r", tmp_path / "history"):
        pass
    with typed("\x1b[A\r", tmp_path / "history") as lines:
        assert lines == ["Who is he?"]


def test_a_long_history_loses_what_is_oldest(tmp_path: Path) -> None:
    file = tmp_path / "history"
    questions = [f"Question {n}\nwith a second line, é?" for n in range(MOST_BYTES // 40)]
    rows = (
        f"\n# 2026-01-01 00:00:00.000000\n+{q.replace(chr(10), chr(10) + '+')}\n" for q in questions
    )
    file.write_text("".join(rows), "utf-8")
    assert file.stat().st_size > MOST_BYTES

    kept = list(ChatHistory(str(file)).load_history_strings())

    assert MOST_BYTES / 3 < file.stat().st_size < MOST_BYTES
    assert kept == questions[: -len(kept) - 1 : -1], "the newest come first"
    assert list(ChatHistory(str(file)).load_history_strings()) == kept
    assert [path.name for path in tmp_path.iterdir()] == ["history"]


def test_control_c_and_control_d(tmp_path: Path) -> None:
    for keys, expected in (("half a line\x03", KeyboardInterrupt), ("\x04", EOFError)):
        with create_pipe_input() as keyboard:
            keyboard.send_text(keys)
            prompt = open_prompt(
                new_session(), tmp_path / "h", keyboard=keyboard, display=DummyOutput()
            )
            with pytest.raises(expected):
                prompt()


def test_nothing_is_written_where_there_is_no_index(tmp_path: Path) -> None:
    with typed("Who?\r", tmp_path / "missing" / "history"):
        assert not (tmp_path / "missing").exists()


def test_a_history_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    history = ChatHistory(str(tmp_path))  # a folder

    history.store_string("Who?")

    assert list(history.load_history_strings()) == []


def test_a_lone_surrogate_is_stored_mended(tmp_path: Path) -> None:
    history = ChatHistory(str(tmp_path / "history"))

    history.store_string("Who \udcff?")

    assert list(history.load_history_strings()) == ["Who \ufffd?"]


def test_commands_complete() -> None:
    assert completions("/so") == ["/source", "/sources"]
    facts = [f"/{topic.value}" for topic in Topic]
    assert completions("/") == [
        "/source",
        "/sources",
        "/why",
        "/check",
        *facts,
        "/new",
        "/help",
        "/quit",
    ]
    assert completions("So") == []


def test_the_numbers_of_the_last_answer_complete() -> None:
    session = new_session()
    assert completions("/source ", session) == []

    session.handle("Who will Witkoff meet?")
    assert completions("/source ", session) == ["1"]

    session.handle("What is tea?")
    assert completions("/source ", session) == ["1", "2", "3"]
    assert completions("/source 2", session) == ["2"]


def test_document_names_complete_harmlessly() -> None:
    session = Session(
        ScriptedEngine((make_document("x", document_id="a\x1b[2J.txt"),)), Shown().screen
    )

    assert completions("/sources ", session) == ["a␛[2J.txt"]
    assert completions("/sources b", session) == []
