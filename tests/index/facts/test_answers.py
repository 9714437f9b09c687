"""Answers about several documents, and about entries of which the text says little."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.facts.answers import FactBook
from index.facts.types import Topic
from index.ingest.blocks import split_blocks
from index.ingest.passages import pack_passages
from index.models.tokenizer import WordPiece
from index.types import Status
from tests.index.facts.conftest import MakeSheet, written

TALE = (
    "The tale\n\nMayor Ada Quist met Tom Orr in Bergen on 4 May 2024. Ada Quist sighed. “We are "
    "full,” she said. The council of Oslo has 31 members, and it waited for 90 days there."
)
NOTE = "The note\n\nJonas Reed, who runs the mill, met Carla Bell in Paris. It was cold."
BARE = "The moss\n\nmoss is soft and green and grows on stones where it is wet enough for it."


@pytest.fixture(scope="module")
def book(make: MakeSheet, tokenizer: WordPiece) -> FactBook:
    documents = [
        replace(written(text), id=name, source=name, title=text.split("\n")[0])
        for name, text in (("tale.txt", TALE), ("note.txt", NOTE), ("moss.txt", BARE))
    ]
    passages = [
        passage
        for document in documents
        for passage in pack_passages(document, split_blocks(document), tokenizer.count_pieces)
    ]
    return FactBook(documents, passages, {d.id: make(d) for d in documents}, "a build")


def test_an_overview_goes_document_by_document(book: FactBook) -> None:
    lines = book.answer(Topic.WHO).text.split("\n")
    assert lines[:3] == ["The tale:", "2 people:", "• Ada Quist: Mayor [1]"]
    assert "The note:" in lines and "• Jonas Reed: who runs the mill [2]" in lines
    assert "The moss:" not in lines


def test_an_overview_of_everything_shows_one_of_each_kind(book: FactBook) -> None:
    lines = book.answer(Topic.FACT).text.split("\n")
    assert lines[1:3] == ["2 people, among them:", "• Ada Quist: Mayor [1]"]
    assert "1 quotation:" in lines and "2 figures, among them:" in lines


def test_one_document_has_no_heading(book: FactBook) -> None:
    assert book.answer(Topic.WHERE, "", {"note.txt"}).text == "1 place:\n• Paris [1]"


@pytest.mark.parametrize("topic", [t for t in Topic if t is not Topic.SUMMARY])
def test_none_is_said_kindly(book: FactBook, topic: Topic) -> None:
    answer = book.answer(topic, "", {"moss.txt"})
    assert answer.status is Status.NOT_FOUND
    assert answer.text.startswith("None in this document: ")


def test_a_beginning_is_asked_about(book: FactBook) -> None:
    answer = book.answer(Topic.WHERE, "berg")
    assert answer.text == "Nothing about “berg” in these documents. Did you mean Bergen?"


def test_what_nothing_explains_is_shown_with_the_words_around_it(book: FactBook) -> None:
    assert "Bergen: Mayor Ada Quist met Tom Orr in Bergen" in book.answer(Topic.WHERE, "bergn").text
    assert book.answer(Topic.FIGURES, "90").text.startswith("90 days: … ")


def test_who_is_meant_by_she_is_shown_and_found(book: FactBook) -> None:
    said = "“We are full” — Ada Quist (she) [1] [2]"
    assert book.answer(Topic.QUOTES, "Quist").text == said
    assert "she" not in book.suggest(Topic.QUOTES, "")
