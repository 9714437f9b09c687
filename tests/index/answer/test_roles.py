"""Who somebody is."""

from __future__ import annotations

import pytest

from index import Engine
from index.answer.roles import asked_person
from index.types import Status


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is Kirill Dmitriev?", "Kirill Dmitriev"),
        ("who was jd vance", "jd vance"),
        ("Who’s Macron?", "Macron"),
        ("What is Kellogg's job?", "Kellogg"),
        ("What job does Jean-Noël Barrot have?", "Jean-Noël Barrot"),
        ("which office does Barrot hold", "Barrot"),
        ("What is the position of Keith Kellogg?", "Keith Kellogg"),
        ("barrot position", "barrot"),
        ("What does Dmitriev do for a living?", "Dmitriev"),
        ("Which position did the committee take?", None),
        ("Who is the French president?", None),
        ("Who is a doctor?", None),
        ("Who will Witkoff meet?", None),
        ("What is the pause?", None),
    ],
)
def test_which_person_is_asked_about(question: str, name: str | None) -> None:
    assert asked_person(question) == name


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("Who is Kirill Dmitriev?", "head of the Russian Direct Investment Fund"),
        ("Who is Kiril Dimitriev?", "head of the Russian Direct Investment Fund"),
        ("who is jd vance", "US Vice President"),
        ("What is Macron's role?", "French President"),
        ("barot position", "Foreign Minister"),
    ],
)
def test_the_role_is_quoted(engine: Engine, question: str, role: str) -> None:
    answer = engine.ask(question)
    assert answer.status is Status.ANSWERED
    assert answer.short_answer == role
    (citation,) = answer.citations
    document = engine.document(citation.document_id)
    assert document is not None and citation.highlight is not None
    assert document.text[slice(*citation.highlight)] == role


def test_a_role_is_not_an_answer_to_who_holds_it(engine: Engine) -> None:
    assert engine.ask("Who is the French president?").short_answer != "French President"


@pytest.mark.parametrize("question", ["a", "and the?", "Who is Zelensky?"])
def test_nothing_to_tell(engine: Engine, question: str) -> None:
    assert engine.ask(question).status is Status.NOT_FOUND
