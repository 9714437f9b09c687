"""Sentences of a block of text, as spans, with Punkt (Kiss and Strunk 2006)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from index.types import Span

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktTokenizer

#: Longer "sentences" (tables without full stops, minified text) are cut at white space, so that
#: a quote stays readable and fits the reader's window.
MAX_SENTENCE_CHARS = 600

_LANGUAGES = {
    "cs": "czech",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "it": "italian",
    "ml": "malayalam",
    "no": "norwegian",
    "nb": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ru": "russian",
    "sl": "slovene",
    "es": "spanish",
    "sv": "swedish",
    "tr": "turkish",
}
# Punkt knows ASCII quotes only, and would run ‘... a ceasefire.” The visit’ together. These are
# exchanged one for one, so offsets hold.
_ASCII_QUOTES = str.maketrans("“”„«»‘’‚", '"""""\'\'\'')
# English abbreviations that Punkt's model lacks, and what shows that the sentence goes on behind
# them: anything, a number, or a small letter.
_GOES_ON = (
    (r"e\.\s?g|i\.\s?e|cf|viz|approx|incl|excl|gov|hon|rev|supt|sgt|capt|mt|messrs", ""),
    (
        r"nos?|figs?|eqs?|vols?|pp?|paras?|secs?|ch|chap|arts?|tel|ext|est|ca|max|min|avg|al|sept",
        r"[#§(]?\d|[A-Z]+-?\d",
    ),
    (r"etc|al|resp|eds?|dept", r"[a-z(]"),
)
_JOINT = re.compile(
    "|".join(rf"(?<![\w.])(?i:{words})\.\s+(?={more})" for words, more in _GOES_ON)
    + r"|[.!?…][\"”’]\s+(?=[a-z])"  # "Really?" she asked.
)
# "Zum 1. Januar" is no end of a sentence, nor in a text whose language is not told.
_GERMAN_DATE = re.compile(
    r"\b\d{1,2}\.\s+(?=(?:Jan(?:uar)?|Jänner|Feb(?:ruar)?|März|Apr(?:il)?|Mai|Juni?|Juli?|"
    r"Aug(?:ust)?|Sept(?:ember)?|Okt(?:ober)?|Nov(?:ember)?|Dez(?:ember)?)\b)"
)
_CLOSING_MARKS = re.compile(r"(?P<marks>\*{1,3}|_{1,3})(?:\s+|$)")
# Punkt has no model for scripts that end sentences with these.
_OTHER_STOPS = re.compile(r"(?<=[。！？｡।॥۔؟])\s*(?=\S)")


def split_sentences(text: str, span: Span, language: str | None = None) -> tuple[Span, ...]:
    """The sentences of ``text[span.start:span.end]``, in order, trimmed of white space.

    Every character of the block that is not white space is in exactly one sentence.
    """
    block = text[span.start : span.end]
    spans: list[Span] = []
    code = (language or "en").split("-")[0].lower()
    found = _punkt(code).span_tokenize(block.translate(_ASCII_QUOTES))
    joints = (_JOINT, _GERMAN_DATE) if code == "en" else (_GERMAN_DATE,)
    for start, end in _without_marks(block, _joined(block, found, joints)):
        for part in _at_other_stops(block, start, end):
            spans.extend(_at_most(block, part))
    return tuple(Span(span.start + start, span.start + end) for start, end in spans)


def _without_marks(text: str, found: Iterable[Span]) -> Iterator[Span]:
    """The sentences ``found``; marks that end bold print do not begin the next one."""
    held: Span | None = None
    for start, end in found:
        if held is not None and (marks := _CLOSING_MARKS.match(text, start, end)):
            held, start = Span(held.start, marks.end("marks")), marks.end()
        if held is not None:
            yield held
        held = Span(start, end) if start < end else None
    if held is not None:
        yield held


@cache
def _punkt(language: str) -> PunktTokenizer:
    # Imported here: it takes half a second that a question need not wait for.
    import nltk
    from nltk.tokenize.punkt import PunktTokenizer

    # llama-index-core ships Punkt's data; nothing is downloaded.
    spec = find_spec("llama_index.core")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("llama_index.core")
    data = str(Path(spec.origin).parent / "_static" / "nltk_cache")
    if data not in nltk.data.path:
        nltk.data.path.append(data)
    return PunktTokenizer(_LANGUAGES.get(language, "english"))


def _joined(
    text: str, found: Iterable[tuple[int, int]], patterns: Iterable[re.Pattern[str]]
) -> Iterator[Span]:
    """The sentences ``found``, those joined between which ``patterns`` say that there is no end."""
    joints = {match.end() for pattern in patterns for match in pattern.finditer(text)}
    held: Span | None = None
    for start, end in found:
        if held is not None and start in joints:
            held = Span(held.start, end)
            continue
        if held is not None:
            yield held
        held = Span(start, end)
    if held is not None:
        yield held


def _at_other_stops(text: str, start: int, end: int) -> Iterator[Span]:
    for match in _OTHER_STOPS.finditer(text, start, end):
        if start < match.start():
            yield _trim(text, start, match.start())
            start = match.end()
    trimmed = _trim(text, start, end)
    if trimmed.start < trimmed.end:
        yield trimmed


def _at_most(text: str, span: Span) -> Iterator[Span]:
    start, end = span
    while end - start > MAX_SENTENCE_CHARS:
        cut = _last_space(text, start, start + MAX_SENTENCE_CHARS)
        yield _trim(text, start, cut)
        start = _trim(text, cut, end).start
    if start < end:
        yield Span(start, end)


def _last_space(text: str, start: int, end: int) -> int:
    for position in range(end, start, -1):
        if text[position].isspace():
            return position
    return end


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
