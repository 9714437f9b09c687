"""The layout of Markdown, from markdown-it's block tokens. Inline markup stays in the text: a
quote is what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.ingest.layout import ATTRIBUTION, Piece, is_caption
from index.ingest.load import FRONT_MATTER
from index.types import BlockKind, Span

_IMAGE_ONLY = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
# The marks of the containers around the first word of a block: quotes and list items.
_LEAD = re.compile(r"(?:\s|>|[-*+](?=\s)|\d{1,9}[.)](?=\s))*")
_COMMENT = "<!--"


def markdown_pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order; YAML front matter and comments are none of them."""
    front = FRONT_MATTER.match(text)
    skipped = text.count("\n", 0, front.end()) if front else 0
    lines = _line_starts(text)
    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(text[lines[skipped] :] if skipped < len(lines) else "")
    pieces = _pieces(text, tokens, lines, skipped)
    return tuple(piece for piece in pieces if _has_words(text, piece.span))


def _line_starts(text: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", text))]


def _has_words(text: str, span: Span) -> bool:
    return any(char.isalnum() for char in text[span.start : span.end])


def _pieces(text: str, tokens: list[Token], lines: list[int], skipped: int) -> Iterator[Piece]:
    inside: list[str] = []  # the containers around a token
    borders = [*lines, len(text)]
    seen = skipped  # the first line that is in no piece yet
    for token in tokens:
        if token.type in {"list_item_open", "blockquote_open"}:
            inside.append(token.type)
        elif token.type in {"list_item_close", "blockquote_close"}:
            inside.pop()
        kind = _kind(token.type, inside)
        if kind is None or token.map is None:
            continue
        first, last = token.map[0] + skipped, token.map[1] + skipped
        yield from _left_out(text, borders[seen : first + 1])
        yield from _shape(text, kind, Span(borders[first], borders[last]), token.markup)
        seen = last
    yield from _left_out(text, borders[seen:])


def _left_out(text: str, borders: list[int]) -> Iterator[Piece]:
    """The lines that Markdown does not show, such as ``[Deadline]: 2025-04-15``, which it takes
    for the target of a link. A reader of the file sees them, so they are answered from."""
    for start, end in pairwise(borders):
        yield Piece(BlockKind.PARAGRAPH, Span(_after_marks(text, start, end), end))


def _kind(token_type: str, inside: list[str]) -> BlockKind | None:
    if token_type == "heading_open":
        return BlockKind.HEADING
    if token_type == "paragraph_open":
        if "blockquote_open" in inside:
            return BlockKind.QUOTE
        return BlockKind.LIST_ITEM if "list_item_open" in inside else BlockKind.PARAGRAPH
    if token_type in {"fence", "code_block"}:
        return BlockKind.CODE
    if token_type == "html_block":
        return BlockKind.PARAGRAPH
    return BlockKind.TABLE if token_type == "table_open" else None


def _after_marks(text: str, start: int, end: int) -> int:
    lead = _LEAD.match(text, start, end)
    return lead.end() if lead else start


def _shape(text: str, kind: BlockKind, span: Span, markup: str) -> Iterator[Piece]:
    """Trims the marks of a block, and tells captions, posts and comments from paragraphs."""
    if kind in {BlockKind.CODE, BlockKind.TABLE}:
        yield Piece(kind, span)
        return
    begin = _after_marks(text, *span)
    content = text[begin : span.end]
    if kind is BlockKind.HEADING:
        yield Piece(kind, _title(text, Span(begin, span.end), markup))
    elif content.startswith(_COMMENT):
        _, closed, rest = content.partition("-->")
        if closed and rest.strip():
            yield from _shape(text, kind, Span(span.end - len(rest), span.end), markup)
    elif kind is BlockKind.QUOTE and any(
        ATTRIBUTION.match(line.lstrip("> ")) for line in content.split("\n")
    ):
        yield Piece(BlockKind.POST, Span(begin, span.end))
    elif kind is BlockKind.PARAGRAPH and (_IMAGE_ONLY.match(content) or is_caption(content)):
        yield Piece(BlockKind.CAPTION, Span(begin, span.end))
    else:
        yield Piece(kind, Span(begin, span.end))


def _title(text: str, span: Span, markup: str) -> Span:
    """The words of a heading: without ``#`` around them or ``===`` below them."""
    content = text[span.start : span.end].rstrip()
    if not markup.startswith("#"):
        return Span(span.start, span.start + len(content.rpartition("\n")[0]))
    bare = content.rstrip("#")
    kept = bare.rstrip() if bare != bare.rstrip() else content
    return Span(span.start + len(markup), span.start + max(len(kept), len(markup)))
