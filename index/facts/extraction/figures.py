"""Figures: numbers with a unit, or with the thing they count, and what they measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.facts.extraction.locale_words import is_english
from index.facts.extraction.measures import counted_noun, holds_for, measured
from index.facts.extraction.numbers import blocked_spans, is_label, number_pattern, read_number
from index.facts.extraction.sentences import Sentence
from index.facts.types import Excerpt


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in a sentence."""

    #: Number and unit, or number and the thing counted.
    excerpt: Excerpt
    #: A plain decimal, or two with a slash for a range.
    value: str
    #: What kind of number it is, to pair a before with its after: "%", "£", "ms", a noun.
    unit: str
    #: Where it stands in the sentence.
    start: int
    end: int
    measures: Excerpt | None = None
    of: Excerpt | None = None
    before: tuple[Excerpt, ...] = ()
    after: Excerpt | None = None


def find_figures(
    sentence: Sentence, dates: Sequence[Excerpt], language: str | None
) -> tuple[FoundFigure, ...]:
    """The figures of a sentence in order; its ``dates`` are none."""
    shift = sentence.span.start
    blocked = [(e.start - shift, e.end - shift) for e in dates] + blocked_spans(sentence.text)
    found: list[FoundFigure] = []
    for match in number_pattern(language).finditer(sentence.text):
        if not any(a < match.end() and match.start() < b for a, b in blocked):
            figure = _figure(sentence, match, language)
            if figure is not None:
                found.append(figure)
    return _with_changes(sentence.text, found)


def _figure(sentence: Sentence, match: re.Match[str], language: str | None) -> FoundFigure | None:
    text, (start, end) = sentence.text, match.span()
    sign, unit = match["sign"], match["unit"]
    value = read_number(match["number"], match["magnitude"], language)
    if value is None or (not sign and not unit and is_label(text[:start])):
        return None
    measures: tuple[int, int] | None
    if sign or unit:
        measures = measured(text, start, end, english=is_english(language))
        kind = _unit_key(sign or unit)
    else:
        measures = counted_noun(text, end)
        if measures is None or not _WHOLE.fullmatch(match["number"]):  # "for 4.0 ends"
            return None
        end = measures[1]
        kind = text[measures[0] : end].lower().split()[-1]
    of = holds_for(text, start, end)
    return FoundFigure(
        sentence.excerpt(start, end),
        value,
        kind,
        start,
        end,
        measures=sentence.excerpt(*measures) if measures else None,
        of=sentence.excerpt(*of) if of else None,
    )


_WHOLE = re.compile(r"[\d,]+|[A-Za-z-]+")


def _unit_key(unit: str) -> str:
    key = " ".join(unit.lower().split())
    if key in {"percent", "per cent", "prozent"}:
        return "%"
    return key.rstrip("s") if len(key) > 3 else key


_FROM = re.compile(r"\b(?:from|von)\s+(?:[a-z]+\s+){0,4}?$", re.IGNORECASE)
_TO = re.compile(
    r"^\s*(?:[a-z]+\s+){0,3}?(?:to|auf)\s+(?:(?:about|around|only|nearly)\s+)?$", re.IGNORECASE
)
_DOWN_FROM = re.compile(
    r"\b(?:down|up|reduced|raised|instead)\s+(?:from|of)\s+(?:[a-z]+\s+){0,4}?$"
)
_LISTED = re.compile(r"^(?:\s+(?:on|for|in)\s+[^,;.]{1,40})?,?\s*(?:and\s+)?$")


def _with_changes(text: str, figures: list[FoundFigure]) -> tuple[FoundFigure, ...]:
    """The figures with the earlier or later value that the sentence gives for them."""
    changed = list(figures)
    for index in range(1, len(figures)):
        last, here = figures[index - 1], figures[index]
        between = text[last.end : here.start]
        comparable = last.unit == here.unit or not (last.of or here.of)
        if _DOWN_FROM.search(between) and last.unit == here.unit:
            _link_earlier(text, changed, index)
        elif _TO.match(between) and _FROM.search(text[: last.start]) and comparable:
            changed[index - 1] = replace(changed[index - 1], after=here.excerpt)
            changed[index] = replace(changed[index], before=(last.excerpt,))
    return tuple(changed)


def _link_earlier(text: str, figures: list[FoundFigure], first: int) -> None:
    """Links the figures listed from ``first`` on, as earlier values, to the one before them."""
    now, last = figures[first - 1], first
    while (
        last + 1 < len(figures)
        and figures[last + 1].unit == figures[first].unit
        and _LISTED.match(text[figures[last].end : figures[last + 1].start])
    ):
        last += 1
    earlier = figures[first : last + 1]
    figures[first - 1] = replace(now, before=tuple(figure.excerpt for figure in earlier))
    for index, figure in enumerate(earlier, first):
        # "rates of 20% on the EU, 24% on Japan": all of them are rates.
        measures = figure.measures or earlier[0].measures
        figures[index] = replace(figure, after=now.excerpt, measures=measures)
