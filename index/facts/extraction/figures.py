"""Figures: numbers with a unit, or with the thing they count, and what they measure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.facts.extraction.cjk_numbers import is_cjk, read_counts
from index.facts.extraction.locale_words import is_english
from index.facts.extraction.measures import counted_noun, holds_for, measured
from index.facts.extraction.numbers import blocked_spans, is_label, number_pattern, read_number
from index.facts.extraction.sentences import Sentence
from index.facts.types import Excerpt


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in a sentence."""

    #: Number and unit, or number and the thing counted, with "up to", "about" and the like.
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
    if is_cjk(language):
        return tuple(_cjk_figures(sentence, blocked))
    matches = [
        match
        for match in number_pattern(language).finditer(sentence.text)
        if not any(a < match.end() and match.start() < b for a, b in blocked)
    ]
    found = [_figure(sentence, match, language) for match in matches]
    for at in range(len(matches)):
        found[at] = found[at] or _sharing(sentence, matches, found, at, language)
    return _with_changes(sentence.text, [figure for figure in found if figure is not None])


def _cjk_figures(sentence: Sentence, blocked: Sequence[tuple[int, int]]) -> Iterator[FoundFigure]:
    for start, end, value, counter in read_counts(sentence.text):
        if not any(a < end and start < b for a, b in blocked):
            yield FoundFigure(sentence.excerpt(start, end), value, counter, start, end)


def _sharing(
    sentence: Sentence,
    matches: Sequence[re.Match[str]],
    found: Sequence[FoundFigure | None],
    at: int,
    language: str | None,
) -> FoundFigure | None:
    """A bare number that has its unit from the figure it is compared with: "from 1,900 to 5,400
    jobs", "90 days instead of 30"."""
    text, match = sentence.text, matches[at]
    value = read_number(match["number"], match["magnitude"], language)
    if value is None or match["sign"] or match["unit"] or not match["number"][0].isdigit():
        return None
    later = found[at + 1] if at + 1 < len(found) else None
    earlier = found[at - 1] if at else None
    other = None
    if later and _FROM.search(text[: match.start()]):
        other = later if _TO.match(text[match.end() : later.start]) else None
    elif earlier and not _NAMES_MORE.match(text, match.end()):
        other = earlier if _DOWN_FROM.search(text[earlier.end : match.start()]) else None
    if other is None:
        return None
    start, end = match.span()
    return FoundFigure(
        sentence.excerpt(start, end), value, other.unit, start, end, measures=other.measures
    )


#: The number that it follows has a unit of its own, or counts something else.
_NAMES_MORE = re.compile(r"[\w/:]|\s+(?!ago|earlier|before|in|the|a|at|last|this|and)[a-z]{3,}")


def _figure(sentence: Sentence, match: re.Match[str], language: str | None) -> FoundFigure | None:
    text, (start, end) = sentence.text, match.span()
    sign, unit = match["sign"], match["unit"]
    value = read_number(match["number"], match["magnitude"], language)
    if is_english(language) and _TITLE.fullmatch(match[0]):
        return None  # "Seven Years"
    if value is None or (not sign and not unit and is_label(text[:start], language)):
        return None
    measures: tuple[int, int] | None
    if sign or unit:
        measures = measured(text, start, end, english=is_english(language))
        kind = _unit_key(sign or unit)
    else:
        measures = counted_noun(text, end, language)
        if measures is None or not _WHOLE.fullmatch(match["number"]):  # "for 4.0 ends"
            return None
        end = measures[1]
        kind = text[measures[0] : end].lower().split()[-1]
    of = holds_for(text, start, end)
    bound = _BOUND.search(text, 0, start) or _BETWEEN.search(text, 0, start)
    if bound and bound.re is _BETWEEN and not sign:
        low = read_number(bound["low"], None, language)
        value = f"{low}/{value}" if low else value
    return FoundFigure(
        sentence.excerpt(bound.start() if bound else start, end),
        value,
        kind,
        start,
        end,
        measures=sentence.excerpt(*measures) if measures else None,
        of=sentence.excerpt(*of) if of else None,
    )


#: Belongs to the figure: "tariffs of up to 25%" are not tariffs of 25%.
_BOUND = re.compile(
    r"\b(?:up\s+to|at\s+(?:least|most)|(?:no\s+|not\s+)?(?:more|less|fewer|longer|larger|higher|"
    r"lower|later|older|younger|warmer|colder)\s+than|about|roughly|approximately|nearly|almost|"
    r"as\s+(?:much|many|little|few)\s+as|close\s+to|rund|etwa|knapp|mehr\s+als|bis\s+zu|"
    r"weniger\s+als|mindestens|höchstens)\s+\Z",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\b(?:between|zwischen)\s+[£$€]?(?P<low>\d[\d.,]*)\s+(?:and|und)\s+\Z", re.IGNORECASE
)
_TITLE = re.compile(r"[A-Z][a-z-]+\s+[A-Z][a-z]+")
_WHOLE = re.compile(r"\d+(?:[.,\s]\d{3})*|[^\W\d_]+(?:-[^\W\d_]+)*")


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
    r"\b(?:(?:down|up|reduced|raised|instead)\s+(?:from|of)|compared\s+(?:with|to))\s+"
    r"(?:[a-z]+\s+){0,4}?$"
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
