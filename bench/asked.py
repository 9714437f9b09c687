"""One question put to the engine, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass

from bench.squad import SquadQuestion
from index import Engine
from index.types import Answer, Span, Status
from training.metrics import exact_match, f1

ANSWERABLE = "answerable"
#: Written for a paragraph that all but answers it.
NEAR_MISS = "near_miss"
#: About another article, which is not in the index.
ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the engine would show, and whether it does at its threshold."""

    question: str
    group: str
    #: Its paragraph.
    cluster: str
    confidence: float
    #: Whether the shipped threshold refuses it.
    refused: bool
    #: Whether the first citation, or any, holds an accepted answer.
    right: bool
    right_any: bool
    #: Of the reader's best span, whether it is shown as a short answer or not.
    exact: float
    f1: float
    #: Whether a short answer is shown, rather than sentences alone.
    has_short: bool


def ask(engine: Engine, question: SquadQuestion, group: str, threshold: float) -> Asked:
    """Asks ``engine``, whose own threshold is 0, so that it shows whatever it has."""
    answer = engine.ask(question.question)
    own = group == ANSWERABLE
    shown = [
        own and question.is_shown(citation.document_id, Span(citation.start, citation.end))
        for citation in answer.citations
    ]
    span = best_span(answer)
    return Asked(
        question=question.question,
        group=group,
        cluster=question.cluster,
        confidence=answer.confidence,
        refused=answer.status is not Status.ANSWERED or answer.confidence < threshold,
        right=bool(shown) and shown[0],
        right_any=any(shown),
        exact=exact_match(span, question.answers) if own else 0.0,
        f1=float(f1(span, question.answers)) if own else 0.0,
        has_short=answer.short_answer is not None,
    )


def best_span(answer: Answer) -> str:
    """The short answer, or the reader's best span where sentences are shown in its place."""
    if answer.short_answer is not None or not answer.readings:
        return answer.short_answer or ""
    best = answer.readings[0]
    start = best.passage.start
    return best.passage.text[best.span.start - start : best.span.end - start]
