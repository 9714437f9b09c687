"""The layout of plain text: what is a line of its own, and what is a wrapped paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.ingest.layout import ATTRIBUTION, Piece, is_caption
from index.types import BlockKind, Span

#: Text is taken as hard-wrapped only up to this width, in characters.
MAX_WRAP_WIDTH = 100
MIN_WRAP_WIDTH = 40
#: A line counts as full if the next word would have come this near to the width.
WRAP_SLACK = 6
MAX_HEADING_CHARS = 120
MAX_HEADING_WORDS = 14
MAX_TITLE_CHARS = 200
#: More short lines in a row than this are a list or a poem, not headings.
MAX_HEADING_RUN = 2

_LIST_MARK = re.compile(r"\s*(?:[-*•‣·–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+(?=\S)")
_SENTENCE_END = re.compile(r"[.!?…:;,。！？：；、，।॥۔؟]['\"”’)\]」』]*$")
_LABEL = re.compile(r"[^.!?]{2,60}:$")


def text_pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order. Lines without a letter or digit are no piece."""
    lines = _lines(text)
    spans = list(_join_wrapped(text, lines))
    return tuple(_merge_posts(text, _classify(text, spans)))


def _lines(text: str) -> list[Span | None]:
    """The lines without surrounding white space; None for one that holds no words."""
    lines: list[Span | None] = []
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if any(char.isalnum() for char in stripped):
            begin = start + line.index(stripped)
            lines.append(Span(begin, begin + len(stripped)))
        else:
            lines.append(None)
        start += len(line) + 1
    return lines


def _join_wrapped(text: str, lines: Sequence[Span | None]) -> Iterator[Span]:
    """Joins the lines of hard-wrapped paragraphs.

    A line continues the one above if its first word would not have fitted there: that is how
    an editor or a mail program wraps. A list mark or an empty line always begins anew.
    """
    width = max((line.end - line.start for line in lines if line), default=0)
    joins = [_continues(text, above, line, width) for above, line in pairwise([None, *lines])]
    wrapped = MIN_WRAP_WIDTH <= width <= MAX_WRAP_WIDTH and any(
        join and _is_mid_sentence(text, above, line)
        for join, (above, line) in zip(joins, pairwise([None, *lines]), strict=True)
    )
    current: Span | None = None
    for line, join in zip(lines, joins, strict=True):
        if wrapped and join and current is not None and line is not None:
            current = Span(current.start, line.end)
        else:
            if current is not None:
                yield current
            current = line
    if current is not None:
        yield current


def _continues(text: str, above: Span | None, line: Span | None, width: int) -> bool:
    """Whether ``line`` looks like the next line of the paragraph that ``above`` is in."""
    return (
        above is not None
        and line is not None
        and not _LIST_MARK.match(text, line.start, line.end)
        and not ATTRIBUTION.match(text, line.start, line.end)
        and (above.end - above.start) + 1 + _first_word(text, line) > width - WRAP_SLACK
    )


def _is_mid_sentence(text: str, above: Span | None, line: Span | None) -> bool:
    """Whether the border of the two lines is inside a sentence. A text without any such border
    has one short paragraph a line and is not wrapped."""
    if above is None or line is None:
        return False
    first = text[line.start]
    return (
        first.isalpha()
        and not first.isupper()
        and not _SENTENCE_END.search(text, max(above.start, above.end - 4), above.end)
    )


def _first_word(text: str, line: Span) -> int:
    return len(text[line.start : line.end].split(None, 1)[0])


def _classify(text: str, spans: Sequence[Span]) -> Iterator[Piece]:
    plausible = [_may_be_heading(text, spans, index) for index in range(len(spans))]
    for index, span in enumerate(spans):
        line = text[span.start : span.end]
        if _LIST_MARK.match(line):
            yield Piece(BlockKind.LIST_ITEM, span)
        elif is_caption(line):
            yield Piece(BlockKind.CAPTION, span)
        elif plausible[index] and _run_length(plausible, index) <= MAX_HEADING_RUN:
            yield Piece(BlockKind.HEADING, span)
        else:
            yield Piece(BlockKind.PARAGRAPH, span)


def _may_be_heading(text: str, spans: Sequence[Span], index: int) -> bool:
    """Whether a block looks like a heading: short, without a full stop, with text below it."""
    line = text[spans[index].start : spans[index].end]
    if index + 1 == len(spans) or "\n" in line or ATTRIBUTION.match(line) or "://" in line:
        return False
    below = text[spans[index + 1].start : spans[index + 1].end]
    if ATTRIBUTION.match(below):
        return False  # the text of a post, not a heading over its attribution
    if _LABEL.match(line):  # "Ingredients:"
        return len(line.split()) <= 6
    if _SENTENCE_END.search(line):
        return False
    if index == 0:
        return len(line) <= MAX_TITLE_CHARS
    if len(line) > MAX_HEADING_CHARS or len(line.split()) > MAX_HEADING_WORDS:
        return False
    return len(below) > len(line) or bool(_LIST_MARK.match(below))


def _run_length(flags: Sequence[bool], index: int) -> int:
    start = end = index
    while start > 0 and flags[start - 1]:
        start -= 1
    while end + 1 < len(flags) and flags[end + 1]:
        end += 1
    return end - start + 1


def _merge_posts(text: str, pieces: Iterator[Piece]) -> Iterator[Piece]:
    """An attribution line and the line above it are one post."""
    held: Piece | None = None
    for piece in pieces:
        if ATTRIBUTION.match(text, piece.span.start, piece.span.end):
            if held is not None and held.kind is BlockKind.PARAGRAPH:
                yield Piece(BlockKind.POST, Span(held.span.start, piece.span.end))
            else:
                if held is not None:
                    yield held
                yield Piece(BlockKind.POST, piece.span)
            held = None
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
