"""Rendering by itself: escaping, splitting, and the order of things."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.discord_app.rendering import (
    CONTENT_LIMIT,
    escape,
    escape_name,
    fit,
    length,
    marked,
    render_answer,
    render_source,
    split,
)
from index.types import Answer, RejectedClaim, Span, Status, Verdict
from tests.bot.discord_app.discord_markdown import active, hide_escapes, read
from tests.bot.discord_app.nasty import nasty_text
from tests.bot.scripted import answered, checked, document, not_found

ADA = Span(34, 43)


@pytest.mark.parametrize(
    "text",
    [
        "@everyone",
        "@here and @EVERYONE",
        "<@123456789012345678> <@!123456789012345678> <@&123456789012345678>",
        "<#123456789012345678> </ask:123456789012345678> <t:1700000000:R> <id:customize>",
        "<:boom:123456789012345678> :smile: ::smile::",
        "https://example.org/a_b_c HTTP://EXAMPLE.ORG <https://example.org>",
        "[click me](https://example.org) [x]( y)",
        "discord.gg/abc discord.com/invite/abc",
        "```py\ncode\n``` `code` ``x``",
        "||spoiler|| **bold** __line__ _i_ *i* ~~gone~~ ***x***",
        "# Heading\n## Two\n-# small\n  # indented",
        "> quote\n>>> all of it\n- item\n* item\n+ item\n1. one\n 2) two",
        "\\@everyone \\\\<@123456> \\",
        "@\u200beveryone @\u2060here",
        "a\r# b\u2028# c\x85# d\x0b# e",
        "]\u200b(https://example.org)",
    ],
)
def test_markup_is_shown_and_not_obeyed(text: str) -> None:
    shown = escape(text)
    assert active(shown) == set()
    plain = re.sub(r"\r\n|[\r\v\x85\u2028\u2029]", "\n", text)
    visible = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    assert read(shown) == visible


def test_ordinary_prose_is_left_alone() -> None:
    prose = (
        "Macron’s “fragile” break – 90 days, 3.5% (see p. 4); e.g. A/B, 10:30, user@example.org!"
    )
    assert escape(prose) == prose


def test_a_quote_from_the_article_reads_letter_for_letter() -> None:
    post = "says Macron https://t.co/ufoKhy3Pvh\n— Financial Times (@FT) March 27, 2025"
    assert escape(post) == post.replace("://", "\\://")


def test_direction_tricks_and_broken_characters() -> None:
    assert escape("a\u202eb\u2066c\u0000d") == "abcd"
    assert escape("\ud800x") == "\ufffdx"
    assert escape("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"  # one family
    assert escape("می\u200cخواهم") == "می\u200cخواهم"  # a letter's form hangs on it


@settings(max_examples=150, deadline=None)
@given(nasty_text())
def test_nothing_in_any_text_is_obeyed(text: str) -> None:
    assert active(escape(text)) == set()
    assert active(escape_name(text)) == set()


@settings(max_examples=80, deadline=None)
@given(nasty_text(), st.data())
def test_marking_adds_nothing_but_its_marks(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = hide_escapes(marked(text, Span(start, end)))
    assert shown.count("*") % 4 == 0
    assert shown.replace("**", "") == hide_escapes(escape(text))


@settings(max_examples=80, deadline=None)
@given(nasty_text(max_size=6000), st.sampled_from([200, 500, CONTENT_LIMIT]))
def test_parts_fit_and_hold_everything(text: str, limit: int) -> None:
    parts = split(escape(text), limit)
    assert all(length(part) <= limit and part.strip() for part in parts)
    joined = re.sub(r"\s", "", "".join(map(read, parts)))
    assert joined == re.sub(r"\s", "", read(escape(text)))
    assert all(active(part) == set() for part in parts)


def test_cuts_are_at_paragraphs_then_lines_then_sentences() -> None:
    paragraphs = "\n\n".join([("word " * 60).strip()] * 4)
    assert all(part.endswith("word") for part in split(paragraphs, 700))
    sentences = "This is a sentence of some length. " * 30
    assert all(part.endswith(".") for part in split(sentences, 300))


def test_fences_bold_and_quotes_are_closed_and_opened_again() -> None:
    code = "```py\n" + "print(1)\n" * 60 + "```"
    parts = split(code, 200)
    assert all(part.startswith("```py\n") and part.endswith("```") for part in parts)
    bold = "**" + "word " * 100 + "end**"
    assert all(part.count("**") == 2 for part in split(bold, 200))
    quote = "> " + "word " * 100
    assert all(part.startswith("> ") for part in split(quote, 200))


def test_emoji_and_accents_are_not_torn() -> None:
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    parts = split(family * 40, 100)
    assert "".join(parts) == family * 40
    assert all(not part.startswith("\u200d") and not part.endswith("\u200d") for part in parts)
    accents = "e\u0301" * 300
    assert all(not part.startswith("\u0301") for part in split(accents, 101))


def test_fit() -> None:
    assert fit("short", 100) == "short"
    assert length(fit("word " * 100, 50)) <= 50 and fit("word " * 100, 50).endswith("…")


def test_the_answer_comes_first_then_the_sources_then_the_small_line() -> None:
    source = document()
    answer = answered(source, quote=Span(0, 44), short=ADA, question="Who opened it?")
    (part,) = render_answer(answer).parts
    assert part == (
        "The harbour was opened in 1894 by **Ada Quill**. [1]\n\n"
        "**Source**\n"
        "[1] The harbour\n"
        "> The harbour was opened in 1894 by Ada Quill.\n"
        "-# Very confident (93%) · reader · 12 ms"
    )


def test_a_question_that_was_read_otherwise_says_so() -> None:
    answer = replace(answered(document()), resolved_question="When was the harbour opened?")
    assert "I read this as: When was the harbour opened?" in render_answer(answer).parts[0]


def test_brackets_of_the_document_are_not_citations() -> None:
    source = document("It rose [7] in 1894 [1](https://x.example).")
    (part,) = render_answer(answered(source)).parts
    assert "\\[7\\]" in part
    # The document's own "[1](" must not become a link.
    assert active(part.replace("**", "")) <= {"quote", "heading"}


def test_not_found_is_friendly_and_shows_what_is_nearest() -> None:
    message = render_answer(not_found(document()), titles={"harbour.txt": "The harbour"})
    assert message.parts[0].startswith("**That is not in the document**")
    assert "The nearest passage in *The harbour*:\n> **1** The harbour was" in message.parts[0]
    two = {"harbour.txt": "The harbour", "pier.txt": "The pier"}
    named = render_answer(not_found(document()), titles=two).parts[0]
    assert "The nearest passage:\n> **1 · The harbour**\n> The harbour was opened" in named
    assert [label.label for label in message.sources] == ["Passage 1"]
    bare = render_answer(replace(not_found(document()), nearest=()))
    assert bare.sources == () and "nearest" not in bare.parts[0]


def test_what_can_be_chosen_is_read_as_well_as_pressed() -> None:
    offered = replace(not_found(document()), choices=("Who is *Ada* Quill?",))
    text = render_answer(offered).parts[0]
    assert "Close to it, and answered there:\n- Who is \\*Ada\\* Quill?" in text


def test_help_has_no_votes_and_no_sources() -> None:
    answer = replace(not_found(document()), engine="help", text="I answer questions.", nearest=())
    message = render_answer(answer)
    assert message.parts == ("I answer questions.",)
    assert not message.votable and not message.sources


def test_unsupported_says_that_it_is() -> None:
    answer = replace(
        answered(document()),
        status=Status.UNSUPPORTED,
        rejected=(RejectedClaim("It was 1895.", "the number is not in the quote"),),
    )
    text = render_answer(answer).parts[0]
    assert text.startswith("**I could not back what I was about to say")
    assert "1 unproven sentence dropped" in text and "onfident" not in text


def test_what_takes_more_than_three_messages_is_attached_whole() -> None:
    source = document("A sentence of middling length stands here. " * 200)
    message = render_answer(answered(source))
    assert len(message.parts) == 1 and "attached file" in message.parts[0]
    assert message.attachment is not None and len(message.attachment) > 10_000
    assert length(message.parts[0]) <= CONTENT_LIMIT


def test_the_last_line_can_say_what_was_asked() -> None:
    message = render_answer(answered(document())).with_question("When? @everyone")
    assert message.parts[-1].endswith("\n-# Asked: When? @\u200beveryone")


def test_verdicts_stand_before_their_quotes() -> None:
    message = render_answer(checked(document(), claim="It opened in 1894."))
    shown = message.parts[0]
    assert shown.startswith("**Checked against the document**\nSupported: “It opened in 1894.” [1]")
    assert shown.index("Supported") < shown.index("> The harbour") < shown.index("-# A machine")
    assert [source.number for source in message.sources] == [1]
    missing = render_answer(checked(document(), claim="It flew.", verdict=Verdict.NOT_FOUND))
    assert "Not found: “It flew.”" in missing.parts[0] and not missing.sources


def test_an_opened_source_stands_in_its_surroundings() -> None:
    source = document("Before it. The harbour was opened in 1894 by Ada Quill. After it.")
    answer = answered(source, quote=Span(11, 55), short=Span(45, 54))
    shown = render_source(answer, "s", 1, source)
    assert shown is not None
    assert (shown.before, shown.after) == ("Before it.", "After it.")
    assert shown.quote == "> The harbour was opened in 1894 by **Ada Quill**."
    assert "Characters 11–55" in shown.note
    assert render_source(answer, "s", 2, source) is None
    assert render_source(answer, "n", 9, source) is None


def test_a_link_is_given_where_the_document_has_an_address() -> None:
    source = replace(document(), source="https://example.org/harbour")
    shown = render_source(answered(source), "s", 1, source)
    assert shown is not None and shown.url == "https://example.org/harbour"
    for address in (
        "javascript:alert(1)",
        "seeds/x.txt",
        "https://",
        "http://[a]",
        "https://x y/z",
    ):
        source = replace(document(), source=address)
        shown = render_source(answered(source), "s", 1, source)
        assert shown is not None and shown.url is None


@settings(max_examples=60, deadline=None)
@given(nasty_text(max_size=5000), nasty_text(max_size=300), st.booleans())
@example("`" * 570, "`" * 285, False)
def test_every_rendering_of_every_document_fits_and_is_inert(
    text: str, question: str, found: bool
) -> None:
    source = document(text or "x", title=question or "t")
    answer: Answer = (answered if found else not_found)(source, question=question)
    message = render_answer(answer, titles={source.id: source.title}).with_question(question)
    shown = render_source(answer, "s" if found else "n", 1, source)
    verdict = render_answer(checked(source, claim=question))
    assert shown is not None
    whole = [shown.title, shown.before, shown.quote, shown.after, shown.note]
    assert length("".join(whole)) <= 4000
    for part in (*message.parts, *verdict.parts):
        assert 0 < length(part) <= CONTENT_LIMIT
    ours = {"emphasis", "quote", "heading", "list"}
    for part in (*message.parts, *verdict.parts, *whole):
        assert active(part) <= ours
