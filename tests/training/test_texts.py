"""Our own texts for training: answers where they say they are, near misses without one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from training.texts import load_texts

DOCUMENT = {
    "document": "mill",
    "sentences": [
        "Mill Street",
        "The mill closed in 1931.",
        "It reopened in 1950.",
        "- entry: free",
    ],
    "questions": [
        {"question": "When did the mill shut down?", "sentence": 1, "answer": "1931"},
        {"question": "admission", "sentence": 3, "answer": "free"},
        {"question": "Why did the mill close?"},
    ],
}


def test_documents_become_articles(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(DOCUMENT).encode() + b"\n"))
    (article,) = load_texts(path)
    (paragraph,) = article.paragraphs
    assert article.title == "mill"
    assert paragraph.text == (
        "Mill Street\nThe mill closed in 1931. It reopened in 1950. - entry: free"
    )
    shut, admission, why = paragraph.questions
    for question, text in ((shut, "1931"), (admission, "free")):
        (gold,) = question.golds
        assert paragraph.text[gold.start : gold.start + len(gold.text)] == text
        assert not question.impossible
    assert why.impossible
    assert not why.golds


def test_the_shipped_texts_are_whole() -> None:
    articles = load_texts(Path(__file__).parents[2] / "training" / "data" / "texts.jsonl.gz")
    questions = [q for a in articles for p in a.paragraphs for q in p.questions]
    assert len({a.title for a in articles}) == len(articles)
    assert len({q.id for q in questions}) == len(questions)
    share = sum(q.impossible for q in questions) / len(questions)
    assert 0.4 < share < 0.7
