"""The sentences of a document, as the extractors read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.facts.types import Excerpt
from index.types import Block, BlockKind, Document, Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with where it stands. Positions inside ``text`` are local to it."""

    #: Position among the sentences of the document, from 0.
    ordinal: int
    span: Span
    text: str
    kind: BlockKind
    #: Whether it opens its block.
    opens: bool

    def excerpt(self, start: int, end: int) -> Excerpt:
        """A piece of the document from local positions."""
        shift = self.span.start
        return Excerpt(shift + start, shift + end, self.text[start:end])


def read_sentences(document: Document, blocks: Sequence[Block]) -> tuple[Sentence, ...]:
    """The sentences of ``blocks``, in order."""
    rows = ((block, span) for block in blocks for span in block.sentences)
    return tuple(
        Sentence(
            ordinal,
            span,
            document.text[span.start : span.end],
            block.kind,
            span == block.sentences[0],
        )
        for ordinal, (block, span) in enumerate(rows)
    )


#: Holds no statement of its own: listings are commands, headings are repeated below.
SILENT = frozenset({BlockKind.CODE, BlockKind.HEADING})


def speaking(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """The sentences that state something."""
    return tuple(s for s in sentences if s.kind not in SILENT)
