"""An :class:`~index.types.Answer` as a page: the answer, its sources, how sure it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby
from typing import Final

from bot.terminal.page import (
    Line,
    Page,
    Piece,
    Tone,
    faint,
    item,
    line,
    marker,
    stack,
    strong,
    title,
    warning,
)
from bot.terminal.wording import confidence_words, counted, duration, shortened
from index.answer.readings import CHOICE_ENGINE
from index.answer.small_talk import HELP_ENGINE
from index.answer.verdicts import CHECK_ENGINE
from index.facts import FACTS_ENGINE
from index.types import Answer, Citation, Hit, Span, Status

#: How many of the nearest passages a "not in the document" shows.
NEAREST_SHOWN: Final = 3
#: From how many sources on their section is named only where it changes.
MANY_SOURCES: Final = 3
_BULLET: Final = "• "
#: Longest opening of a passage, in characters.
OPENING_CHARS: Final = 160


def answer_page(answer: Answer) -> Page:
    """Everything a person sees of an answer, in reading order."""
    if answer.engine == HELP_ENGINE:
        return tuple(line(row) for row in answer.text.splitlines())
    if answer.engine == CHOICE_ENGINE:
        return _choices(answer)
    return stack(
        _noticed(answer),
        _understood(answer),
        _body(answer),
        _sources(answer),
        _nearest(answer) if answer.status is Status.NOT_FOUND else (),
        (_footer(answer),),
    )


def _choices(answer: Answer) -> Page:
    """What the question can mean, to choose from."""
    asks = answer.text.partition("\n")[0]
    rows = [
        item(marker(f"{number}. "), choice) for number, choice in enumerate(answer.choices, start=1)
    ]
    return (line(strong(asks)), *rows, line(faint("Type its number, or ask in other words.")))


def draft_page(text: str) -> Page:
    """The part of an answer that is proven, while the rest is being written."""
    return (line(text), line(faint("Still writing; what stands here is proven.")))


def stressed(text: str, citations: Iterable[Citation], short_answer: str | None) -> list[Piece]:
    """``text`` in pieces: the short answers strong, the ``[n]`` of ``citations`` as markers.

    A bracketed number inside a quote belongs to the document and is left alone.
    """
    citations = tuple(citations)
    quotes: list[Span] = []
    toned: list[tuple[Span, Tone]] = []
    for citation in citations:
        start = text.find(citation.quote) if citation.quote else -1
        if start < 0:
            continue
        quotes.append(Span(start, start + len(citation.quote)))
        if citation.highlight is not None:
            shift = start - citation.start
            span = Span(citation.highlight.start + shift, citation.highlight.end + shift)
            toned.append((span, Tone.STRONG))
    if not toned and short_answer and (start := text.find(short_answer)) >= 0:
        toned.append((Span(start, start + len(short_answer)), Tone.STRONG))
    toned += [(span, Tone.MARKER) for span in _markers(text, citations, quotes)]
    return cut(text, toned)


def cut(text: str, toned: Iterable[tuple[Span, Tone]]) -> list[Piece]:
    """``text`` in pieces, the given spans with their tones; where two overlap, the first wins."""
    pieces: list[Piece] = []
    at = 0
    for span, tone in sorted(toned):
        if span.start < at or span.end > len(text) or span.start >= span.end:
            continue
        pieces += [Piece(text[at : span.start]), Piece(text[span.start : span.end], tone)]
        at = span.end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]


def opening(hit: Hit) -> str:
    """The first whole sentence of a passage, after headings; shortened where it is long."""
    passage = hit.passage
    sentences = [
        passage.text[span.start - passage.start : span.end - passage.start]
        for span in passage.sentences
    ]
    # A heading or a name ends with a letter, a sentence with a stop, whatever the script.
    whole = (text for text in sentences if not text.rstrip()[-1:].isalnum())
    return shortened(next(whole, passage.text), OPENING_CHARS)


def _markers(text: str, citations: tuple[Citation, ...], quotes: list[Span]) -> Iterable[Span]:
    for number in {citation.number for citation in citations}:
        mark = f"[{number}]"
        start = text.find(mark)
        while start >= 0:
            if not any(quote.start <= start < quote.end for quote in quotes):
                yield Span(start, start + len(mark))
            start = text.find(mark, start + 1)


def was_changed(answer: Answer) -> bool:
    """Whether another question was looked up than the one asked, blanks aside."""
    return answer.resolved_question.split() != answer.question.split()


def _understood(answer: Answer) -> Page:
    if not was_changed(answer):
        return ()
    return (line(faint(f"I read this as: {answer.resolved_question}")),)


def _noticed(answer: Answer) -> Page:
    notices = [] if answer.notice is None else [answer.notice]
    if answer.status is Status.UNSUPPORTED:
        notices.append("The document does not bear out what the language model wrote. It says:")
    return tuple(line(warning(notice)) for notice in notices)


def _body(answer: Answer) -> Page:
    if answer.engine in {FACTS_ENGINE, CHECK_ENGINE}:
        return tuple(_row(row, answer.citations) for row in answer.text.split("\n"))
    if answer.status is Status.NOT_FOUND:
        return tuple(line(strong(row)) for row in answer.text.splitlines() if row.strip())
    # A sentence may hold soft line breaks of its source; paragraphs are separated by a blank line.
    paragraphs = answer.text.split("\n\n")
    return tuple(
        line(*stressed(text, answer.citations, answer.short_answer)) for text in paragraphs
    )


def _row(text: str, citations: tuple[Citation, ...]) -> Line:
    """A line of a list; what wraps of it stands under its words."""
    if text.startswith(_BULLET):
        return item(_BULLET, *stressed(text.removeprefix(_BULLET), citations, None))
    return line(*stressed(text, citations, None))


def _sources(answer: Answer) -> Page:
    """Where the quotes stand, and the quotes, unless the answer itself is made of them: nobody
    wants to read a sentence twice."""
    if not answer.citations:
        return ()
    rows = [line(title("Sources"))]
    for place, cited in groupby(answer.citations, key=_place):
        here = tuple(cited)
        if all(citation.quote in answer.text for citation in here):
            numbers = "".join(f"[{citation.number}]" for citation in here)
            rows.append(item(marker(f"{numbers} "), *place))
            continue
        for citation in here:
            label = marker(f"[{citation.number}] ")
            quote = line(*quote_pieces(citation), first="  │ ")
            # Many entries are of one section: it is named once.
            if citation is not here[0] and len(answer.citations) > MANY_SOURCES:
                rows.append(replace(quote, first=label))
            else:
                rows += [item(label, *place), quote]
    return tuple(rows)


def _place(citation: Citation) -> tuple[Piece, ...]:
    return place_pieces(Piece(citation.title), citation.passage.heading)


def place_pieces(document: Piece, heading: str | None) -> tuple[Piece, ...]:
    """The title of a document and the heading there, unless that is the title again."""
    if not heading or heading == document.text:
        return (document,)
    return document, faint(f" › {heading}")


def quote_pieces(citation: Citation) -> list[Piece]:
    """The quote, letter for letter, its short answer strong."""
    span = citation.highlight
    if span is None:
        return [Piece(citation.quote)]
    inside = Span(span.start - citation.start, span.end - citation.start)
    return cut(citation.quote, [(inside, Tone.STRONG)])


def _nearest(answer: Answer) -> Page:
    if not answer.nearest:
        return ()
    rows = [
        item(marker(f"{number}. "), opening(hit))
        for number, hit in enumerate(answer.nearest[:NEAREST_SHOWN], start=1)
    ]
    return (line(title("The nearest passages")), *rows)


def _footer(answer: Answer) -> Line:
    parts = [answer.engine, duration(answer.timings_ms.get("total", 0.0))]
    if answer.status is Status.ANSWERED and answer.engine != FACTS_ENGINE:
        parts.insert(0, confidence_words(answer.confidence))
    if not answer.rejected:
        return line(faint(" · ".join(parts)))
    dropped = counted(len(answer.rejected), "unproven sentence")
    return line(warning(f"{dropped} dropped"), faint(" · " + " · ".join(parts)))
