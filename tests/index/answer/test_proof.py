"""The check of the proof finds every way in which a citation can be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Engine
from index.answer.proof import cite, faults, sentence_span
from index.ingest.passages import split_passages
from index.types import Answer, Passage, Span
from tests.index.texts import nasty_texts, plain


@pytest.fixture(scope="module")
def answer(engine: Engine) -> Answer:
    """One whose proof holds, whatever the engine's threshold is."""
    lookup = engine.look_up("Who will Witkoff meet?")
    assert lookup is not None
    found = engine.ask("Who will Witkoff meet?")
    draft = engine.answerer.answer(lookup)
    return replace(
        found, text=draft.text, short_answer=draft.short_answer, citations=draft.citations
    )


def with_citation(answer: Answer, **changes: Any) -> Answer:
    return replace(answer, citations=(replace(answer.citations[0], **changes),))


TAMPERED: dict[str, Callable[[Answer], Answer]] = {
    "moved": lambda a: with_citation(a, start=a.citations[0].start + 1),
    "longer": lambda a: with_citation(a, end=a.citations[0].end + 1),
    "retyped": lambda a: with_citation(a, quote=a.citations[0].quote.replace("Macron", "Merkel")),
    "straightened": lambda a: with_citation(a, quote=a.citations[0].quote + " "),
    "empty": lambda a: with_citation(a, quote="", end=a.citations[0].start, highlight=None),
    "other text": lambda a: with_citation(a, document_sha256="0" * 64),
    "other document": lambda a: with_citation(a, document_id="b.txt"),
    "marked outside": lambda a: with_citation(a, highlight=Span(0, 1)),
    "marks nothing": lambda a: with_citation(
        a, highlight=Span(a.citations[0].start, a.citations[0].start)
    ),
    "misnumbered": lambda a: with_citation(a, number=2),
    "no marker": lambda a: replace(a, text=a.text.replace("[1]", "")),
    "other short answer": lambda a: replace(a, short_answer="Angela Merkel"),
    "stray marker": lambda a: replace(a, text=f"{a.text} [7]"),
    "foreign passage": lambda a: with_citation(
        a, passage=replace(a.citations[0].passage, text="Something else.")
    ),
    "twice the same number": lambda a: replace(a, citations=a.citations * 2),
}


def test_a_proof_that_holds_has_no_faults(engine: Engine, answer: Answer) -> None:
    assert answer.citations
    assert faults(answer, {document.id: document for document in engine.documents}) == []


@pytest.mark.parametrize("tamper", TAMPERED.values(), ids=list(TAMPERED))
def test_a_tampered_proof_is_found_out(
    engine: Engine, answer: Answer, tamper: Callable[[Answer], Answer]
) -> None:
    assert faults(tamper(answer), {document.id: document for document in engine.documents})


@given(nasty_texts, st.data())
def test_every_citation_is_cut_from_the_document(text: str, data: st.DataObject) -> None:
    document = plain(text)
    passages = split_passages(document, lambda texts: [len(t.split()) for t in texts])
    if not passages:
        return
    passage: Passage = data.draw(st.sampled_from(passages))
    start = data.draw(st.integers(passage.start, passage.end))
    end = data.draw(st.integers(start, passage.end))
    sentence = sentence_span(passage, Span(start, end))
    citation = cite(1, document, passage, sentence)
    assert document.text[citation.start : citation.end] == citation.quote != ""
    assert passage.start <= citation.start < citation.end <= passage.end
    if any(s.start <= start < end <= s.end for s in passage.sentences):
        assert sentence.start <= start < end <= sentence.end
