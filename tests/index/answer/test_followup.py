"""How questions that lean on a conversation are read."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from index.answer.followup.choice import chosen_of
from index.answer.followup.cues import Lean, find_cue
from index.answer.followup.names import Names
from index.answer.followup.resolve import Resolution, resolve
from index.facts.types import FactKind
from index.types import Citation, Passage, Span, Turn

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
        ("why tho", Lean.BARE),
        ("when did that happen", Lean.BARE),
        ("with how many votes?", Lean.BARE),
        ("then what?", Lean.MORE),
        ("tell me more about that", Lean.MORE),
        ("anybody else?", Lean.ELSE),
        ("What's that?", Lean.ANAPHOR),
        ("Does that include the jug?", Lean.ANAPHOR),
        ("How will I know it's time?", Lean.NONE),
        ("What is the population of it?", Lean.ANAPHOR),
        ("Where did Macron meet him?", Lean.ANAPHOR),
        ("What is the law that imposed it?", Lean.ANAPHOR),
        ("What was the English title of his book?", Lean.ANAPHOR),
        ("When did Macron say he would come?", Lean.NONE),
        ("Who owned the house before it?", Lean.ANAPHOR),
        ("What happens to the jug if I drop it?", Lean.NONE),
        ("When did the council say it would decide?", Lean.THIN),
        ("Did Macron ask Rubio to help him?", Lean.NONE),
        ("Wer hat ihn entworfen?", Lean.THIN),
        ("What is that?", Lean.ANAPHOR),
        ("Where does he go after that?", Lean.ANAPHOR),
        ("What did Macron call it?", Lean.ANAPHOR),
        ("Who will Witkoff meet in France?", Lean.NONE),
        ("How did Macron explain his decision of last week?", Lean.NONE),
        ("Is it true that the tariffs on Japan were paused?", Lean.NONE),
        ("Which one costs more in summer?", Lean.ANAPHOR),
        ("How much is a large red one?", Lean.ANAPHOR),
        ("Where does that one turn round?", Lean.ANAPHOR),
        ("What happened to Witkoff on day one?", Lean.NONE),
        ("Who won the Formula One race in Moscow?", Lean.NONE),
        ("Who was number one on the list of France?", Lean.NONE),
        ("Which country of the EU has one of the largest armies?", Lean.NONE),
        ("Is one dollar worth more than one euro in Japan?", Lean.NONE),
        ("What was the one thing that France refused?", Lean.NONE),
        ("Which one country did Witkoff visit in March?", Lean.NONE),
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
        ("and rubio", MEETING, "Who will Rubio meet in France?"),
        ("Why?", MEETING, "Why will Witkoff meet in France?"),
        ("what for?", MEETING, "Why will Witkoff meet in France?"),
        (
            "what about japan",
            _turn("What is the tariff on the eu?"),
            "What is the tariff on Japan?",
        ),
        (
            "when was that",
            _turn("Which showroom was closed?", "Lyon"),
            "When was the showroom closed?",
        ),
        ("when?", _turn("Who wrote it?", "Ada Berg"), "When was it that Ada Berg wrote it?"),
        (
            "with how many votes?",
            _turn("Who was elected treasurer?", "Ada Berg"),
            "With how many votes was Ada Berg elected treasurer?",
        ),
        (
            "and after the warranty?",
            _turn("Do I have to pay for the postage?"),
            "Do I have to pay for the postage after the warranty?",
        ),
        ("Which one is larger?", _turn("Which islands are in it?"), "Which island is larger?"),
        ("What did he say?", _turn("Who is Rubio?", "Secretary"), "What did Rubio say?"),
        ("Since when?", _turn("How deep is Lake Orrin?"), "Since when is Lake Orrin?"),
        ("And how long?", _turn("How deep is Lake Orrin?"), "How long is Lake Orrin?"),
        ("Why not?", _turn("Did he sign it?"), "Why didn't he sign it?"),
        ("Where was he before?", MEETING, "Where was Witkoff before?"),
        (
            "When was his essay published?",
            _turn("What was Ada Berg's punishment?", "a fine"),
            "When was Ada Berg's essay published?",
        ),
        (
            "How deep is it there?",
            _turn("What part of the region is it that the Rhine flows through?"),
            "How deep is the Rhine in the region?",
        ),
        (
            "When did Rubio visit it?",
            _turn("What were the natives of Australia called?", None),
            "When did Rubio visit Australia?",
        ),
        (
            "When was it founded?",
            _turn("Where was the guild founded?", "Moscow"),
            "When was the guild founded?",
        ),
        ("Who met him?", _turn("Where did Rubio meet Macron?", "Paris"), "Who met Rubio?"),
        (
            "What did Rubio tell him?",
            _turn("Did Rubio meet Macron?"),
            "What did Rubio tell Macron?",
        ),
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
            "How many regions does Russia claim?",
        ),
        (
            "How many of them are there?",
            _turn("Where are the regions?", "Ukraine"),
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


@pytest.mark.parametrize(
    "question",
    [
        "What did the pope say he would do?",
        "What did the Ukrainian president say about his plans?",
        "How do birds find their way?",
        "Why did Japan say it would stop the talks?",
        "Which team lost its coach?",
        "What does “it is what it is” mean?",
        "What is this article about?",
        "What is the title of this document?",
        "How much does a barrel of oil cost these days?",
    ],
)
def test_what_explains_itself_is_left_as_it_is(question: str) -> None:
    assert resolve(question, (MEETING,), NAMES, _no_evidence) == Resolution(question)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        (
            "What is the name of the bank that he owns?",
            "What is the name of the bank that Witkoff owns?",
        ),
        ("Where did the pope meet him?", "Where did the pope meet Witkoff?"),
        (
            "What did the court say about his plans?",
            "What did the court say about Witkoff's plans?",
        ),
        ("Did the tariff change his mind?", "Did the tariff change Witkoff's mind?"),
    ],
)
def test_what_nothing_in_the_question_explains_points_back(question: str, read_as: str) -> None:
    assert _read(question, MEETING) == read_as


def test_evidence_decides_between_the_question_itself_and_what_was_said() -> None:
    question = "What was the reply of the judge to his plea?"
    worth = {question: 1.0}
    read = resolve(question, (MEETING,), NAMES, lambda texts: [worth.get(t, 0.0) for t in texts])
    assert read == Resolution(question)
    assert _read(question, MEETING) == "What was the reply of the judge to Witkoff's plea?"


@pytest.mark.parametrize("question", ["And Rubio?", "Why?", "When was that?", "Tell me more"])
def test_without_a_history_nothing_is_changed(question: str) -> None:
    assert _read(question) == question


@pytest.mark.parametrize("question", ["Which one is larger?", "And the larger one?"])
def test_no_name_is_put_in_the_place_of_one(question: str) -> None:
    read = resolve(question, (MEETING,), NAMES, _no_evidence)
    assert not any(f"{name} " in read.text for name in ("Witkoff", "France", "larger Witkoff"))


def test_a_fragment_may_go_on_from_before_the_last_question() -> None:
    history = (_turn("What happened on 3 March?"), _turn("Who rescued him?", "a walker"))
    assert _read("And on 19 April?", *history) == "What happened on 19 April?"


def test_a_fragment_rather_stands_in_the_last_question() -> None:
    history = (_turn("Why did Witkoff go to Moscow?"), _turn("What was the tariff on the EU?"))
    assert _read("what abt japan", *history) == "What was the tariff on Japan?"


def test_who_else_goes_back_to_the_last_who() -> None:
    history = (MEETING, _turn("When will Witkoff meet in France?", "this week"))
    resolution = resolve("Who else?", history, NAMES, _no_evidence)
    assert resolution.text == MEETING.resolved_question
    assert resolution.given == ("Emmanuel Macron",)


def test_the_other_one_is_named_beside_what_was_talked_of() -> None:
    quote = "Witkoff is set to meet Macron, while Rubio will speak with Barrot."
    passage = Passage("p", "d", 0, len(quote), quote, None, 0, (Span(0, len(quote)),))
    cited = Citation(1, "d", "0", "t", "d", 0, len(quote), quote, passage)
    turn = Turn("What will Witkoff do?", "What will Witkoff do?", None, (cited,))
    assert _read("and the other one?", turn) == "What will Macron do?"


def test_readings_that_nothing_tells_apart_are_kept() -> None:
    turn = _turn("Did Rubio meet Macron?")
    worth = {"What did Rubio say?": 0.5, "What did Macron say?": 0.58}
    resolution = resolve(
        "What did he say?", (turn,), NAMES, lambda texts: [worth.get(t, 0.0) for t in texts]
    )
    assert resolution.choices == ("What did Rubio say?", "What did Macron say?")
    assert [each.text for each in resolution.readings] == list(resolution.choices)


READINGS = ("Where was Rubio?", "Where was Macron?")


@pytest.mark.parametrize(
    ("reply", "chosen"),
    [
        ("1", READINGS[0]),
        ("the second one", READINGS[1]),
        ("macron", READINGS[1]),
        ("Where was Rubio?", READINGS[0]),
        ("3", None),
        ("where was", None),
        ("Who is Witkoff?", None),
    ],
)
def test_what_was_asked_back_is_chosen_by_number_or_words(reply: str, chosen: str | None) -> None:
    assert chosen_of(reply, READINGS) == chosen


def test_what_was_asked_back_is_nothing_to_go_on_from() -> None:
    asked_back = Turn("Where was he?", "Where was he?", None, (), READINGS)
    assert _read("2", MEETING, asked_back) == READINGS[1]
    assert _read("Rubio.", MEETING, asked_back) == READINGS[0]
    assert _read("Why?", MEETING, asked_back) == "Why will Witkoff meet in France?"


def test_names_are_written_as_the_documents_write_them() -> None:
    assert NAMES.written("did rubio's team meet the eu in japan?") == (
        "did Rubio's team meet the EU in Japan?"
    )
    assert NAMES.within("Mr Rubio met the EU in Moscow.") == ("Rubio", "the EU", "Moscow")
