"""SQuAD articles become documents whose gold offsets hold."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from bench.retrieval import judge
from bench.squad import load_articles, sample, unambiguous, write_articles
from bench.stock import Piece
from index.types import Span

CONTEXT = "The ferry left Sandhorn at nine. It was late.\nThe crew of nine waited."


def _answer(text: str, occurrence: int = 0) -> dict[str, object]:
    start = -1
    for _ in range(occurrence + 1):
        start = CONTEXT.index(text, start + 1)
    return {"text": text, "answer_start": start}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    qas = [
        {"id": "1", "question": "Where from?", "answers": [_answer("Sandhorn")]},
        {"id": "2", "question": "When?", "answers": [_answer("nine", 1)]},
        {"id": "3", "question": "Who paid?", "answers": [], "is_impossible": True},
        {"id": "4", "question": "Who waited?", "answers": [_answer("The crew of nine")]},
        {"id": "5", "question": "who waited", "answers": [_answer("crew of nine")]},
        {"id": "6", "question": "Lost?", "answers": [{"text": "nowhere", "answer_start": 3}]},
    ]
    paragraphs = [{"context": "First.", "qas": []}, {"context": CONTEXT, "qas": qas}]
    path = tmp_path / "squad.json.gz"
    body = {"data": [{"title": "The_Ferry", "paragraphs": paragraphs}]}
    path.write_bytes(gzip.compress(json.dumps(body).encode()))
    return path


def test_gold_offsets_hold_in_the_article(data: Path, tmp_path: Path) -> None:
    (article,) = load_articles(data)
    assert article.text.startswith("The Ferry\n\nFirst.\n\nThe ferry left")
    assert [q.id for q in article.questions] == ["1", "2", "3", "4", "5"]
    for question in article.questions:
        assert question.answerable == (question.id != "3")
        cut = [article.text[start:end] for start, end in question.spans]
        assert tuple(cut) == question.answers
    write_articles([article], tmp_path / "out")
    assert (tmp_path / "out" / article.file_name).read_text("utf-8") == article.text


def test_an_article_that_is_not_there_is_named(data: Path) -> None:
    with pytest.raises(ValueError, match="The_Harbour"):
        load_articles(data, ["The_Ferry", "The_Harbour"])


def test_only_unambiguous_gold_is_kept(data: Path) -> None:
    # 2: "nine" stands twice; 4 and 5 are one question.
    assert [q.id for q in unambiguous(load_articles(data))] == ["1", "3"]


def test_a_sample_repeats_and_keeps_the_order(data: Path) -> None:
    questions = load_articles(data)[0].questions
    assert sample(questions, None) == list(questions)
    drawn = sample(questions, 3, seed=1)
    assert drawn == sample(questions, 3, seed=1)
    assert [q.id for q in drawn] == sorted(q.id for q in drawn)
    assert any(sample(questions, 3, seed=seed) != drawn for seed in range(2, 12))


def test_a_hit_wholly_holds_the_gold(data: Path) -> None:
    question = load_articles(data)[0].questions[0]
    (gold,) = question.spans
    name = question.document_id
    whole = Piece(name, Span(gold.start - 5, gold.end + 5))
    cut_short = Piece(name, Span(gold.start - 5, gold.end - 1))
    elsewhere = Piece("Another.txt", whole.span)
    assert judge(question, [whole]).rank == 1
    assert judge(question, [whole]).chars == gold.end - gold.start + 5
    second = judge(question, [cut_short, elsewhere, whole])
    before = sum(p.span.end - p.span.start for p in (cut_short, elsewhere))
    assert second.rank == 3
    assert second.chars == before + gold.end - gold.start + 5
    assert judge(question, [cut_short, elsewhere]).rank == float("inf")
    assert judge(question, [elsewhere] * 10 + [whole]).rank == float("inf")
