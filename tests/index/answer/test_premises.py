"""What a question takes for granted, against the sentence that would answer it."""

from __future__ import annotations

import pytest

from index.answer.premises import false_premise

EAST_GATE = "The pump at the east gate failed on 3 May."
VOTE = "Pieter Vos voted against because the cost was too high."
DUTIES = "Trump announced a 90-day suspension of import duties on all countries except China."
COLONY = "In 1931 Japan conquered Manchuria from China."


@pytest.mark.parametrize(
    ("question", "sentence", "said"),
    [
        ("When did the pump at the west gate fail?", EAST_GATE, "west"),
        ("Why did Lena vote against?", VOTE, "Lena"),
        ("Why did China suspend its import duties?", DUTIES, "China"),
        ("Which area of China did Japan conquer in 1935?", COLONY, "1935"),
        ("What did Japan never conquer?", COLONY, "never"),
    ],
)
def test_a_premise_that_the_sentence_denies(question: str, sentence: str, said: str) -> None:
    finding = false_premise(question, sentence, "")
    assert finding is not None
    assert said in finding.reason


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("When did the pump at the east gate fail?", EAST_GATE),
        ("Why did Pieter vote against?", VOTE),
        ("How long are import duties suspended?", DUTIES),
        ("According to the text, which area of China did Japan conquer in 1931?", COLONY),
        ("Under what circumstances did Japan conquer Manchuria?", COLONY),
        ("who conquered manchuria", COLONY),
        ("", COLONY),
        ("?", COLONY),
    ],
)
def test_what_a_question_asks_for_is_no_premise(question: str, sentence: str) -> None:
    assert false_premise(question, sentence, "") is None


def test_names_around_the_sentence_count() -> None:
    sentence = "He was elected to the council in 1987."
    assert false_premise("When was Rowan Ashby elected?", sentence, "Rowan Ashby, baker.") is None
