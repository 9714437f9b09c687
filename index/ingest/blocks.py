"""Cuts a document into blocks: headings, paragraphs, list items, captions, posts and so on."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from index.ingest.layout import CREDIT, Piece
from index.ingest.layout_markdown import markdown_pieces
from index.ingest.layout_text import text_pieces
from index.ingest.sentences import split_sentences
from index.ingest.sources import MARKDOWN_SUFFIXES
from index.types import Block, BlockKind, Document, Span

#: These are one unit of proof each: a post without its attribution, or half a heading, proves
#: nothing; a table's or a listing's lines are not prose that Punkt could cut.
_WHOLE = frozenset({BlockKind.HEADING, BlockKind.POST})
_BY_LINE = frozenset({BlockKind.TABLE, BlockKind.CODE})


def split_blocks(document: Document) -> tuple[Block, ...]:
    """The blocks of ``document`` in order. They do not overlap; together they hold every letter
    and digit of the text, front matter, comments and list numbers of Markdown apart."""
    markdown = PurePath(document.source).suffix.lower() in MARKDOWN_SUFFIXES
    # Loading unifies line ends; a text from elsewhere may hold others. Offsets stay.
    text = document.text.replace("\r\n", " \n").replace("\r", "\n")
    pieces = markdown_pieces(text) if markdown else text_pieces(text)
    return tuple(_with_headings(document, pieces))


def _with_headings(document: Document, pieces: Iterable[Piece]) -> Iterable[Block]:
    heading: str | None = None
    for kind, span in pieces:
        sentences = _sentences(document, kind, span)
        if not sentences:
            continue
        tight = Span(sentences[0].start, sentences[-1].end)
        yield Block(kind, tight, sentences, heading)
        if kind is BlockKind.HEADING:
            heading = document.text[tight.start : tight.end]


def _sentences(document: Document, kind: BlockKind, span: Span) -> tuple[Span, ...]:
    text = document.text
    if kind in _WHOLE:
        pieces = split_sentences(text, span, document.language)
        return (Span(pieces[0].start, pieces[-1].end),) if pieces else ()
    if kind in _BY_LINE:
        return tuple(
            sentence
            for line in _lines(text, span)
            if any(char.isalnum() for char in text[line.start : line.end])
            for sentence in split_sentences(text, line, document.language)
        )
    found = split_sentences(text, span, document.language)
    if kind is BlockKind.CAPTION and len(found) > 1 and CREDIT.match(text, *found[-1]):
        # Whose picture it is, is said of what the sentence before describes.
        return (*found[:-2], Span(found[-2].start, found[-1].end))
    return found


def _lines(text: str, span: Span) -> Iterable[Span]:
    start = span.start
    while start < span.end:
        end = text.find("\n", start, span.end)
        end = span.end if end < 0 else end
        yield Span(start, end)
        start = end + 1
