"""What form a question asks for."""

from __future__ import annotations

import pytest

from index.answer.form import fits


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("When did it open?", "last week"),
        ("when did it open", "April 9"),
        ("On what exact date did they meet?", "9 April"),
        ("Which day is the market?", "every Monday"),
        ("How long is the pause?", "90 days"),
        ("How long is the path?", "24 kilometres"),
        ("How high was the tariff?", "25%"),
        ("How old is the bridge?", "a hundred and two"),
        ("How many days does it last?", "90 days"),
        ("How many regions?", "four contested regions"),
        ("How many votes were against?", "22"),
        ("How much did he pay?", "four crowns"),
        ("How much does it cost?", "£4"),
        ("Who will Witkoff meet?", "Emmanuel Macron"),
        ("Where is it?", "in the harbour"),
        ("What happened?", "it sank"),
        ("Whose age is given?", "Ansel's"),
    ],
)
def test_what_fits(question: str, span: str) -> None:
    assert fits(question, span)


@pytest.mark.parametrize(
    ("question", "span"),
    [
        ("When did it open?", "by the mayor"),
        ("On what exact date did they meet?", "days"),
        ("Which year was it built in?", "Maria Holt"),
        ("How many soldiers will the force have?", "3-4 weeks"),
        ("How much money does the fund manage?", "3-4 weeks"),
        ("How old is Dmitriev?", "10%"),
        ("How many visitors came?", "many people"),
        ("witkoff age", "left"),
        ("What percentage is paid by the state?", "41 million kroner"),
        ("Who called the break fragile?", "the fragile break"),
    ],
)
def test_what_does_not(question: str, span: str) -> None:
    assert not fits(question, span)
