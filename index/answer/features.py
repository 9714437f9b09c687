"""What speaks for and against an answer, as numbers: the input of the confidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from index.store.lexical import STOP_WORDS, content_words, stem, words
from index.types import Hit, Passage, Reading, Span

_NUMBER = re.compile(r"\d")
_NUMBER_WORDS = frozenset(
    """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty
    ninety hundred thousand million billion dozen half third quarter twice once several
    first second""".split()
)
_MONTHS = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tues|wednes|thurs|fri|satur|sun)"
    r"[a-z]*\b|\b(?:century|year|month|week|day|today|tomorrow|yesterday|morning|evening|"
    r"night|ago|later|decade|era|period|war|spring|summer|autumn|fall|winter)s?\b",
    re.IGNORECASE,
)
_QUANTITY_QUESTION = re.compile(
    r"\b(?:how\s+(?:many|much|old|far|long|high|tall|large|big|often|fast|deep)|"
    r"what\s+(?:percent|percentage|number|rate|share|age|price|cost))",
    re.IGNORECASE,
)
_WHEN_QUESTION = re.compile(
    r"\b(?:when|(?:what|which|in\s+what|on\s+what|on\s+which|in\s+which)\s+"
    r"(?:year|date|day|month|century|decade|time))\b",
    re.IGNORECASE,
)
_WHO_QUESTION = re.compile(r"\b(?:who|whom|whose)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Features:
    """One answer's evidence. All are about 0..1 or a few logits."""

    #: Margin of the best reading, in logits / 10, clipped to -1..1.5.
    margin: float
    #: By how much it leads the best reading of another span, in logits / 10, 0..1.
    lead: float
    #: Cosine of question and passage.
    similarity: float
    #: Share of the question's content words that stand in the passage or its heading.
    coverage: float
    #: The same for the answer's own sentence.
    sentence_coverage: float
    #: Share of the question's names and numbers that stand in the passage or heading; 1 if none.
    names: float
    #: 1 / rank of the passage.
    rank: float
    #: 1 if the span has the form that was asked for (who: a name, when: a date, ...), or any.
    fits: float


FEATURE_NAMES = tuple(field.name for field in fields(Features))


def vector(features: Features) -> tuple[float, ...]:
    """The features in the order of ``FEATURE_NAMES``."""
    return tuple(float(value) for value in astuple(features))


def measure(
    question: str,
    readings: Sequence[Reading],
    hits: Sequence[Hit],
    span_text: str,
    sentence: str,
    *,
    title: str,
    language: str | None,
) -> Features:
    """Features of the first of ``readings``, whose span and sentence read as given."""
    best = readings[0]
    rank, hit = next((i, h) for i, h in enumerate(hits, 1) if h.passage.id == best.passage.id)
    others = [r.margin for r in readings[1:] if not _overlap(best, r)]
    lead = best.margin - max(others) if others else 10.0
    around = f"{title} {best.passage.heading or ''} {best.passage.text}"
    return Features(
        margin=min(max(best.margin / 10, -1.0), 1.5),
        lead=min(max(lead / 10, 0.0), 1.0),
        similarity=hit.dense_score or 0.0,
        coverage=covered(content_words(question), around, language),
        sentence_coverage=covered(content_words(question), sentence, language),
        names=covered(names_and_numbers(question), around, language),
        rank=1 / rank,
        fits=float(fits(question, span_text)),
    )


def _overlap(one: Reading, other: Reading) -> bool:
    return (
        one.passage.document_id == other.passage.document_id
        and one.span.start < other.span.end
        and other.span.start < one.span.end
    )


def covered(wanted: Sequence[str], text: str, language: str | None) -> float:
    """Share of the folded words ``wanted`` whose stems stand in ``text``; 1 if none is wanted."""
    if not wanted:
        return 1.0
    have = set(stem(words(text), language))
    return sum(item in have for item in stem(wanted, language)) / len(wanted)


def names_and_numbers(question: str) -> list[str]:
    """The folded words of ``question`` that are written with a capital, and its numbers."""
    tokens = question.split()
    found: list[str] = []
    for position, token in enumerate(tokens):
        bare = token.strip(".,;:!?()\"'“”‘’")
        capital = bare[:1].isupper() and (position > 0 or bare[1:] != bare[1:].lower())
        if capital or _NUMBER.search(bare):
            found.extend(word for word in words(bare) if word not in STOP_WORDS and word != "s")
    return found


def fits(question: str, span: str) -> bool:
    """Whether ``span`` has the form that ``question`` asks for; True where none is asked for."""
    has_number = bool(_NUMBER.search(span)) or any(w in _NUMBER_WORDS for w in words(span))
    if _QUANTITY_QUESTION.search(question):
        return has_number
    if _WHEN_QUESTION.search(question):
        return has_number or bool(_MONTHS.search(span))
    if _WHO_QUESTION.match(question):
        return any(char.isupper() for char in span)
    return True


def sentence_text(passage: Passage, sentence: Span) -> str:
    """The words of ``sentence`` of ``passage``."""
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]
