"""Whole conversations against the real engine: follow-ups find their sentence, and questions that
stand alone are answered as if nothing had been said before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from shutil import copy

import pytest

from bot.evaluation import is_right_quote
from index import Engine, open_engine
from index.settings import Settings
from index.types import Answer, Turn
from tests.data.cases import (
    ARTICLE,
    TEXTS,
    Dialogue,
    DialogueTurn,
    dialogues,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A turn, its answer in the conversation, and the answer to the same words alone."""

    turn: DialogueTurn
    answer: Answer
    alone: Answer | None
    seen: frozenset[tuple[str, int]]

    @property
    def is_right(self) -> bool:
        return _is_right(self.turn, self.answer, self.seen)

    @property
    def is_worse(self) -> bool:
        """Whether the conversation spoilt an answer that was right without it."""
        if self.alone is None or self.is_right or not self.turn.answerable:
            return False
        return _is_right(self.turn, self.alone, frozenset())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """All documents of the dialogues in one index. Whatever was found is shown: it is the
    right sentence that counts here, not whether the confidence in it is well fitted."""
    folder = tmp_path_factory.mktemp("library")
    for path in (ARTICLE, *TEXTS.iterdir()):
        copy(path, folder)
    settings = Settings(sources=(folder,), index_dir=tmp_path_factory.mktemp("index"))
    engine = open_engine(settings)
    engine.threshold = 0.0
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def asked(library: Engine) -> list[Asked]:
    return [row for dialogue in dialogues() for row in _converse(library, dialogue)]


def _converse(engine: Engine, dialogue: Dialogue) -> Iterator[Asked]:
    history: tuple[Turn, ...] = ()
    seen: frozenset[tuple[str, int]] = frozenset()
    for turn in dialogue.turns:
        answer = engine.ask(turn.question, history, documents={dialogue.document})
        is_later = bool(history) and not turn.dependent
        alone = engine.ask(turn.question, documents={dialogue.document}) if is_later else None
        yield Asked(turn, answer, alone, seen)
        history = (*history, answer.turn)
        seen |= {(c.document_id, c.start) for c in answer.citations}


def _is_right(turn: DialogueTurn, answer: Answer, seen: frozenset[tuple[str, int]]) -> bool:
    if not answer.citations:
        return not turn.answerable
    first = answer.citations[0]
    if turn.kind == "more" and (first.document_id, first.start) in seen:
        return False
    return is_right_quote(first.quote, turn.sentences)


def _share(rows: list[bool], what: str) -> float:
    share = sum(rows) / len(rows)
    print(f"{what}: {sum(rows)} of {len(rows)}, {share:.0%}")
    return share


def test_follow_ups_find_their_sentence(asked: list[Asked]) -> None:
    rows = [row for row in asked if row.turn.dependent and row.turn.answerable]
    for kind in sorted({row.turn.kind for row in rows}):
        _share([row.is_right for row in rows if row.turn.kind == kind], kind)
    assert _share([row.is_right for row in rows], "dependent turns, right sentence") >= 0.72


def test_independent_questions_are_not_spoilt(asked: list[Asked]) -> None:
    rows = [row for row in asked if row.alone is not None]
    assert _share([not row.is_worse for row in rows], "independent turns, no worse") >= 0.95


def test_independent_questions_keep_their_words(asked: list[Asked]) -> None:
    rows = [row for row in asked if row.alone is not None]
    kept = [
        row.alone is not None and row.answer.resolved_question == row.alone.resolved_question
        for row in rows
    ]
    assert _share(kept, "independent turns, words kept") >= 0.94


def test_more_is_never_what_was_shown(asked: list[Asked]) -> None:
    rows = [row for row in asked if row.turn.kind == "more"]
    shown = [(c.document_id, c.start) in row.seen for row in rows for c in row.answer.citations]
    assert shown and not any(shown)
