"""A question that can be read in several ways as well: which reading is answered, or whether the
asker is asked back."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.answerer import Answerer, Draft, Lookup
from index.answer.clock import Clock
from index.types import Answer, Status

#: ``Answer.engine`` of an answer that asks back.
CHOICE_ENGINE = "choice"
#: Two readings whose answers are so alike in confidence are as good as each other.
ALIKE = 0.15
#: A reading whose best passage seems to hold no answer, in logits, is not read any further.
LEAST_PROMISE = 0.0
_WHICH = "That can mean several things. Which do you mean?"


def weigh(
    lookups: Sequence[Lookup], answerer: Answerer, threshold: float
) -> tuple[Lookup, tuple[str, ...]]:
    """The one of ``lookups``, likeliest first, that is to be answered, and the readings to choose
    from if several are as good: those that have an answer of their own. None is asked back about
    that the documents do not answer, nor two that the same sentence answers.

    Each reading costs a glance at its best passage; only if several promise an answer are these
    read in full."""
    if len(lookups) == 1:
        return lookups[0], ()
    promising = [
        lookup for lookup in lookups if lookup.hits and answerer.promise(lookup) >= LEAST_PROMISE
    ]
    if len(promising) < 2:
        return (promising or lookups)[0], ()
    drafts = [(lookup, answerer.weigh(lookup)) for lookup in promising]
    answered = [(lookup, draft) for lookup, draft in drafts if _is_answer(draft, threshold)]
    if not answered:
        return promising[0], ()
    best = max(draft.confidence for _, draft in answered)
    rivals = [row for row in answered if best - row[1].confidence <= ALIKE]
    told: dict[tuple[str, int], str] = {}
    for lookup, draft in rivals:
        first = draft.citations[0]
        told.setdefault((first.document_id, first.start), lookup.resolved)
    return rivals[0][0], tuple(told.values()) if len(told) > 1 else ()


def ask_back(lookup: Lookup, choices: tuple[str, ...], clock: Clock) -> Answer:
    """The question which of ``choices`` is meant. Its status is ``not_found``, for nothing is
    answered; its engine says why."""
    listed = "\n".join(f"{number}. {choice}" for number, choice in enumerate(choices, 1))
    return Answer(
        question=lookup.question.asked,
        resolved_question=lookup.question.asked,
        status=Status.NOT_FOUND,
        text=f"{_WHICH}\n{listed}",
        short_answer=None,
        citations=(),
        confidence=0.0,
        nearest=lookup.hits,
        rejected=(),
        engine=CHOICE_ENGINE,
        build_id=lookup.build.manifest.build_id,
        timings_ms=clock.stop(),
        choices=choices,
    )


def _is_answer(draft: Draft, threshold: float) -> bool:
    return bool(draft.citations) and draft.confidence >= threshold
