"""The shipped reader on our own questions about the article and nine other texts.

A regression test: the shares are what the shipped models reach, less a small slack for processors
that round differently. Figures to report come from ``bench/``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.evaluation import is_right_quote
from index import Engine, open_engine
from index.answer.proof import faults
from index.settings import Settings
from index.types import Answer, Status
from tests.data.cases import TEXTS, Case, article_cases, text_cases

Asked = Sequence[tuple[Case, Answer]]


@pytest.fixture(scope="module")
def about_article(engine: Engine) -> Asked:
    return [(case, engine.ask(case.question)) for case in article_cases()]


@pytest.fixture(scope="module")
def texts_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    index_dir: Path = tmp_path_factory.mktemp("texts") / "index"
    engine = open_engine(Settings(sources=(TEXTS,), index_dir=index_dir))
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def about_texts(texts_engine: Engine) -> Asked:
    return [(case, texts_engine.ask(case.question)) for case in text_cases()]


def _answered(asked: Asked, name: str) -> tuple[float, float, float]:
    """Shares: right sentence shown first, of the answerable; refused, of the others; right, of
    what is shown."""
    answerable = [(case, answer) for case, answer in asked if case.answerable]
    others = [answer for case, answer in asked if not case.answerable]
    shown = [(case, answer) for case, answer in asked if answer.status is Status.ANSWERED]
    right = [
        case for case, answer in shown if is_right_quote(answer.citations[0].quote, case.sentences)
    ]
    refused = sum(answer.status is Status.NOT_FOUND for answer in others)
    shares = len(right) / len(answerable), refused / len(others), len(right) / len(shown)
    print(
        f"\n{name}: {len(right)} of {len(answerable)} answered with the right sentence first, "
        f"{refused} of {len(others)} others refused, {shares[2]:.0%} of shown answers right"
    )
    return shares


def test_questions_about_the_article(about_article: Asked) -> None:
    answered, refused, precise = _answered(about_article, "article")
    assert answered >= 0.73
    assert refused >= 0.80
    assert precise >= 0.85


def test_questions_about_other_texts(about_texts: Asked) -> None:
    answered, refused, precise = _answered(about_texts, "other texts")
    assert answered >= 0.55
    assert refused >= 0.72
    assert precise >= 0.72


def test_the_questions_that_a_newcomer_is_shown_are_answered_rightly(engine: Engine) -> None:
    (document,) = engine.documents
    shown = document.metadata["examples"].split("\n")
    right = ["Emmanuel Macron", "April 9", "Donetsk; Lugansk; Kherson and, Zaporozhye"]
    for question, short_answer in zip(shown, right, strict=True):
        answer = engine.ask(question)
        assert answer.short_answer is not None and short_answer in answer.short_answer
        assert answer.confidence > 0.6


def test_every_quote_is_cut_from_the_source(
    engine: Engine, texts_engine: Engine, about_article: Asked, about_texts: Asked
) -> None:
    for source, asked in ((engine, about_article), (texts_engine, about_texts)):
        for _, answer in asked:
            assert not faults(answer, {document.id: document for document in source.documents})
