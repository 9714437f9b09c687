"""Packs the sentences of a document into passages: what is retrieved and read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.ingest.blocks import split_blocks
from index.ingest.cues import cue
from index.types import Block, BlockKind, Document, Passage, Span

#: Part of the fingerprint: an index made by another version is rebuilt.
SPLITTER_VERSION = 5
#: Word pieces a passage aims at. The reader was trained on windows of up to 135.
MAX_PIECES = 120
#: Share their passage with no other block: their neighbours speak of something else.
_ALONE = frozenset({BlockKind.CAPTION, BlockKind.POST, BlockKind.CODE})

#: Word pieces in each of several texts.
CountPieces = Callable[[Sequence[str]], list[int]]


def split_passages(
    document: Document, count_pieces: CountPieces, max_pieces: int = MAX_PIECES
) -> tuple[Passage, ...]:
    """The passages of ``document``, in order; see :func:`pack` for what goes together."""
    blocks = split_blocks(document)
    return pack_passages(document, blocks, count_pieces, max_pieces)


def pack_passages(
    document: Document,
    blocks: Sequence[Block],
    count_pieces: CountPieces,
    max_pieces: int = MAX_PIECES,
) -> tuple[Passage, ...]:
    """Passages of whole neighbouring blocks of one section, at most ``max_pieces`` long.

    A longer block is cut between sentences, with one sentence of overlap. A heading opens the
    passage below it. Captions, posts and listings stand alone. A single sentence may be longer
    than ``max_pieces``.
    """
    texts = [document.text[s.start : s.end] for block in blocks for s in block.sentences]
    sizes = iter(count_pieces(texts))
    sized = [(block, [next(sizes) for _ in block.sentences]) for block in blocks]
    return tuple(
        _passage(document, ordinal, packed)
        for ordinal, packed in enumerate(_pack(sized, max_pieces))
    )


class _Packed(NamedTuple):
    heading: str | None
    kind: BlockKind
    sentences: tuple[Span, ...]


def _pack(sized: Sequence[tuple[Block, list[int]]], max_pieces: int) -> Iterator[_Packed]:
    held: list[Span] = []
    held_pieces = 0
    held_heading: str | None = None
    held_kind = BlockKind.PARAGRAPH
    only_headings = False

    def flush() -> Iterator[_Packed]:
        nonlocal held, held_pieces
        if held:
            yield _Packed(held_heading, held_kind, tuple(held))
        held, held_pieces = [], 0

    for block, sizes in sized:
        is_heading = block.kind is BlockKind.HEADING
        size = sum(sizes)
        alone = block.kind in _ALONE
        # Headings wait for the text below them, whatever its length.
        if not only_headings and (is_heading or alone or held_pieces + size > max_pieces):
            yield from flush()
        if not held or not is_heading:
            held_heading = block.heading
        if held_pieces + size > max_pieces and not is_heading and len(block.sentences) > 1:
            yield from _cut(block, sizes, held, held_pieces, max_pieces)
            held, held_pieces = [], 0
        else:
            held.extend(block.sentences)
            held_pieces += size
            held_kind = block.kind
            if alone:
                yield from flush()
        only_headings = bool(held) and is_heading
    yield from flush()


def _cut(
    block: Block, sizes: Sequence[int], lead: Sequence[Span], lead_pieces: int, max_pieces: int
) -> Iterator[_Packed]:
    """Passages of a long block, the first of them opened by the headings ``lead``."""
    held = list(lead)
    pieces = lead_pieces
    fresh = 0  # sentences in `held` that no earlier passage has
    last_size = 0
    for sentence, size in zip(block.sentences, sizes, strict=True):
        if fresh and pieces + size > max_pieces:
            yield _Packed(block.heading, block.kind, tuple(held))
            overlaps = last_size + size <= max_pieces
            held = [held[-1]] if overlaps else []
            pieces = last_size if overlaps else 0
            fresh = 0
        held.append(sentence)
        pieces += size
        fresh += 1
        last_size = size
    yield _Packed(block.heading, block.kind, tuple(held))


def _passage(document: Document, ordinal: int, packed: _Packed) -> Passage:
    start, end = packed.sentences[0].start, packed.sentences[-1].end
    assert all(a.end <= b.start for a, b in pairwise(packed.sentences))
    key = f"{document.sha256}:{start}:{end}"
    return Passage(
        id=hashlib.sha256(key.encode()).hexdigest()[:32],
        document_id=document.id,
        start=start,
        end=end,
        text=document.text[start:end],
        heading=packed.heading,
        ordinal=ordinal,
        sentences=packed.sentences,
        kind=packed.kind,
    )


def embedding_text(passage: Passage, title: str) -> str:
    """What a passage is found by: its text, named if it is a caption or a post, under its heading
    or its title."""
    heading = passage.heading or title
    text = cue(passage) + passage.text
    return text if heading in passage.text else f"{heading}\n{text}"
