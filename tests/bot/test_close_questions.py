from __future__ import annotations

from dataclasses import replace

import pytest

from bot.close_questions import MOST_OFFERED, close_questions
from index import Engine
from index.types import Status


@pytest.mark.parametrize(
    "question",
    [
        "How much does the trip cost?",
        "Which plane does Rubio take?",
        "What does Dmitriev earn?",
        "How old is the wife of Macron?",
    ],
)
def test_what_is_offered_is_answered(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    offered = close_questions(answer, engine.fact_book)
    assert 1 <= len(offered) <= MOST_OFFERED == 3
    for each in offered:
        assert engine.ask(each).status is Status.ANSWERED, each


def test_whom_the_question_names_comes_first(engine: Engine) -> None:
    answer = engine.ask("What does Dmitriev earn?")
    assert close_questions(answer, engine.fact_book)[0] == "Who is Kirill Dmitriev?"


def test_nothing_near_nothing_offered_and_never_the_same_again(engine: Engine) -> None:
    answer = engine.ask("What does Dmitriev earn?")
    assert close_questions(replace(answer, nearest=()), engine.fact_book) == ()
    same = replace(answer, resolved_question="Who is Kirill Dmitriev?")
    assert "Who is Kirill Dmitriev?" not in close_questions(same, engine.fact_book)
