"""Mends the span that the reader found, so that it can be shown as a short answer.

The reader points into the right sentence far more often than at exactly the right words there.
Every rule here moves the span by the wording of the question and the sentence alone, and never out
of the sentence.
"""

from __future__ import annotations

import re

from index.answer.asked_form import EMAIL, URL, find_asked
from index.answer.form import asks_for_date, has_calendar_word
from index.answer.proof import sentence_span
from index.store.lexical import content_words, stem, words
from index.types import Passage, Span

_FIGURE = re.compile(
    r"(?:[$€£¥]\s?)?(?<![\w.,])\d[\d.,]*(?<=\d)(?:\s?%|\s?(?:per\s?cent|[mb]illion|thousand)\b)?"
)
_STARTS_WITH_FIGURE = re.compile(r"[^\w$€£¥]*[$€£¥]?\s?\d")
_SEPARATOR = re.compile(r"[,;]\s+|\s+(?:and|while|but|or|whereas)\s+")
_PAIRS = {"“": "”", "(": ")", "[": "]", "«": "»", "`": "`"}


def mended(question: str, passage: Passage, span: Span) -> Span:
    """``span``, in document offsets, moved to what ``question`` asks for within its sentence of
    ``passage``, and trimmed of markup; never empty unless ``span`` is."""
    if span.start >= span.end:
        return span
    sentence = sentence_span(passage, span)
    shown = passage.text[sentence.start - passage.start : sentence.end - passage.start]
    inside = Span(span.start - sentence.start, span.end - sentence.start)
    for by_question in (_asked_form, _figure_of_what_is_named):
        inside = by_question(question, shown, inside)
    for by_form in (_whole_addresses, _balanced, _bare):
        inside = by_form(shown, inside)
    return Span(inside.start + sentence.start, inside.end + sentence.start)


def _asked_form(question: str, shown: str, span: Span) -> Span:
    """The address, number, photographer or poster that is asked for, if the sentence tells."""
    found = find_asked(question, shown)
    return _without(found, shown, "().") if found else span


def _figure_of_what_is_named(question: str, shown: str, span: Span) -> Span:
    """Of "20% on the EU, 24% on Japan and 25% on South Korea" the figure of the part that the
    question names."""
    given = shown[span.start : span.end]
    if (
        not _STARTS_WITH_FIGURE.match(given)
        or asks_for_date(question)
        or has_calendar_word(given)
        or "respectively" in shown
    ):
        return span
    wanted = set(stem(content_words(question)))
    parts = _parts(shown)
    scores = [_named(wanted, shown, part, parts) for part in parts]
    best = max(scores)
    if best == 0 or scores.count(best) > 1:
        return span
    part = parts[scores.index(best)]
    figures, before = _figures(shown, part), _figures(shown, span)
    if len(figures) != 1 or not before or (part.start <= span.start and span.end <= part.end):
        return span
    start, end = figures[0]
    unit = _unit(shown, figures[0])
    if unit != _unit(shown, before[0]):
        return span
    counted = re.match(rf"\s?{unit}", shown[end:]) if unit in words(given) else None
    return Span(start, end + counted.end()) if counted else figures[0]


def _figures(shown: str, part: Span) -> list[Span]:
    return [Span(*found.span()) for found in _FIGURE.finditer(shown, *part)]


def _unit(shown: str, figure: Span) -> str:
    """What it counts: its sign, or the word behind it."""
    sign = "".join(char for char in shown[figure.start : figure.end] if char in "$€£¥%")
    after = words(shown[figure.end :])
    return sign or "".join(after[:1])


def _parts(shown: str) -> list[Span]:
    """The sentence cut at commas and conjunctions."""
    borders = [0, *(at for found in _SEPARATOR.finditer(shown) for at in found.span()), len(shown)]
    return [Span(*pair) for pair in zip(borders[::2], borders[1::2], strict=True)]


def _named(wanted: set[str], shown: str, part: Span, parts: list[Span]) -> int:
    """How many wanted words stand in this part and in no other, names counted twice."""

    def stems(text: str) -> set[str]:
        return set(stem(words(text)))

    elsewhere = set().union(*(stems(shown[p.start : p.end]) for p in parts if p != part))
    mine = shown[part.start : part.end]
    names = " ".join(word for word in mine.split() if word[:1].isupper())
    here = (stems(mine) & wanted) - elsewhere
    return len(here) + len(here & stems(names))


def _whole_addresses(shown: str, span: Span) -> Span:
    """No half of a link or a mail address."""
    for form in (URL, EMAIL):
        for found in form.finditer(shown):
            if found.start() < span.end and span.start < found.end():
                span = Span(min(span.start, found.start()), max(span.end, found.end()))
    return span


def _balanced(shown: str, span: Span) -> Span:
    """With both quotation marks or brackets where the span has one of them."""
    start, end = span
    for left, right in _PAIRS.items():
        inside = shown[start:end]
        opened, closed = _lone(inside, left, right)
        if closed is not None and shown[max(start - 1, 0) : start] == left:
            start -= 1
        elif opened is not None and shown[end : end + 1] == right:
            end += 1
        elif opened is not None and opened > 0:
            end = start + opened
    return Span(start, end)


def _lone(inside: str, left: str, right: str) -> tuple[int | None, int | None]:
    """Where an opening mark stands that is never closed, and a closing one never opened."""
    if left == right:
        if inside.count(left) != 1:
            return None, None
        at = inside.index(left)
        return (None, at) if at > 0 else (at, None)
    opened = inside.rfind(left)
    closed = inside.find(right)
    return (
        opened if opened >= 0 and right not in inside[opened:] else None,
        closed if closed >= 0 and left not in inside[:closed] else None,
    )


def _bare(shown: str, span: Span) -> Span:
    """Without the marks of Markdown around it, and of code what stands between its marks."""
    start, end = span
    if shown[start] == "`" and (close := shown.find("`", start + 1, end)) > start + 1:
        end = close
    return _without(Span(start, end), shown, "`*_|,; \t\n")


def _without(span: Span, shown: str, marks: str) -> Span:
    """``span`` without ``marks`` at either end, unless it is nothing else."""
    start, end = span
    while start < end and shown[start] in marks:
        start += 1
    while end > start and shown[end - 1] in marks:
        end -= 1
    return Span(start, end) if start < end else span
