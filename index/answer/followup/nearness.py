"""Where the answer to a follow-up stands, given the last one: often in the next sentence, seldom
in the very words that were shown already."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.proof import sentence_span
from index.types import Citation, Passage, Span

#: In logits of the reader, as chosen on the dev dialogues: what it counts to stand in the
#: sentence behind the shown one, in the shown one, and in the words that answered.
NEXT = 1.5
SAME = 0.0
REPEATED = -3.0
#: Sentences further apart than so many characters do not follow each other.
GAP_CHARS = 8


class Nearness:
    """How well a place suits a follow-up, after ``shown``."""

    def __init__(self, shown: Sequence[Citation]) -> None:
        self._shown = tuple(shown)

    def bonus(self, passage: Passage, span: Span) -> float:
        """What speaks for ``span`` of ``passage`` as the answer, in logits."""
        return max(
            (self._bonus(citation, passage, span) for citation in self._shown), key=abs, default=0.0
        )

    @staticmethod
    def _bonus(citation: Citation, passage: Passage, span: Span) -> float:
        if passage.document_id != citation.document_id:
            return 0.0
        answer = citation.highlight
        if answer is not None and span.start < answer.end and answer.start < span.end:
            return REPEATED
        sentence = sentence_span(passage, span)
        if sentence.start < citation.end and citation.start < sentence.end:
            return SAME
        return NEXT if 0 <= sentence.start - citation.end <= GAP_CHARS else 0.0
