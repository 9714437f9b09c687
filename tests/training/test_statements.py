"""Statements made of questions and answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.statements import Statements, past

STATEMENTS = Statements(
    frozenset("fall announce use stand derive support run found know meet cost enter win".split())
)


@pytest.mark.parametrize(
    ("question", "answer", "statement"),
    [
        ("When did Rome fall?", "476", "Rome fell in 476."),
        ("In what year did Liebman announce it?", "1996", "Liebman announced it in 1996."),
        ("Who wrote the letter?", "Ada Quill", "Ada Quill wrote the letter."),
        ("What is the region known for?", "its cattle", "The region is known for its cattle."),
        ("What was Strasbourg called in 12 BC?", "Argentoratum",
         "Strasbourg was called Argentoratum in 12 BC."),
        ("How many people entered the race in 2006?", "37,866",
         "37,866 people entered the race in 2006."),
        ("What language was spoken in Cornwall?", "Cornish", "Cornish was spoken in Cornwall."),
        ("When were the towers built?", "3 May 1392", "The towers were built on 3 May 1392."),
        ("Where is the university?", "Provo, Utah", "The university is in Provo, Utah."),
        ("What state is the winner from?", "Arkansas", "The winner is from Arkansas."),
        ("Octavian won at which battle?", "Actium", "Octavian won at Actium."),
        ("Which party does all Alaska support?", "Greens", "All Alaska supports Greens."),
    ],
)  # fmt: skip
def test_word_order(question: str, answer: str, statement: str) -> None:
    assert STATEMENTS.state(question, answer) == statement


@pytest.mark.parametrize(
    ("question", "answer"), [("", "x"), ("Who?", "Ada"), ("When did it fall?", " . "), ("So?", "y")]
)
def test_what_no_rule_fits_is_left_out(question: str, answer: str) -> None:
    assert STATEMENTS.state(question, answer) is None


def test_verbs_are_learnt_from_texts() -> None:
    text = "They wanted to harvest it. " * 3 + "It was harvested. " * 3 + "They went to Rome. " * 3
    learnt = Statements.learn([text])
    assert "harvest" in learnt.verbs and "rome" not in learnt.verbs


@pytest.mark.parametrize(("verb", "form"), [("fall", "fell"), ("use", "used"), ("try", "tried")])
def test_past_tense(verb: str, form: str) -> None:
    assert past(verb) == form


@given(st.text(max_size=60), st.text(max_size=20))
def test_any_text_is_taken(question: str, answer: str) -> None:
    STATEMENTS.state(question, answer)
