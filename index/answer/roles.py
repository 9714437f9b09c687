"""Who somebody is, from the fact sheet.

Asked "Who is Kirill Dmitriev?" about "... met Russian President Vladimir Putin and Kirill Dmitriev,
head of ...", an extractive reader tends to name the other person. The fact sheet knows the role.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from index.answer.answerer import Draft
from index.errors import IndexBuildError
from index.types import Citation

if TYPE_CHECKING:
    from index.facts.answers import FactBook

#: Share of the roles that were right, of hand-checked entries that do name a person: 140 of 143 in
#: bench/data/fact_judgements.jsonl.
ROLE_CONFIDENCE = 0.97

_ROLE = r"(?:role|job|position|office|title|post|function|occupation|profession)"
_NAME = r"(?P<{}>[^?,;]+?)"
_WHO_IS = re.compile(
    "|".join(
        (
            r"who(?:\s+exactly)?(?:\s+is|\s+was|['’]s)\s+"
            rf"(?!(?:the|an?|this|that|his|her|their|its)\s){_NAME.format('who')}",
            rf"what(?:\s+is|\s+was|['’]s)\s+{_NAME.format('owner')}(?:['’]s?)\s+{_ROLE}",
            rf"what(?:\s+is|\s+was|['’]s)\s+the\s+{_ROLE}\s+of\s+{_NAME.format('of')}",
            rf"(?:what|which)\s+{_ROLE}\s+(?:does|did)\s+{_NAME.format('holder')}\s+"
            r"(?:have|hold|do|fill|occupy)",
            rf"what\s+does\s+{_NAME.format('doer')}\s+do(?:\s+for\s+a\s+living)?",
            rf"(?!(?:what|which|who|whose|the|an?)\b){_NAME.format('bare')}(?:['’]s?)?\s+{_ROLE}",
        )
    ),
    re.IGNORECASE,
)


def asked_person(question: str) -> str | None:
    """The name in "Who is NAME?", "What is NAME's role?" or "NAME position"; None for another
    question."""
    match = _WHO_IS.fullmatch(question.strip().rstrip("?").rstrip())
    return next(filter(None, match.groups())) if match else None


def tell_role(question: str, documents: set[str], facts: Callable[[], FactBook]) -> Draft | None:
    """What the sheets of ``documents`` say of the person that ``question`` asks about, if they
    name one."""
    name = asked_person(question)
    if name is None:
        return None
    try:
        citation = facts().role_of(name, documents)
    except IndexBuildError:
        return None  # the sheets cannot be read; the text can
    return _draft(citation) if citation else None


def _draft(citation: Citation) -> Draft:
    mark = citation.highlight
    assert mark is not None  # a role has its place
    role = citation.quote[mark.start - citation.start : mark.end - citation.start]
    return Draft(
        text=f"{citation.quote} [{citation.number}]",
        short_answer=role,
        citations=(citation,),
        confidence=ROLE_CONFIDENCE,
    )
