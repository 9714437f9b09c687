"""The best readings are read again, each one's sentence by itself."""

from __future__ import annotations

import pytest

from index import Engine
from index.answer.followup.nearness import Nearness
from index.answer.proof import sentence_span
from index.answer.read import read_hits
from index.answer.reader_answerer import ReaderAnswerer
from index.answer.second_look import MOST, look_again
from index.models.embedder import MiniLmEmbedder
from index.models.reader import Reader
from index.models.tokenizer import WordPiece
from index.types import Reading

QUESTIONS = (
    "Who will Witkoff meet?",
    "how long are the tariffs paused",
    "What was the tariff on Japan before?",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(WordPiece(), threads=1)


@pytest.fixture(scope="module")
def embedder() -> MiniLmEmbedder:
    return MiniLmEmbedder(WordPiece(), threads=1)


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_reading_is_lost(
    engine: Engine, reader: Reader, embedder: MiniLmEmbedder, question: str
) -> None:
    lookup = engine.look_up(question)
    assert lookup is not None
    candidates = read_hits(reader, question, lookup.hits, Nearness(()), lambda _: "")
    readings = look_again(reader, embedder, question, lookup.vector, candidates)
    spans = [(r.passage.id, r.span) for r in readings]
    assert sorted(spans) == sorted((c.reading.passage.id, c.reading.span) for c in candidates)
    looked = [r for r in readings if r.alone is not None]
    assert 1 <= len(looked) <= MOST
    assert tuple(looked) == readings[: len(looked)]
    assert all(r.similarity is not None and -1 <= r.similarity <= 1.001 for r in looked)


def test_the_verdict_is_that_of_the_sentence_by_itself(engine: Engine, reader: Reader) -> None:
    question = "Who will Witkoff meet?"
    lookup = engine.look_up(question)
    answerer = engine.answerer
    assert lookup is not None
    assert isinstance(answerer, ReaderAnswerer)
    best: Reading = answerer.read(lookup)[0]
    sentence = sentence_span(best.passage, best.span)
    start = best.passage.start
    text = best.passage.text[sentence.start - start : sentence.end - start]
    # Activations are quantised batch by batch, so that what else is read shifts a logit a little.
    assert best.alone == pytest.approx(reader.read(question, [text])[0].verdict, abs=0.5)
