"""Whole conversations, as text."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest

from bot.terminal.chat.loops import read_pipe
from bot.terminal.chat.session import Session
from bot.terminal.contract import answer_json
from bot.terminal.examples import SHOWN, TRIED
from index.answer.readings import CHOICE_ENGINE
from index.types import Answer, Status
from tests.bot.terminal.fakes import (
    SENTENCE,
    ScriptedEngine,
    Shown,
    article,
    cite,
    make_answer,
    make_document,
    make_refusal,
)

QUESTION = "Who will Witkoff meet?"


def talk(*lines: str, engine: ScriptedEngine | None = None, width: int | None = None) -> str:
    """What is shown after the last of ``lines``."""
    shown = Shown(width)
    session = Session(engine or ScriptedEngine(), shown.screen)
    before = 0
    for line in lines:
        before = len(shown.text)
        assert session.handle(line)
    return shown.text[before:]


def test_the_welcome_names_the_document_and_questions_that_are_answered() -> None:
    shown = Shown()
    Session(ScriptedEngine(), shown.screen).welcome()

    title = article().title
    assert shown.text == (
        "Footnote answers from\n"
        f"  {title}\n"
        "\n"
        "Ask, for example:\n"
        "  › Who is Steve Witkoff?\n"
        "\n"
        "/help lists the commands. Ctrl-D leaves.\n"
        "\n"
    )


def test_a_document_may_bring_its_own_examples() -> None:
    engine = ScriptedEngine((make_document("Text.", examples="Who is it?\n\nWhy?\nWhen?\nHow?\n"),))
    shown = Shown()
    Session(engine, shown.screen).welcome()

    assert [row for row in shown.rows if "›" in row] == ["  › Who is it?", "  › Why?", "  › When?"]
    assert engine.asked == []


def test_examples_are_few_and_do_not_take_long_to_find() -> None:
    engine = ScriptedEngine(script=lambda q: make_refusal(q, article()))
    Session(engine, Shown().screen).welcome()
    assert 0 < len(engine.asked) <= TRIED

    engine = ScriptedEngine(script=lambda q: make_answer(q, [cite(article(), SENTENCE)]))
    Session(engine, Shown().screen).welcome()
    assert len(engine.asked) == SHOWN


def test_the_welcome_fits_any_document() -> None:
    engine = ScriptedEngine(tuple(make_document("漢字", title=f"T{n}") for n in range(5)))
    shown = Shown()
    Session(engine, shown.screen).welcome()

    assert "T2" in shown.text and "T3" not in shown.text
    assert "and 2 more" in shown.text
    assert "Ask, for example" not in shown.text


def test_source_shows_the_quote_in_its_surroundings() -> None:
    assert talk(QUESTION, "/source 1") == (
        f"[1] {article().title}\n"
        "/somewhere/rubio-witkoff-france.txt, line 6, characters 644–813 of 3403\n"
        "\n"
        "…left, is set to meet French President Emmanuel Macron while Rubio will speak with "
        "Foreign Minister Jean-Noël Barrot. (Evelyn Hockstein/AFP)\n"
        "US Secretary of State Marco Rubio and Steve Witkoff, US President Donald Trump’s special "
        "envoy tasked with ending the war in Ukraine and talks with Iran, are expected to travel "
        "to France later this week, according to people familiar with the trip.\n"
        "\n"
        f"│ {SENTENCE}\n"
        "\n"
        "An official familiar with the trip said the discussions will focus on Ukraine, Iran, and "
        "trade ties, particularly in light of Trump’s global tariff initiative.\n"
        "Macron’s meeting with Witkoff comes days after the envoy met Russian President Vladimir "
        "Putin and Kirill Dmitriev, head of the Russian Direct Investment Fund, to discuss a "
        "possible ceasefire in the Ukraine. The visit marks “another step…\n"
        "\n"
    )


@pytest.mark.parametrize("command", ["/source", "/source [1]", "/source #1", "/SOURCE 1"])
def test_ways_to_open_the_only_source(command: str) -> None:
    assert f"│ {SENTENCE}\n" in talk(QUESTION, command)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["/source 1"], "There is no source to open yet. Ask a question first."),
        ([QUESTION, "/source 2"], "There is no source 2. The last answer has 1: /source 1"),
        ([QUESTION, "/source x"], "There is no source x. The last answer has 1: /source 1"),
        ([QUESTION, "/source ²"], "There is no source ². The last answer has 1: /source 1"),
        (["tea?", "/source"], "Which source? The last answer has 1, 2, 3: /source 1"),
        (["hello", "/source 1"], "There is no source to open yet. Ask a question first."),
        (["/why"], "There is no answer to explain yet. Ask a question first."),
        (["/sorces"], "There is no command /sorces. Did you mean /sources?"),
        (["/xyzzy"], "There is no command /xyzzy. /help lists the commands."),
        (["/"], "There is no command /. /help lists the commands."),
        (["/sources zebra"], "There is no document zebra. There is: rubio-witkoff-france.txt."),
        (["???"], "The question has no words. Type a question."),
    ],
)
def test_mistakes_get_one_clear_line(lines: list[str], shown: str) -> None:
    assert talk(*lines) == f"{shown}\n\n"


def test_the_nearest_passages_can_be_opened_too() -> None:
    assert "│ US Secretary of State Marco Rubio" in talk("What is tea?", "/source 2")


def test_a_source_that_changed_since_is_said_to_have() -> None:
    engine = ScriptedEngine()
    shown = Shown()
    session = Session(engine, shown.screen)
    session.handle(QUESTION)

    changed = make_document("Something else.", document_id=article().id)
    for documents in ((changed,), ()):
        engine.documents = documents
        before = len(shown.text)
        session.handle("/source 1")
        assert "The source has changed since; this is the quote as it was." in shown.text[before:]
        assert f"│ {SENTENCE}\n" in shown.text[before:]


def test_a_quote_over_two_lines_keeps_them() -> None:
    quote = "First part\nsecond part."
    document = make_document(f"Before.\n{quote}\nAfter.")
    engine = ScriptedEngine(
        (document,), script=lambda q: make_answer(q, [cite(document, quote, "part\nsecond")])
    )

    shown = talk("Who?", "/source 1", engine=engine)

    assert shown.endswith("Before.\n\n│ First part\n│ second part.\n\nAfter.\n\n")


def test_why_shows_retrieval_reading_decision_and_times() -> None:
    assert talk(QUESTION, "/why") == (
        "Question\n"
        f"{QUESTION}\n"
        "\n"
        "Retrieved (fused from dense and lexical)\n"
        " 1. fused 0.0328 · dense #1 0.71 · lexical #2 8.25\n"
        "    Witkoff is set to meet French President Emmanuel Macron, while Rubio will speak with "
        "his French counterpart, Foreign Minister Jean-Noël Barrot, before heading…\n"
        "\n"
        "Read (margin over “no answer”)\n"
        " +6.25  French President Emmanuel Macron\n"
        "\n"
        "Decided\n"
        "confidence 0.93 against a threshold of 0.40: shown as an answer\n"
        "reader, build build-1\n"
        "\n"
        "Took\n"
        "retrieve 12 ms · read 71 ms · total 84 ms\n"
        "\n"
    )


def test_why_of_a_refusal_says_so() -> None:
    shown = talk("What is tea?", "/why")

    assert "dense #2 0.30 · lexical –" in shown
    assert "confidence 0.08 against a threshold of 0.40: not in the document" in shown


def test_why_shows_how_a_question_was_understood_and_what_was_dropped() -> None:
    from index.types import RejectedClaim

    answer = make_answer(
        "And him?",
        [cite(article(), SENTENCE)],
        resolved=QUESTION,
        rejected=[RejectedClaim("He met Putin.", "the quote names nobody of that name")],
    )
    shown = talk("And him?", "/why", engine=ScriptedEngine(script=lambda _: answer))

    assert f"asked      And him?\nlooked up  {QUESTION}\n" in shown
    assert "  He met Putin. – the quote names nobody of that name\n" in shown


def test_sources_lists_the_documents() -> None:
    assert talk("/sources") == (
        f" 1. {article().title}\n"
        "    rubio-witkoff-france.txt · 2025-04-17 · 3,403 characters · 14 passages\n"
        "\n"
        "1 document, 14 passages\n"
        "\n"
    )


@pytest.mark.parametrize("name", ["1", "rubio", "rubio-witkoff-france.txt", "rubio witkof"])
def test_one_document_can_be_named_loosely(name: str) -> None:
    shown = talk(f"/sources {name}")

    assert f"  sha256     {article().sha256}\n" in shown
    assert "  published  2025-04-17\n" in shown
    assert "  passages   14\n" in shown


def test_new_forgets_what_was_said() -> None:
    engine = ScriptedEngine()

    talk(QUESTION, "Who else?", "/new", "Who now?", engine=engine)

    assert [len(history) for _, history in engine.asked] == [0, 1, 0]
    assert talk(QUESTION, "/new", "/source 1").startswith("There is no source to open yet.")


def test_help_lists_every_command() -> None:
    assert talk("/help", width=60) == (
        "Type a question and press Enter. Commands:\n"
        "  /source N          open quote N where it stands\n"
        "  /sources [name]    list the documents, or show one\n"
        "  /why               how the last answer was found\n"
        "  /check CLAIM       whether the documents bear a claim out\n"
        "  /who [name]        the people, or one of them\n"
        "  /when [what]       the dates, and what happened\n"
        "  /where [place]     the places, or one of them\n"
        "  /figures [about]   the figures, and what they measure\n"
        "  /quotes [speaker]  who said what, word for word\n"
        "  /timeline [about]  what happened, in order\n"
        "  /summary [length]  short, medium or long, word for word\n"
        "  /fact [anything]   look up anything; --in NAME: only there\n"
        "  /new               begin a new conversation\n"
        "  /help              show this\n"
        "  /quit              leave\n"
        "\n"
        "Ctrl-C clears the line, Ctrl-D leaves, ↑ finds earlier\n"
        "questions.\n"
        "\n"
    )
    assert talk("help") == talk("?") == talk("/h") == talk("/help")


@pytest.mark.parametrize("word", ["/quit", "/exit", "/q", "quit", "exit", "QUIT", ":q"])
def test_ways_to_leave(word: str) -> None:
    assert not Session(ScriptedEngine(), Shown().screen).handle(word)


def test_blank_lines_are_no_questions() -> None:
    engine = ScriptedEngine()

    assert talk("", "  \t ", engine=engine) == ""
    assert engine.asked == []


def test_a_lone_surrogate_from_the_keyboard_is_mended() -> None:
    engine = ScriptedEngine()

    talk("Who \udcff?", engine=engine)

    assert engine.asked[0][0] == "Who \ufffd?"


def test_a_fault_is_one_line_and_the_conversation_goes_on() -> None:
    def script(question: str) -> Answer:
        if "bad" in question:
            raise RuntimeError("inside")
        return make_refusal(question, article())

    shown = talk("a bad question", engine=ScriptedEngine(script=script))

    assert shown.startswith("Something went wrong (reference ")
    assert "inside" not in shown and "Traceback" not in shown
    assert "document does not say" in talk(
        "a bad question", "a good one", engine=ScriptedEngine(script=script)
    )


def test_a_newer_index_is_used_for_the_next_question() -> None:
    engine = ScriptedEngine()

    talk(QUESTION, QUESTION, engine=engine)

    assert engine.refreshed == 2


def test_a_pipe_is_answered_line_by_line() -> None:
    shown = Shown()
    engine = ScriptedEngine(script=lambda q: replace(make_refusal(q, article()), nearest=()))
    data = b"\xef\xbb\xbfWhat is tea?\r\n\n   \nWhat is \xff?\n/new\n/quit\nnever asked\n"

    read_pipe(Session(engine, shown.screen), io.BytesIO(data))

    refusal = "The document does not say.\n\nreader · 51 ms\n\n"
    assert shown.text == (
        f"> What is tea?\n\n{refusal}> What is \ufffd?\n\n{refusal}"
        "> /new\n\nA new conversation. What was said before is forgotten.\n\n> /quit\n\n"
    )


def test_why_shows_what_the_reader_thought_of_the_passage() -> None:
    answer = make_answer("Who?", [cite(article(), SENTENCE, "Emmanuel Macron")])
    judged = replace(answer, readings=(replace(answer.readings[0], verdict=1.5),))

    shown = talk("Who?", "/why", engine=ScriptedEngine(script=lambda _: judged))

    assert " +6.25  Emmanuel Macron · passage +1.50\n" in shown


def test_what_is_settled_is_seen_while_the_rest_is_written_and_then_gives_way() -> None:
    engine = ScriptedEngine(settles=("It was Ada. [1]", "It was Ada. [1] So it was. [1]"))
    shown = Shown(80, colour=True)
    Session(engine, shown.screen).handle(QUESTION)
    first, second, last = (
        shown.text.index("It was Ada. [1]"),
        shown.text.index("So it was. [1]"),
        shown.text.rindex("Sources"),
    )
    assert first < second < last
    assert "\x1b[2K" in shown.text[second:last]  # the draft is erased

    assert "It was Ada" not in talk(QUESTION, engine=engine)


def test_a_notice_comes_before_the_answer() -> None:
    answer = make_answer(QUESTION, [cite(article(), SENTENCE)])
    notice = "The language model took too long. The reader answers instead."
    said = talk(QUESTION, engine=ScriptedEngine(script=lambda _: replace(answer, notice=notice)))
    assert said.startswith(notice)


def test_an_unsupported_answer_says_what_is_shown_instead() -> None:
    answer = replace(make_answer(QUESTION, [cite(article(), SENTENCE)]), status=Status.UNSUPPORTED)
    said = talk(QUESTION, engine=ScriptedEngine(script=lambda _: answer))
    assert said.startswith("The document does not bear out what the language model wrote.")
    assert SENTENCE in said


def test_asked_back_the_readings_are_listed_and_a_number_chooses() -> None:
    readings = ("Where was Rubio?", "Where was Macron?")
    refusal = make_refusal("Where was he?", article(), engine=CHOICE_ENGINE)
    asked_back = replace(refusal, choices=readings, text="Which do you mean?\n1. a\n2. b")
    engine = ScriptedEngine(script=lambda question: asked_back)
    assert talk("Where was he?", engine=engine) == (
        "Which do you mean?\n"
        "1. Where was Rubio?\n"
        "2. Where was Macron?\n"
        "Type its number, or ask in other words.\n"
        "\n"
    )
    talk("Where was he?", "2", engine=engine)
    assert engine.asked[-1][1][-1].choices == readings
    assert answer_json(asked_back)["choices"] == list(readings)
