"""Questions near one that the documents do not answer, and that they do answer.

They come from the fact sheet: who somebody is whose role it knows is always answered from it, so
that nothing has to be tried before it is offered.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.facts.answers import FactBook
from index.facts.types import DetailKind, Fact, FactKind
from index.types import Answer, Hit

#: Questions offered, and nearest passages in which their people are looked for.
MOST_OFFERED = 3
_MOST_PASSAGES = 3


def close_questions(answer: Answer, book: FactBook) -> tuple[str, ...]:
    """Up to three, about people of the nearest passages; those named in the question first."""
    asked = answer.resolved_question.casefold()
    names = dict.fromkeys(
        fact.name.text
        for hit in answer.nearest[:_MOST_PASSAGES]
        for fact in _people_with_roles(hit, book)
    )
    ranked = sorted(names, key=lambda name: not _is_named(name, asked))
    questions = (f"Who is {' '.join(name.split())}?" for name in ranked)
    return tuple(q for q in questions if q.casefold() != asked)[:MOST_OFFERED]


def _people_with_roles(hit: Hit, book: FactBook) -> Iterator[Fact]:
    """Whose role is told in that passage, the most central first."""
    passage = hit.passage
    sheet = book.sheet(passage.document_id)
    for fact in sheet.of(FactKind.PERSON) if sheet is not None else ():
        roles = (detail for detail in fact.details if detail.kind is DetailKind.ROLE)
        if any(passage.start <= r.sentence.start and r.sentence.end <= passage.end for r in roles):
            yield fact


def _is_named(name: str, question: str) -> bool:
    return any(word in question for word in name.casefold().split() if len(word) > 2)
