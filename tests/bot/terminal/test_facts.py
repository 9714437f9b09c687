"""Quick facts in the terminal: the commands of a conversation, and ``footnote facts``."""

from __future__ import annotations

import json

import pytest

from bot.terminal.chat.fact_commands import FACT_COMMANDS, suggestions
from bot.terminal.chat.session import Session
from bot.terminal.facts_contract import LISTS, sheet_json
from bot.terminal.main import main
from index import Engine
from index.facts.types import Topic
from tests.bot.terminal.fakes import Shown


@pytest.fixture
def shown() -> Shown:
    return Shown()


@pytest.fixture
def session(engine: Engine, shown: Shown) -> Session:
    return Session(engine, shown.screen)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/who witkof", "Steve Witkoff: special envoy [1]"),
        ("/when april 9", "first major concession"),
        ("/where Donetsk", "four contested regions in Ukraine"),
        ("/figures", "up to 25%: tariffs, for Canada and Mexico"),
        ("/quotes", "“fragile” — Macron"),
        ("/timeline", "• April 9"),
        ("/summary short", "special envoy Steve Witkoff will visit France"),
        ("/fact Putin", "Russian President"),
        ("/who Napoleon", "Nothing about “Napoleon”"),
        ("/who witkof --in rubio", "special envoy"),
        ("/who witkof --in zzzz", "There is no document zzzz"),
    ],
)
def test_a_command_in_a_conversation(session: Session, shown: Shown, typed: str, said: str) -> None:
    assert session.handle(typed)
    assert said in shown.text


def test_a_source_of_a_fact_opens(session: Session, shown: Shown) -> None:
    session.handle("/who Kellogg")
    session.handle("/source 1")
    assert "particularly General Keith Kellogg" in shown.text


def test_why_a_fact_is_shown(session: Session, shown: Shown) -> None:
    session.handle("/who Kellogg")
    session.handle("/why")
    assert "fact" in shown.text.lower()


def test_commands_are_completed(session: Session) -> None:
    assert suggestions(session, "/who", "witk") == ["Steve Witkoff"]
    assert suggestions(session, "/source", "") == []
    assert {command.topic for command in FACT_COMMANDS} == set(Topic)


def test_the_sheet_as_json(engine: Engine, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "--json"]) == 0
    (sheet,) = json.loads(capsys.readouterr().out)["documents"]
    (document,) = engine.documents
    assert sheet["document"] == document.id and set(LISTS.values()) < set(sheet)
    entries = [entry for name in (*LISTS.values(), "timeline") for entry in sheet[name]]
    assert len(entries) > 50
    for entry in [*entries, *(d for e in entries for d in e["details"])]:
        cited = entry["citation"]
        assert document.text[entry["start"] : entry["end"]] == entry["text"]
        assert document.text[cited["start"] : cited["end"]] == cited["quote"]
        assert cited["start"] <= entry["start"] < entry["end"] <= cited["end"]
    assert [len(sheet["summary"][n]) for n in ("short", "medium", "long")] == [2, 4, 8]


def test_the_sheet_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["facts", "rubio"]) == 0
    out = capsys.readouterr().out
    assert "10 people:" in out and "Sources" in out
    assert main(["facts", "zzzz"]) == 2


def test_json_is_that_of_the_engine(engine: Engine) -> None:
    (document,) = engine.documents
    sheet = engine.facts(document.id)
    assert sheet is not None
    assert json.loads(json.dumps(sheet_json(document, sheet)))["title"] == document.title
