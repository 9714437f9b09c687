"""What a person sees of an answer, whole."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.terminal.page import Page, Tone
from bot.terminal.rendering import answer_page, opening, stressed
from bot.terminal.wording import confidence_words, counted, duration, shortened
from index.types import RejectedClaim, Span, Status
from tests.bot.terminal.fakes import (
    SENTENCE,
    Shown,
    article,
    cite,
    make_answer,
    make_document,
    make_refusal,
)

DOCUMENT = article()
SHORT = "French President Emmanuel Macron"
ANSWERED = make_answer(
    "Who will Witkoff meet?", [cite(DOCUMENT, SENTENCE, SHORT, heading="Talks")], short=SHORT
)


def text_of(page: Page, width: int | None = None) -> str:
    shown = Shown(width)
    shown.screen.show(page)
    return shown.text


def of_tone(page: Page, tone: Tone) -> list[str]:
    pieces = [piece for line in page for piece in (line.first, *line.pieces)]
    return [piece.text for piece in pieces if piece.tone is tone]


def test_an_answer_is_its_sentence_its_source_and_how_sure_it_is() -> None:
    assert text_of(answer_page(ANSWERED)) == (
        f"{SENTENCE} [1]\n"
        "\n"
        "Sources\n"
        f"[1] {DOCUMENT.title} › Talks\n"
        "\n"
        "high confidence (93%) · reader · 84 ms\n"
    )


def test_an_answer_fits_forty_columns() -> None:
    assert text_of(answer_page(ANSWERED), 40) == (
        "Witkoff is set to meet French President\n"
        "Emmanuel Macron, while Rubio will speak\n"
        "with his French counterpart, Foreign\n"
        "Minister Jean-Noël Barrot, before\n"
        "heading to Africa. [1]\n"
        "\n"
        "Sources\n"
        "[1] Rubio, Witkoff heading to France for\n"
        "    talks on Ukraine, Iran and trade ›\n"
        "    Talks\n"
        "\n"
        "high confidence (93%) · reader · 84 ms\n"
    )


def test_a_quote_that_is_not_the_answer_itself_is_shown_below_its_source() -> None:
    answer = replace(ANSWERED, text=f"He meets {SHORT}. [1]")

    assert f"[1] {DOCUMENT.title} › Talks\n  │ {SENTENCE}\n" in text_of(answer_page(answer))


def test_sources_of_one_section_share_a_line() -> None:
    second, third = "Tariffs are set to be a major topic", "Macron"
    citations = [
        cite(DOCUMENT, SENTENCE, heading=DOCUMENT.title),
        cite(DOCUMENT, second, number=2),
        cite(DOCUMENT, third, number=3, heading="Talks"),
    ]
    assert f"Sources\n[1][2] {DOCUMENT.title}\n[3] {DOCUMENT.title} › Talks\n" in text_of(
        answer_page(make_answer("What?", citations))
    )


def test_the_short_answer_is_stressed() -> None:
    assert of_tone(answer_page(ANSWERED), Tone.STRONG) == [SHORT]


def test_without_a_short_answer_nothing_is_stressed() -> None:
    answer = make_answer("Why?", [cite(DOCUMENT, SENTENCE)])

    assert of_tone(answer_page(answer), Tone.STRONG) == []


def test_two_sources_each_have_their_number() -> None:
    second = "Tariffs are set to be a major topic of discussion."
    answer = make_answer(
        "Who and what?", [cite(DOCUMENT, SENTENCE, SHORT), cite(DOCUMENT, second, number=2)]
    )

    page = answer_page(answer)

    assert text_of(page).startswith(f"{SENTENCE} [1] {second} [2]\n\nSources\n[1][2] ")
    assert of_tone(page, Tone.MARKER) == ["[1]", "[2]", "[1][2] "]


def test_a_bracketed_number_of_the_document_is_no_marker() -> None:
    quote = "As shown [1] before, it holds."
    document = make_document(quote)
    citation = cite(document, quote)

    pieces = stressed(f"{quote} [1]", [citation], None)

    assert [p.text for p in pieces if p.tone is Tone.MARKER] == ["[1]"]
    assert pieces[0].text == f"{quote} "


def test_a_short_answer_outside_every_quote_is_still_stressed() -> None:
    answer = replace(ANSWERED, text=f"He meets {SHORT}. [1]")

    assert of_tone(answer_page(answer), Tone.STRONG) == [SHORT, SHORT]


def test_a_sentence_with_a_soft_line_break_is_one_paragraph() -> None:
    quote = "It rained\nin Paris."
    answer = make_answer("Where?", [cite(make_document(quote), quote, "Paris")], short="Paris")

    assert text_of(answer_page(answer)).startswith("It rained in Paris. [1]\n\n")


def test_not_in_the_document_comes_with_the_nearest_passages() -> None:
    assert text_of(answer_page(make_refusal("What does tea cost?", DOCUMENT))) == (
        "The document does not say.\n"
        "\n"
        "The nearest passages\n"
        "1. Witkoff, left, is set to meet French President Emmanuel Macron while Rubio will speak "
        "with Foreign Minister Jean-Noël Barrot.\n"
        "2. US Secretary of State Marco Rubio and Steve Witkoff, US President Donald Trump’s "
        "special envoy tasked with ending the war in Ukraine and talks with Iran, are…\n"
        "3. Witkoff is set to meet French President Emmanuel Macron, while Rubio will speak with "
        "his French counterpart, Foreign Minister Jean-Noël Barrot, before heading…\n"
        "\n"
        "reader · 51 ms\n"
    )


def test_small_talk_is_help_and_nothing_else() -> None:
    assert text_of(answer_page(make_refusal("hello", DOCUMENT, engine="help"))) == (
        "Ask about the document.\n"
    )


def test_a_changed_question_is_said_first() -> None:
    answer = replace(ANSWERED, question="And him?", resolved_question="Who will Witkoff meet?")

    assert text_of(answer_page(answer)).startswith(
        f"I read this as: Who will Witkoff meet?\n\n{SENTENCE}"
    )


def test_blanks_do_not_make_another_question() -> None:
    answer = replace(ANSWERED, question="  Who will  Witkoff meet? ")

    assert "I read this as" not in text_of(answer_page(answer))


def test_an_unsupported_answer_shows_evidence_and_what_was_dropped() -> None:
    answer = replace(
        ANSWERED,
        status=Status.UNSUPPORTED,
        text="The model's answer is not borne out.",
        rejected=(RejectedClaim("He met Putin.", "no such quote"),),
    )

    text = text_of(answer_page(answer))

    assert text.startswith(
        "The document does not bear out what the language model wrote. It says:\n\n"
    )
    assert text.endswith("1 unproven sentence dropped · reader · 84 ms\n")


def test_the_opening_of_a_passage_is_its_first_whole_sentence() -> None:
    document = make_document("Trade\nTariffs are up. More follows.")
    hit = make_refusal("x", article()).nearest[0]
    citation = cite(document, "Tariffs are up.", heading="Trade")
    passage = replace(
        citation.passage,
        start=0,
        end=len(document.text),
        text=document.text,
        sentences=(Span(0, 5), Span(6, 21), Span(22, 34)),
    )

    assert opening(replace(hit, passage=passage)) == "Tariffs are up."


@pytest.mark.parametrize(
    ("confidence", "words"),
    [
        (1.0, "high confidence (100%)"),
        (0.85, "high confidence (85%)"),
        (0.7, "fair confidence (70%)"),
        (0.1, "low confidence (10%)"),
    ],
)
def test_confidence_in_words(confidence: float, words: str) -> None:
    assert confidence_words(confidence) == words


def test_numbers_times_and_long_texts_in_words() -> None:
    assert [counted(1, "passage"), counted(1200, "passage")] == ["1 passage", "1,200 passages"]
    assert [duration(84.3), duration(1234)] == ["84 ms", "1.2 s"]
    assert shortened("one two  three", 9) == "one two…"
    assert shortened("short", 9) == "short"
    assert shortened("x" * 20, 9) == "x" * 8 + "…"
