"""Prepared examples: answers where they say they are, near misses without one, no leak."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from training import prepare
from training.examples import Example, load_examples, save_examples
from training.metrics import normalize
from training.mine import Makers, items
from training.reading import Array, Batch, load_tokenizer
from training.squad import Article

SCALE = 0.002


class Indifferent:
    """A model to which every span is as good as any other."""

    def __call__(self, batch: Batch) -> tuple[Array, Array, Array | None]:
        flat = np.zeros(batch.input_ids.shape, np.float32)
        return flat, flat, None


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer(prepare.WEIGHTS / "tokenizer.json")


def run(
    squad: Sequence[Article], squad2: Sequence[Article], tokenizer: Tokenizer, seed: int = 0
) -> list[Example]:
    return prepare.prepare(squad, squad2, [], Indifferent(), tokenizer, scale=SCALE, seed=seed)


def test_examples_are_repeatable(
    squad: list[Article], squad2: list[Article], tokenizer: Tokenizer
) -> None:
    first = run(squad, squad2, tokenizer)
    assert first == run(squad, squad2, tokenizer)
    assert first != run(squad, squad2, tokenizer, seed=1)
    assert {e.answerable for e in first} == {True, False}


def test_an_answer_stands_where_the_example_says(
    squad: list[Article], tokenizer: Tokenizer
) -> None:
    makers = Makers(prepare.piece_counter(tokenizer), prepare.draw_size)
    rng = random.Random(0)
    for item in items(squad):
        golds = {gold.text for gold in item.question.golds}
        titles = ["The_Lenn"]
        for _ in range(10):
            plain = prepare.answerable("squad", item, makers, rng)
            rough = prepare.roughen(plain, titles, rng)
            for example in (plain, rough):
                assert example.window[example.start : example.end] in golds
            exchanged = makers.exchange_in_both(item, rng)
            if exchanged is not None:
                assert exchanged.window[exchanged.start : exchanged.end] in golds


def test_removed_sentences_take_the_answer_along(
    squad: list[Article], tokenizer: Tokenizer
) -> None:
    makers = Makers(prepare.piece_counter(tokenizer), prepare.draw_size)
    rng = random.Random(0)
    made = [(item, makers.remove_sentence(item, rng)) for item in items(squad) for _ in range(5)]
    assert any(example for _, example in made)
    for item, example in made:
        if example is not None:
            assert not example.answerable
            assert f" {normalize(item.question.golds[0].text)} " not in (
                f" {normalize(example.window)} "
            )


def test_only_training_articles_are_learnt_from(
    squad: list[Article], squad2: list[Article], tokenizer: Tokenizer
) -> None:
    marked = [
        Article(
            article.title,
            tuple(
                type(p)(p.text, tuple(
                    type(q)(q.id, f"{article.title} {q.text}", q.golds, q.impossible)
                    for q in p.questions
                ))
                for p in article.paragraphs
            ),
        )
        for article in squad2
    ]  # fmt: skip
    people = [
        e for e in prepare.prepare(squad, marked, [], Indifferent(), tokenizer, scale=0.3)
        if e.kind.startswith("people")
    ]  # fmt: skip
    assert people
    assert not any(title in e.question for e in people for title in ("Steam_engine", "Geology"))


def test_saved_examples_come_back(tmp_path: Path) -> None:
    examples = [Example("squad", "Who?", "Édouard.", 0, 7), Example("retrieved", "Who?", "Nobody.")]
    path = tmp_path / "examples.jsonl.gz"
    save_examples(examples, path)
    first = path.read_bytes()
    assert load_examples(path) == examples
    save_examples(examples, path)
    assert path.read_bytes() == first
