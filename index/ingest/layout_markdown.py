"""The layout of Markdown, from markdown-it's block tokens. Inline markup stays in the text: a
quote is what the file says."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.ingest.layout import ATTRIBUTION, Piece, is_caption
from index.ingest.load import FRONT_MATTER
from index.types import BlockKind, Span

_IMAGE_ONLY = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+$")
_RULE = re.compile(r"[\s|:\-+]*$")
# Marks before the first word and after the last of a block: headings, quotes, list items.
_LEAD = re.compile(r"(?:\s|[>#]|[-*+](?=\s)|\d{1,9}[.)](?=\s))*")
_HEADING_TAIL = re.compile(r"(?:\s#+)?\s*$")


def markdown_pieces(text: str) -> tuple[Piece, ...]:
    """The pieces of ``text``, in order; YAML front matter is none of them."""
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
    for token in tokens:
        if token.type in {"list_item_open", "blockquote_open"}:
            inside.append(token.type)
        elif token.type in {"list_item_close", "blockquote_close"}:
            inside.pop()
        kind = _kind(token.type, inside)
        if kind is None or token.map is None:
            continue
        first, last = token.map[0] + skipped, token.map[1] + skipped
        span = Span(lines[first], lines[last] if last < len(lines) else len(text))
        yield from _shape(text, kind, span)


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


def _shape(text: str, kind: BlockKind, span: Span) -> Iterator[Piece]:
    """Trims the marks of a block, and tells captions, posts and comments from paragraphs."""
    if kind in {BlockKind.CODE, BlockKind.TABLE}:
        yield Piece(kind, span)
        return
    start = _LEAD.match(text, span.start, span.end)
    begin = start.end() if start else span.start
    content = text[begin : span.end]
    if kind is BlockKind.HEADING:
        title = content.split("\n", 1)[0]  # the underline of the setext form is no words
        tail = _HEADING_TAIL.search(title)
        end = begin + (tail.start() if tail else len(title))
        yield Piece(kind, Span(begin, end))
    elif content.lstrip().startswith("<!--"):
        return
    elif kind is BlockKind.QUOTE and any(
        ATTRIBUTION.match(line.lstrip("> ")) for line in content.split("\n")
    ):
        yield Piece(BlockKind.POST, Span(begin, span.end))
    elif kind is BlockKind.PARAGRAPH and (_IMAGE_ONLY.match(content) or is_caption(content)):
        yield Piece(BlockKind.CAPTION, Span(begin, span.end))
    else:
        yield Piece(kind, Span(begin, span.end))
