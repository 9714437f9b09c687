"""The reader's span, mended by the wording of question and sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.short_answer import mended
from index.ingest.passages import split_passages
from index.types import Passage, Span
from tests.index.texts import nasty_texts, plain

RATES = "A 10% tariff, down from rates of 20% on the EU, 24% on Japan, and 25% on South Korea."
FLOUR = "Take 3 kg of rice, 2 kg of flour and 4 eggs from the farm in Holt, opened on May 12, 1980."
CONTACT = "Write to help@mill.example, call +47 555 0142 or see https://mill.example/faq."
PHOTO = "Photo: The mayor opens the mill. (Ann Reed/AFP)"
BELL = "Bell was granted the patent of the telephone on 1876-03-07 in Boston, or 7/3/1876."
MAIL = "Anna Berg sent the email from anna.berg@example.org to the whole board on Monday."
SITE = "Peter Holm runs the website www.holm.example for the village since 2011."
POST = "The mill opens today https://t.co/x\n— The Daily Grain (@grain) March 27, 2025"


def passage_of(text: str) -> Passage:
    (passage,) = split_passages(plain(text, "a.txt"), lambda texts: [1] * len(texts))
    return passage


def mend(question: str, text: str, found: str) -> str:
    passage = passage_of(text)
    start = text.index(found)
    return text[slice(*mended(question, passage, Span(start, start + len(found))))]


@pytest.mark.parametrize(
    ("question", "text", "found", "answer"),
    [
        ("How high was the tariff on Japan?", RATES, "20% on the EU, 24%", "24%"),
        ("south korea previous rate", RATES, "20%", "25%"),
        ("How much flour is needed?", FLOUR, "3 kg", "2 kg"),
        ("e-mail address?", CONTACT, "mill", "help@mill.example"),
        ("What is the phone number?", CONTACT, "help@mill", "+47 555 0142"),
        ("Is there a website?", CONTACT, "help", "https://mill.example/faq"),
        ("mill's phone number", CONTACT, "help@mill", "+47 555 0142"),
        ("Under what number can I call?", CONTACT, "help@mill", "+47 555 0142"),
        ("Which number do I call?", CONTACT, "help@mill", "+47 555 0142"),
        ("Which email address does Anna Berg use?", MAIL, "Anna", "anna.berg@example.org"),
        ("How can I reach Anna by e-mail?", MAIL, "Anna", "anna.berg@example.org"),
        ("What's the website of the village?", SITE, "Peter", "www.holm.example"),
        ("give me the link", SITE, "Peter", "www.holm.example"),
        ("Who took the picture?", PHOTO, "The mayor", "Ann Reed/AFP"),
        ("photo credit", PHOTO, "The mayor", "Ann Reed/AFP"),
        ("Which newspaper posted the tweet?", POST, "The mill", "The Daily Grain"),
        ("whose tweet is it", POST, "The mill", "The Daily Grain"),
        ("Where is more?", CONTACT, "mill.example/faq", "https://mill.example/faq"),
        ("What was it?", "He spoke of a “fragile” break.", "fragile” break", "“fragile” break"),
        ("Who came?", "Ann (chair) and Bo came.", "Ann (chair", "Ann (chair)"),
        ("Who came?", "Ann (chair of the board) and Bo came.", "Ann (chair", "Ann"),
        ("What is copied?", "Back up `~/.mill` first.", "~/.mill` first", "~/.mill"),
        ("What is new?", "The **old** way goes.", "**old**", "old"),
    ],
)
def test_what_is_moved(question: str, text: str, found: str, answer: str) -> None:
    assert mend(question, text, found) == answer


@pytest.mark.parametrize(
    ("question", "text", "found"),
    [
        ("What is the tariff?", RATES, "10%"),
        ("What is the rate in Norway?", RATES, "20%"),
        ("How many eggs?", FLOUR, "4"),
        # Years and dates of another part are no kilograms of this one.
        ("How much does the farm in Holt sell?", FLOUR, "3 kg"),
        ("When was the farm in Holt opened?", FLOUR, "May 12, 1980"),
        ("How much is it for Bo?", "Ann got .5 and Bo got 3 of it.", ".5"),
        ("How much is it for Bo?", "Ann and Bo paid 3 and 4 euros, respectively.", "3"),
        ("Who invented the telephone?", BELL, "Bell"),
        ("Where was the telephone patented?", BELL, "Boston"),
        ("What is the phone number?", BELL, "Bell"),
        ("Who sent the email?", MAIL, "Anna Berg"),
        ("When was the email sent?", MAIL, "Monday"),
        ("To whom was the email sent?", MAIL, "the whole board"),
        ("What is the name of the sender of the email?", MAIL, "Anna Berg"),
        ("What is the email about?", MAIL, "the whole board"),
        ("Who runs the website?", SITE, "Peter Holm"),
        ("Since when does he run the website?", SITE, "2011"),
        ("Why does he run the website?", SITE, "the village"),
        ("How many people visit the website?", SITE, "2011"),
        ("What does the tweet say?", POST, "The mill opens today"),
        ("Who opens the mill in the photo?", PHOTO, "The mayor"),
    ],
)
def test_what_stays(question: str, text: str, found: str) -> None:
    assert mend(question, text, found) == found


@given(
    nasty_texts,
    st.integers(0, 300),
    st.integers(1, 60),
    st.sampled_from(
        ["How much is it?", "email?", "phone?", "link?", "photo by", "Who tweeted it?"]
    ),
)
def test_it_stays_in_the_sentence_and_is_never_empty(
    text: str, start: int, length: int, question: str
) -> None:
    for passage in split_passages(plain(text), lambda texts: [1] * len(texts)):
        for sentence in passage.sentences:
            begin = min(sentence.start + start, sentence.end - 1)
            span = mended(question, passage, Span(begin, min(begin + length, sentence.end)))
            assert sentence.start <= span.start < span.end <= sentence.end
