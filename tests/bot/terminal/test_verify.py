"""``footnote verify``."""

from __future__ import annotations

import asyncio
import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.ledger import AnswerRecord, Ledger
from bot.terminal.commands.verify import verify
from bot.terminal.contract import answer_json, check_json, dumps
from bot.terminal.exits import Exit, UsageError
from bot.terminal.main import main
from bot.terminal.saved_answers import SavedAnswer, SavedQuote, read_saved
from tests.bot.terminal.fakes import SENTENCE, ScriptedEngine

QUESTION = "Who will Witkoff meet?"


def saved(**change: object) -> SavedAnswer:
    (quote,) = read_saved(io.BytesIO(printed().encode()), "x")
    first = quote.quotes[0]
    values = {
        "number": first.number,
        "document_id": first.document_id,
        "start": first.start,
        "end": first.end,
        "quote": first.quote,
    }
    return SavedAnswer(QUESTION, (SavedQuote(**{**values, **change}),))  # type: ignore[arg-type]


def printed() -> str:
    return dumps(answer_json(ScriptedEngine().ask(QUESTION)))


def test_what_ask_and_check_print_is_read_back() -> None:
    engine = ScriptedEngine()
    lines = [printed(), "", dumps(check_json(engine.check("Witkoff will meet Macron.")))]
    answers = list(read_saved(io.BytesIO("\n".join(lines).encode()), "x"))
    assert [answer.question for answer in answers] == [QUESTION, "Witkoff will meet Macron."]
    quote = answers[0].quotes[0]
    document = engine.document(quote.document_id)
    assert document is not None and document.text[quote.start : quote.end] == quote.quote


@pytest.mark.parametrize(
    "line",
    [
        b"not json",
        b"[]",
        b"3",
        b"{}",
        b'{"question": "x"}',
        b'{"question": 3, "citations": []}',
        b'{"question": "x", "citations": [{"number": 1}]}',
        b'{"question": "x", "citations": [{"number": 1, "document": "a", "start": -1, "end": 2,'
        b' "quote": "b"}]}',
        b"\xff",
    ],
)
def test_anything_else_is_named_by_its_line(line: bytes) -> None:
    with pytest.raises(UsageError, match="Line 2 of a file is not an answer"):
        list(read_saved(io.BytesIO(printed().encode() + b"\n" + line), "a file"))


def test_each_standing(capsys: pytest.CaptureFixture[str]) -> None:
    answers = [
        saved(),
        saved(start=saved().quotes[0].start + 5),
        saved(quote="Witkoff stays at home."),
        saved(document_id="lost.txt"),
        SavedAnswer("Nothing?", ()),
    ]
    assert verify(ScriptedEngine(), answers, as_json=True) is Exit.NOT_FOUND
    rows = [json.loads(row) for row in capsys.readouterr().out.splitlines()]
    assert [row["standing"] for row in rows] == ["stands", "moved", "changed", "gone", "uncited"]
    assert rows[0]["citations"] == [{"number": 1, "standing": "stands"}]


def test_people_see_what_fell_and_a_count(capsys: pytest.CaptureFixture[str]) -> None:
    answers = [saved(), saved(quote="Witkoff stays at home.")]
    assert verify(ScriptedEngine(), answers, as_json=False) is Exit.NOT_FOUND
    shown = capsys.readouterr().out
    assert "[1] changed: Witkoff stays at home." in shown and SENTENCE not in shown
    assert "Answers with quotes: 2. 1 stands, 1 changed." in shown
    assert verify(ScriptedEngine(), answers[:1], as_json=False) is Exit.DONE
    assert "1 stands." in capsys.readouterr().out


@pytest.mark.parametrize("name", ["there-is-none.jsonl", "."])
def test_a_file_that_cannot_be_read_is_one_line(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", name]) == Exit.WRONG
    shown = capsys.readouterr().err
    assert "cannot be read" in shown and "Traceback" not in shown


def test_without_a_ledger_there_is_nothing_to_verify(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_LEDGER", str(tmp_path / "none.sqlite3"))
    assert main(["verify"]) == Exit.WRONG
    assert "the bot has not answered yet" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("content", ["no database", "other", ""])
def test_what_is_no_ledger_is_told_and_left_alone(
    content: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "some.sqlite3"
    if content == "other":
        with closing(sqlite3.connect(file)) as database:
            database.execute("CREATE TABLE mine (x)")
            database.commit()
    else:
        file.write_text(content * 400)
    before = file.read_bytes()
    monkeypatch.setenv("FOOTNOTE_LEDGER", str(file))
    assert main(["verify"]) == Exit.WRONG
    shown = capsys.readouterr().err
    assert "ledger" in shown and "Traceback" not in shown
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"\n", b'{"question": "x", "citations": []}\n'])
def test_answers_without_a_quote_are_nothing_to_verify(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.jsonl"
    file.write_bytes(content)
    assert main(["verify", str(file)]) == Exit.WRONG
    assert "nothing to verify" in capsys.readouterr().err


def test_the_program_verifies_what_it_said_and_what_the_bot_said(
    program_environment: dict[str, str], tmp_path: Path
) -> None:
    def footnote(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "bot.terminal.main", *words]
        environment = program_environment | {"FOOTNOTE_LEDGER": str(ledger)}
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    ledger, answers = tmp_path / "ledger.sqlite3", tmp_path / "answers.jsonl"
    answers.write_text(footnote("ask", "--json", QUESTION).stdout)
    done = footnote("verify", str(answers))
    assert done.returncode == Exit.DONE, done.stderr
    assert "Answers with quotes: 1. 1 stands." in done.stdout

    async def keep() -> None:
        book = Ledger(ledger)
        await book.open()
        answer = ScriptedEngine().ask(QUESTION)
        await book.save_answer(
            AnswerRecord("a" * 12, 1.0, "u", 1, 2, "m:3", False, "mention", answer)
        )
        await book.close()

    asyncio.run(keep())
    done = footnote("verify", "--json")
    assert done.returncode == Exit.DONE, done.stderr
    assert json.loads(done.stdout)["question"] == QUESTION
