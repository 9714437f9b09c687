"""Hybrid retrieval on real indexes, and the fusion of any two rankings."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Engine, open_engine
from index.answer.retrieve import fuse
from index.settings import Settings
from index.types import Hit, Passage, Span
from tests.data.cases import TEXTS


def passage(name: str) -> Passage:
    return Passage(name, "a.txt", 0, 1, "x", None, 0, (Span(0, 1),))


scores = st.floats(0.01, 1)
rankings = st.dictionaries(st.sampled_from("abcdefgh"), scores).map(
    lambda found: sorted(
        ((passage(name), score) for name, score in found.items()), key=lambda row: -row[1]
    )
)


@given(rankings, rankings)
def test_a_fused_ranking_holds_everything_once_best_first(
    dense: list[tuple[Passage, float]], lexical: list[tuple[Passage, float]]
) -> None:
    hits = fuse(dense, lexical)
    names = [hit.passage.id for hit in hits]
    assert sorted(names) == sorted({p.id for p, _ in (*dense, *lexical)})
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    for hit in hits:
        for rows, rank, score in (
            (dense, hit.dense_rank, hit.dense_score),
            (lexical, hit.lexical_rank, hit.lexical_score),
        ):
            found = [(n, s) for n, (p, s) in enumerate(rows, 1) if p.id == hit.passage.id]
            assert found == ([] if rank is None else [(rank, score)])


@given(rankings, rankings)
def test_who_is_first_in_both_is_first(
    dense: list[tuple[Passage, float]], lexical: list[tuple[Passage, float]]
) -> None:
    best = passage("best")
    hits = fuse([(best, 2.0), *dense], [(best, 2.0), *lexical])
    assert hits[0].passage is best


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """All of the test documents in one index."""
    index_dir: Path = tmp_path_factory.mktemp("library") / "index"
    return open_engine(Settings(sources=(TEXTS,), index_dir=index_dir))


def hits(engine: Engine, question: str, documents: set[str] | None = None) -> tuple[Hit, ...]:
    return engine.ask(question, documents=documents).nearest


def test_no_more_than_top_k_and_none_twice(library: Engine) -> None:
    found = hits(library, "How many people came?")
    assert 1 <= len(found) <= 8
    assert len({hit.passage.id for hit in found}) == len(found)
    assert all(-1.001 <= hit.dense_score <= 1.001 for hit in found if hit.dense_score is not None)


def test_a_search_keeps_to_the_documents_it_is_given(library: Engine) -> None:
    names = [document.id for document in library.documents]
    assert len(names) == 9
    for question in ("Who wrote it?", "How deep is the lake?", "Wie hoch ist der Turm?"):
        for name in names:
            found = hits(library, question, {name})
            assert found and {hit.passage.document_id for hit in found} == {name}
        two = set(names[:2])
        assert {hit.passage.document_id for hit in hits(library, question, two)} <= two


def test_a_search_in_every_document_by_name_is_a_search_in_all(library: Engine) -> None:
    everything = {document.id for document in library.documents}
    for question in ("How deep is the lake?", "Who wrote it?"):
        one, other = hits(library, question), hits(library, question, everything)
        assert [hit.passage.id for hit in one] == [hit.passage.id for hit in other]
        assert [h.score for h in one] == pytest.approx([h.score for h in other], abs=1e-5)


@pytest.mark.parametrize("documents", [set(), {"not-there.txt"}])
def test_where_nothing_may_be_searched_nothing_is_found(
    library: Engine, documents: set[str]
) -> None:
    answer = library.ask("How deep is the lake?", documents=documents)
    assert (answer.status, answer.nearest, answer.citations) == ("not_found", (), ())
    assert answer.confidence == 0


def test_the_same_question_finds_the_same(library: Engine) -> None:
    one, other = (hits(library, "How deep is the lake?") for _ in range(2))
    assert one == other
