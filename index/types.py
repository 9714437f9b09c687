"""The values that travel from a file to an answer. All are immutable and hashable by identity.

Two invariants make "cited" checkable; :func:`index.answer.proof.faults` tests both:

- ``document.text[passage.start:passage.end] == passage.text``
- ``document.text[citation.start:citation.end] == citation.quote``, and
  ``document.sha256 == citation.document_sha256``

Offsets count Unicode code points of ``Document.text``, end exclusive.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in ``Document.text``."""

    start: int
    end: int


class Status(StrEnum):
    """What became of a question."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    #: A language model said something that its citations do not bear out.
    UNSUPPORTED = "unsupported"


class Verdict(StrEnum):
    """What a text says to a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    #: It neither bears the claim out nor denies it.
    NOT_FOUND = "not_found"


class BlockKind(StrEnum):
    """What a piece of layout is. Sentences never cross the border of a block."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    #: An embedded social media post, with its attribution line.
    POST = "post"
    QUOTE = "quote"
    TABLE = "table"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Document:
    """One source text. ``text`` is decoded and its line ends unified once, at load; see
    ``index/ingest/load.py``. ``id`` is the path below the source folder, with slashes."""

    id: str
    source: str
    title: str
    text: str
    #: Of ``text`` in UTF-8, lower-case hexadecimal.
    sha256: str
    published: date | None = None
    #: BCP 47, such as "en"; None where unknown.
    language: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of layout and its sentences. ``heading`` is the nearest heading above, if any."""

    kind: BlockKind
    span: Span
    sentences: tuple[Span, ...]
    heading: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved and read: whole blocks of a section, or whole sentences of a long block.

    ``sentences`` are offsets into the document, in order, inside ``start``..``end``.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    heading: str | None
    #: Position among the passages of its document, from 0.
    ordinal: int
    sentences: tuple[Span, ...]
    #: What its last block is: all of it, but for headings above, in captions, posts and listings.
    kind: BlockKind = BlockKind.PARAGRAPH


@dataclass(frozen=True, slots=True)
class Hit:
    """A retrieved passage. ``score`` is the fused one; ranks count from 1; a rank and score are
    None where that retriever did not return the passage."""

    passage: Passage
    score: float
    dense_rank: int | None = None
    #: Cosine similarity of question and passage, -1..1.
    dense_score: float | None = None
    lexical_rank: int | None = None
    #: BM25, 0 and up, not comparable across indexes.
    lexical_score: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span that the reader found in one passage.

    ``margin`` is the span's score minus that of "no answer", in logits. ``verdict`` is the logit
    of the passage answering the question at all; 0 from a reader that does not say. ``alone`` is
    that verdict on the sentence of the span read by itself, and ``similarity`` the cosine of the
    question and that sentence; None where no second look was taken.
    """

    passage: Passage
    span: Span
    margin: float
    verdict: float = 0.0
    alone: float | None = None
    similarity: float | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """Proof of one claim: a verbatim quote, chosen by our code from the source text."""

    #: The n of ``[n]`` in ``Answer.text``, from 1.
    number: int
    document_id: str
    document_sha256: str
    #: Title of the document as it was cited.
    title: str
    #: Path or address of the document.
    source: str
    start: int
    end: int
    quote: str
    passage: Passage
    #: Where the short answer stands, in document offsets; inside ``start``..``end``.
    highlight: Span | None = None


@dataclass(frozen=True, slots=True)
class RejectedClaim:
    """A sentence of a language model that was dropped, and why."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    resolved_question: str
    short_answer: str | None
    citations: tuple[Citation, ...]
    #: What the asker was asked to choose from, if so.
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What every front end shows. ``text`` is plain: verbatim or verified sentences with
    ``[n]``; markup is the front ends' business (``Citation.highlight`` says what to stress)."""

    question: str
    #: The question as it was looked up: follow-ups resolved, misspelt names mended.
    resolved_question: str
    status: Status
    text: str
    short_answer: str | None
    citations: tuple[Citation, ...]
    #: Calibrated probability that the shown answer is right, 0..1.
    confidence: float
    #: What retrieval found, best first.
    nearest: tuple[Hit, ...]
    rejected: tuple[RejectedClaim, ...]
    #: Which answerer spoke: "reader", "help", or a language model's name.
    engine: str
    build_id: str
    #: Milliseconds by stage, with "total".
    timings_ms: Mapping[str, float]
    #: What the reader found in each passage it read, best first.
    readings: tuple[Reading, ...] = ()
    #: What whoever asked should know about how it came about, such as that a model failed.
    notice: str | None = None
    #: The readings of a question that could mean several things as well: the asker chooses.
    choices: tuple[str, ...] = ()

    @property
    def turn(self) -> Turn:
        """What later questions of the conversation may lean on."""
        return Turn(
            self.question,
            self.resolved_question,
            self.short_answer,
            self.citations,
            self.choices,
        )


@dataclass(frozen=True, slots=True)
class ClaimCheck:
    """What the documents say to a claim. ``citations`` are the sentences that bear it out or
    contradict it; there is none for a claim that was not found."""

    claim: str
    verdict: Verdict
    #: Calibrated probability that the verdict is right, 0..1.
    confidence: float
    citations: tuple[Citation, ...]
    #: One sentence that tells why it is not supported.
    reason: str | None
    build_id: str
    #: Milliseconds by stage, with "total".
    timings_ms: Mapping[str, float]
