"""Questions: cleaned, told apart by what they ask for, refused if they ask nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.question import Kind, clean_text, parse_question
from index.errors import QuestionError


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("Who will Witkoff meet?", Kind.SPAN),
        ("how many countries got tariffs", Kind.SPAN),
        ("What time does it open?", Kind.SPAN),
        ("Why did he travel?", Kind.EXPLAIN),
        ("how does the ceasefire work", Kind.EXPLAIN),
        ("What happened in Rome?", Kind.EXPLAIN),
        ("Is Rubio going to France?", Kind.YES_NO),
        ("didn't they meet", Kind.YES_NO),
        ("Is it Rubio or Witkoff?", Kind.SPAN),
        ("Witkoff", Kind.SPAN),
        ("Hello!", Kind.SMALL_TALK),
        ("thanks a lot", Kind.SMALL_TALK),
        ("What can you do?", Kind.SMALL_TALK),
        ("HELP", Kind.SMALL_TALK),
        ("hello, who is Witkoff?", Kind.SPAN),
        ("Who helps Ukraine?", Kind.SPAN),
        ("How do I use this bot?", Kind.SMALL_TALK),
        ("Will Cathcart leads which company?", Kind.SPAN),
        ("May Day is when?", Kind.SPAN),
        ("Will Witkoff say when they meet?", Kind.YES_NO),
        ("Will Rubio discuss what he saw?", Kind.YES_NO),
    ],
)
def test_kinds(asked: str, kind: Kind) -> None:
    assert parse_question(asked).kind is kind


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("Hi! Could you please tell me who Witkoff met?", "Who Witkoff met?"),
        ("i was wondering when the talks start, thanks", "when the talks start"),
        ("Does the article say who came?", "Who came?"),
        ("Who came, according to the article?", "Who came?"),
        ("tell me", "tell me"),
        ("  Who\n\tcame?  ", "Who came?"),
        ("Can you list the countries?", "List the countries?"),
        ("Well, who came?", "Who came?"),
        ("ok so who came", "who came"),
        ("hey there bot, Rubio's job?", "Rubio's job?"),
        ("Hi i was wondering who came", "Who came"),
        ("quick question - who came?", "who came?"),
        *(
            (question, question)
            for question in (
                "Yo-Yo Ma plays which instrument?",
                "Hello Kitty was created by whom?",
                "Well water: how deep is it?",
                "So-called deal: who signed it?",
                "Hi-Fi Club opened when?",
            )
        ),
    ],
)
def test_courtesies_are_seen_through(asked: str, text: str) -> None:
    question = parse_question(asked)
    assert question.text == text
    assert question.asked == " ".join(asked.split())


@pytest.mark.parametrize("asked", ["How do I use it?", "What can I do?", "How does this work?"])
def test_what_is_small_talk_at_first_is_a_question_later(asked: str) -> None:
    assert parse_question(asked).kind is Kind.SMALL_TALK
    assert parse_question(asked, in_conversation=True).kind is not Kind.SMALL_TALK


@pytest.mark.parametrize(
    ("asked", "what"),
    [
        ("", "empty"),
        (" \t\r\n", "empty"),
        ("\x00\x1b\u200b\u202e\ufeff", "empty"),
        ("?!…", "no words"),
        ("👍👩‍👩‍👧", "no words"),
        ("\ud800", "no words"),
        ("a" * 1001, "1,001 characters of at most 1,000"),
        ("who " * 2500, "9,999 characters"),
    ],
)
def test_what_is_no_question_is_refused_with_the_way_out(asked: str, what: str) -> None:
    with pytest.raises(QuestionError) as caught:
        parse_question(asked)
    assert what in caught.value.what
    assert caught.value.cure


def test_the_longest_question_is_a_setting() -> None:
    assert parse_question("a" * 30, 30).text == "a" * 30
    with pytest.raises(QuestionError, match="of at most 29"):
        parse_question("a" * 30, 29)


@given(st.text())
def test_any_text_is_a_clean_question_or_refused(text: str) -> None:
    """Lone surrogates, direction marks and control characters among them."""
    try:
        question = parse_question(text)
    except QuestionError:
        return
    for shown in (question.asked, question.text):
        assert shown and shown == shown.strip()
        shown.encode()
        assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in shown)
        assert not set("\u200b\u202a\u202e\u2066\ufeff\u2028") & set(shown)


@given(st.text())
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@pytest.mark.parametrize(
    "part", ["please ", "hi ", "tell me ", "so ", "?! ", "sorry, ", "(", "a\u0301"]
)
def test_a_long_run_of_anything_is_parsed_at_once(part: str) -> None:
    assert parse_question("who " + part * (50_000 // len(part)), 100_000).text.startswith("who")
