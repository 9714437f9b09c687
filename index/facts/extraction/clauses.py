"""The clause of a sentence that a date stands in: what happened then."""

from __future__ import annotations

import re

from index.facts.extraction.sentences import Sentence
from index.facts.types import Excerpt
from index.types import BlockKind

#: Where another statement begins.
_BORDER = re.compile(
    r"[;:]\s+|,\s+(?:while|whereas|but|although|though|so\s+that|because|und|aber|während)\s+"
    r"|,\s+and\s+(?=(?:he|she|it|they|the|their|its|his|her)\s)"
)
_BRACKETS = re.compile(r"\([^()]*\)")
MIN_WORDS = 3
#: Their lines are no statements.
_NO_CLAUSES = frozenset({BlockKind.TABLE, BlockKind.CODE})
_ATTRIBUTION = re.compile(r"\s*[—–-]{1,2}\s*\S[^\n]{0,80}\(@\w{1,30}\)")


def _body(sentence: Sentence) -> Excerpt | None:
    """What a post says."""
    match = _ATTRIBUTION.search(sentence.text)
    return sentence.excerpt(0, match.start()) if match and match.start() else None


def clause_around(sentence: Sentence, excerpt: Excerpt) -> Excerpt | None:
    """The clause with ``excerpt`` in it, without the stop at its end, or the text of a post; None
    for a fragment."""
    if sentence.kind is BlockKind.POST:
        return _body(sentence)
    if sentence.kind in _NO_CLAUSES:
        return None
    text = sentence.text
    at, until = excerpt.start - sentence.span.start, excerpt.end - sentence.span.start
    brackets = [match.span() for match in _BRACKETS.finditer(text)]
    borders = [
        border
        for border in _BORDER.finditer(text)
        if not any(a < border.start() < b for a, b in brackets)
    ]
    start = max((b.end() for b in borders if b.end() <= at), default=0)
    end = min((b.start() for b in borders if b.start() >= until), default=len(text))
    while start < at and not text[start].isalnum() and text[start] not in "“\"‘'(":
        start += 1
    while end > until and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    if len(text[start:end].split()) < MIN_WORDS + len(excerpt.text.split()):
        return None
    return sentence.excerpt(start, end)
