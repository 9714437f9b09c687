"""Looking things up: what is found, what is offered, and what is said when there is nothing."""

from __future__ import annotations

import pytest

from index import Engine
from index.answer.proof import faults
from index.facts import FACTS_ENGINE
from index.facts.types import Topic
from index.types import Status

ASKED = ["", "witkof", "special envoy", "tariff", "france", "april", "zzzz", "[1]", "“", "短い"]


@pytest.mark.parametrize("topic", list(Topic))
@pytest.mark.parametrize("wanted", ASKED)
def test_every_answer_is_proven(engine: Engine, topic: Topic, wanted: str) -> None:
    answer = engine.fact_book.answer(topic, wanted)
    documents = {document.id: document for document in engine.documents}
    assert answer.engine == FACTS_ENGINE and answer.text
    assert faults(answer, documents) == []
    assert (answer.status is Status.ANSWERED) == bool(answer.citations)


@pytest.mark.parametrize(
    ("topic", "wanted", "said"),
    [
        (Topic.WHO, "witkof", "Steve Witkoff: special envoy [1]"),
        (Topic.WHO, "special envoy", "Steve Witkoff: special envoy [1]"),
        (Topic.WHO, "French president", "Emmanuel Macron"),
        (Topic.WHERE, "donezk", "Donetsk: four contested regions in Ukraine"),
        (Topic.WHEN, "april 9", "The US made its first major concession on April 9"),
        (Topic.WHEN, "concession", "April 9"),
        (Topic.FIGURES, "tariffs", "up to 25%: tariffs, for Canada and Mexico"),
        (Topic.FIGURES, "Japan", "24%: previous rates, for Japan, later 10%"),
        (Topic.FIGURES, "Japan", "10%: reciprocal tariff, down from 20%, 24% and 25%"),
        (Topic.FIGURES, "90", "90 days: … decision to pause the toughest tariffs for 90 days as a"),
        (Topic.QUOTES, "Macron", "“fragile” — Macron"),
        (Topic.TIMELINE, "", "• April 9: The US made its first major concession"),
        (
            Topic.WHERE,
            "",
            "• Donetsk, Lugansk, Kherson, Zaporozhye [3]: four contested regions in Uk",
        ),
        (
            Topic.WHO,
            "witkof",
            "• US President Donald Trump’s special envoy tasked with ending the war",
        ),
        (Topic.WHO, "witkof", "Also called Witkoff [3], envoy [4]"),
        (
            Topic.SUMMARY,
            "banana",
            "There is no length “banana”, only short, medium and long. Medium:",
        ),
        (Topic.SUMMARY, "short", "US Secetary of State Rubio and special envoy Steve Witkoff"),
        (Topic.FACT, "Dmitriev", "Kirill Dmitriev: head of the Russian Direct Investment Fund"),
    ],
)
def test_what_is_found(engine: Engine, topic: Topic, wanted: str, said: str) -> None:
    assert said in engine.fact_book.answer(topic, wanted).text


def test_summaries_have_three_lengths(engine: Engine) -> None:
    lengths = ["short", "medium", "long"]
    counts = [len(engine.fact_book.answer(Topic.SUMMARY, n).citations) for n in lengths]
    assert counts == [2, 4, 8]


def test_nothing_of_that_name(engine: Engine) -> None:
    answer = engine.fact_book.answer(Topic.WHO, "Napoleon")
    assert answer.status is Status.NOT_FOUND
    assert answer.text == (
        "Nothing about “Napoleon” in this document. Try Steve Witkoff, Donald Trump or Emmanuel "
        "Macron."
    )
    assert engine.fact_book.answer(Topic.WHERE, "asia").text.endswith(
        "Try Ukraine, Iran or France."
    )


def test_none_in_another_document(engine: Engine) -> None:
    answer = engine.fact_book.answer(Topic.WHO, "", {"no such document"})
    assert answer.status is Status.NOT_FOUND and answer.text.startswith("None in ")


def test_suggestions(engine: Engine) -> None:
    book = engine.fact_book
    assert book.suggest(Topic.WHO, "witk")[0] == "Steve Witkoff"
    assert book.suggest(Topic.WHO, "wikoff")[0] == "Steve Witkoff"
    assert book.suggest(Topic.FIGURES, "tar")[0] == "tariffs"
    assert book.suggest(Topic.SUMMARY, "") == ["short", "medium", "long"]
    assert book.suggest(Topic.WHO, "")[:2] == ["Steve Witkoff", "Donald Trump"]
    assert "Russia" not in book.suggest(Topic.WHERE, "asia")
    assert len(book.suggest(Topic.FACT, "")) == 25
    assert all(0 < len(label) <= 100 for topic in Topic for label in book.suggest(topic, ""))


def test_the_engine_has_the_sheet_of_each_document(engine: Engine) -> None:
    (document,) = engine.documents
    sheet = engine.facts(document.id)
    assert sheet is not None and sheet.document_sha256 == document.sha256
    assert engine.facts("no such document") is None
