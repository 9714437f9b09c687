"""``footnote check`` and ``/check``."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import pytest

from bot.terminal.chat.session import Session
from bot.terminal.commands.check import check_json, check_plainly
from bot.terminal.exits import Exit
from bot.terminal.lines import check_lines
from bot.terminal.main import main
from index.errors import QuestionError
from tests.bot.terminal.fakes import SENTENCE, ScriptedEngine, Shown

KEYS = {"claim", "verdict", "confidence", "citations"}


def lines(text: bytes) -> Iterator[dict[str, object]]:
    written: list[str] = []
    check_lines(ScriptedEngine(), io.BytesIO(text), lambda row: written.append(json.dumps(row)))
    return map(json.loads, written)


def test_a_verdict_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_json(ScriptedEngine(), "Witkoff will meet Macron.") is Exit.DONE
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == KEYS
    assert (shown["claim"], shown["verdict"]) == ("Witkoff will meet Macron.", "supported")
    assert shown["citations"][0]["quote"] == SENTENCE
    assert check_json(ScriptedEngine(), "It rained.") is Exit.NOT_FOUND
    assert json.loads(capsys.readouterr().out)["citations"] == []


def test_a_bad_claim_is_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(QuestionError):
        check_json(ScriptedEngine(), "?!")
    shown = json.loads(capsys.readouterr().out)
    assert set(shown) == {*KEYS, "error"} and shown["verdict"] == "not_found"


def test_each_line_yields_one_object() -> None:
    rows = list(
        lines(b'Witkoff will meet Macron.\n{"claim": "It rained."}\n{"question": "x"}\n\n{"cl\n')
    )
    assert [row["verdict"] for row in rows] == ["supported", *["not_found"] * 4]
    assert [("error" in row) for row in rows] == [False, False, True, True, True]
    assert rows[1]["claim"] == "It rained."


def test_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert check_plainly(ScriptedEngine(), "Witkoff will meet Macron.") is Exit.DONE
    shown = capsys.readouterr().out
    assert "Supported: “Witkoff will meet Macron.” [1]" in shown and SENTENCE[:40] in shown
    assert check_plainly(ScriptedEngine(), "It rained.") is Exit.NOT_FOUND
    assert "Not found: “It rained.” The quote is about" in capsys.readouterr().out


def test_in_a_conversation() -> None:
    shown = Shown(80)
    session = Session(ScriptedEngine(), shown.screen)
    session.handle("/check Witkoff will meet Macron.")
    assert "Supported: “Witkoff will meet Macron.” [1]" in shown.text
    session.handle("/check")
    assert "Which claim?" in shown.text


@pytest.mark.parametrize(
    "argv", [["check"], ["check", "--lines"], ["check", "--json", "--lines", "A claim"]]
)
def test_wrong_usage_is_one_line(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(argv) == Exit.WRONG
    assert "Traceback" not in capsys.readouterr().err
