"""How questions that lean on a conversation are read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.answer.followup.cues import Lean, find_cue
from index.answer.followup.names import Names
from index.answer.followup.resolve import resolve
from index.facts.types import FactKind
from index.types import Turn

NAMES = Names(
    {
        "Marco Rubio": FactKind.PERSON,
        "Steve Witkoff": FactKind.PERSON,
        "Emmanuel Macron": FactKind.PERSON,
        "France": FactKind.PLACE,
        "Japan": FactKind.PLACE,
        "the EU": FactKind.ORGANISATION,
        "Moscow": FactKind.PLACE,
    }
)


def _no_evidence(questions: Sequence[str]) -> list[float]:
    return [0.0] * len(questions)


def _turn(question: str, short_answer: str | None = None) -> Turn:
    return Turn(question, question, short_answer, ())


def _read(question: str, *history: Turn) -> str:
    return resolve(question, history, NAMES, _no_evidence).text


@pytest.mark.parametrize(
    ("question", "lean"),
    [
        ("Tell me more", Lean.MORE),
        ("more details please", Lean.MORE),
        ("What else?", Lean.MORE),
        ("who else?", Lean.ELSE),
        ("Why?", Lean.BARE),
        ("And since when?", Lean.BARE),
        ("How long?", Lean.BARE),
        ("And Rubio?", Lean.FRAGMENT),
        ("what about Japan", Lean.FRAGMENT),
        ("I meant Japan.", Lean.FRAGMENT),
        ("When was that?", Lean.BARE),
        ("What is that?", Lean.ANAPHOR),
        ("Where does he go after that?", Lean.ANAPHOR),
        ("What did Macron call it?", Lean.ANAPHOR),
        ("Who will Witkoff meet in France?", Lean.NONE),
        ("How did Macron explain his decision of last week?", Lean.NONE),
        ("Is it true that the tariffs on Japan were paused?", Lean.NONE),
    ],
)
def test_how_a_question_leans(question: str, lean: Lean) -> None:
    assert find_cue(question).lean is lean


MEETING = _turn("Who will Witkoff meet in France?", "Emmanuel Macron")
RATE = _turn("What was the previous tariff rate on the EU?", "20%")


@pytest.mark.parametrize(
    ("question", "turn", "read_as"),
    [
        ("And Rubio?", MEETING, "Who will Rubio meet in France?"),
        ("and on Japan?", RATE, "What was the previous tariff rate on Japan?"),
        ("No, I meant Japan.", RATE, "What was the previous tariff rate on Japan?"),
        ("Why?", MEETING, "Why will Witkoff meet in France?"),
        ("Since when?", _turn("How deep is Lake Orrin?"), "Since when is Lake Orrin?"),
        ("And how long?", _turn("How deep is Lake Orrin?"), "How long is Lake Orrin?"),
        ("Why not?", _turn("Did he sign it?"), "Why didn't he sign it?"),
        ("Where was he before?", MEETING, "Where was Witkoff before?"),
        ("When was it built?", _turn("How high is the tower?"), "When was the tower built?"),
        ("And its name?", _turn("How high is the tower?"), "What is the tower's name?"),
        (
            "What did she say there?",
            _turn("Who spoke in Moscow?", "Ada Berg"),
            "What did Ada Berg say in Moscow?",
        ),
        (
            "And red ones?",
            _turn("Can I use green lentils?"),
            "Can I use red lentils?",
        ),
        (
            "How many are there?",
            _turn("Which regions does Russia claim?"),
            "How many regions are there?",
        ),
    ],
)
def test_a_follow_up_becomes_a_question_that_stands_alone(
    question: str, turn: Turn, read_as: str
) -> None:
    assert _read(question, turn) == read_as


@pytest.mark.parametrize(
    "question",
    [
        "What was the tariff on Japan before the pause?",
        "Who is Keith Kellogg?",
        "Do pensioners pay less?",
        "Is it true that the tariffs on Japan were paused?",
    ],
)
def test_a_new_topic_is_left_as_it_is(question: str) -> None:
    assert _read(question, MEETING) == question


@pytest.mark.parametrize("question", ["And Rubio?", "Why?", "When was that?", "Tell me more"])
def test_without_a_history_nothing_is_changed(question: str) -> None:
    assert _read(question) == question
