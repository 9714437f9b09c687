"""A scripted engine that answers from the real article, and a screen that keeps what it shows."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.console import Console

from bot.terminal.screen import PlainScreen, RichScreen
from index.answer.verdicts import check_answer
from index.errors import QuestionError
from index.facts.answers import FactBook
from index.facts.types import FactSheet
from index.settings import CHECKOUT
from index.types import (
    Answer,
    Citation,
    ClaimCheck,
    Document,
    Hit,
    Passage,
    Reading,
    RejectedClaim,
    Span,
    Status,
    Turn,
    Verdict,
)

ARTICLE = CHECKOUT / "seeds" / "rubio-witkoff-france.txt"


def make_document(
    text: str, *, title: str = "A title", document_id: str = "a.txt", **metadata: str
) -> Document:
    return Document(
        id=document_id,
        source=f"/somewhere/{document_id}",
        title=title,
        text=text,
        sha256=hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
        published=date(2025, 4, 17),
        language="en",
        metadata=metadata,
    )


def article() -> Document:
    text = ARTICLE.read_text("utf-8")
    return make_document(text, title=text.partition("\n")[0], document_id=ARTICLE.name)


def passage_around(document: Document, start: int, end: int, heading: str | None) -> Passage:
    """The line of the document that holds ``start``..``end``."""
    first = document.text.rfind("\n", 0, start) + 1
    last = document.text.find("\n", end)
    last = len(document.text) if last < 0 else last
    text = document.text[first:last]
    sentence_end = first + (text.find(". ") + 1 or len(text))
    return Passage(
        id=f"{document.sha256[:8]}-{first}",
        document_id=document.id,
        start=first,
        end=last,
        text=text,
        heading=heading,
        ordinal=0,
        sentences=(Span(first, sentence_end),),
    )


def cite(
    document: Document,
    quote: str,
    short: str | None = None,
    *,
    number: int = 1,
    heading: str | None = None,
) -> Citation:
    start = document.text.index(quote)
    end = start + len(quote)
    highlight = None
    if short is not None:
        at = start + quote.index(short)
        highlight = Span(at, at + len(short))
    return Citation(
        number=number,
        document_id=document.id,
        document_sha256=document.sha256,
        title=document.title,
        source=document.source,
        start=start,
        end=end,
        quote=quote,
        passage=passage_around(document, start, end, heading),
        highlight=highlight,
    )


def make_answer(
    question: str,
    citations: Sequence[Citation],
    *,
    short: str | None = None,
    confidence: float = 0.93,
    resolved: str | None = None,
    rejected: Sequence[RejectedClaim] = (),
) -> Answer:
    hits = tuple(
        Hit(c.passage, 0.0328 / c.number, c.number, 0.71, c.number + 1, 8.25) for c in citations
    )
    readings = tuple(Reading(c.passage, c.highlight, 6.25) for c in citations if c.highlight)
    return Answer(
        question=question,
        resolved_question=resolved or question,
        status=Status.ANSWERED,
        text=" ".join(f"{c.quote} [{c.number}]" for c in citations),
        short_answer=short,
        citations=tuple(citations),
        confidence=confidence,
        nearest=hits,
        rejected=tuple(rejected),
        engine="reader",
        build_id="build-1",
        timings_ms={"retrieve": 12.4, "read": 71.2, "total": 84.3},
        readings=readings,
    )


def make_refusal(question: str, document: Document, *, engine: str = "reader") -> Answer:
    hits: tuple[Hit, ...] = ()
    text = "Ask about the document."
    if engine == "reader":
        text = "The document does not say."
        starts = [m.start() for m in re.finditer(r"[^\n]+", document.text)][3:7]
        hits = tuple(
            Hit(passage_around(document, start, start + 1, None), 0.03 - n / 100, n, 0.5 - n / 10)
            for n, start in enumerate(starts, start=1)
        )
    return Answer(
        question=question,
        resolved_question=question,
        status=Status.NOT_FOUND,
        text=text,
        short_answer=None,
        citations=(),
        confidence=0.08,
        nearest=hits,
        rejected=(),
        engine=engine,
        build_id="build-1",
        timings_ms={"total": 51.0},
    )


SENTENCE = (
    "Witkoff is set to meet French President Emmanuel Macron, while Rubio will speak with his "
    "French counterpart, Foreign Minister Jean-Noël Barrot, before heading to Africa."
)


@dataclass
class ScriptedEngine:
    """Answers "who ..." with one sentence of the article, small talk with help, refuses the rest.

    ``asked`` keeps every question with its history; ``script`` overrides the answers.
    """

    documents: tuple[Document, ...] = field(default_factory=lambda: (article(),))
    script: Callable[[str], Answer] | None = None
    asked: list[tuple[str, tuple[Turn, ...]]] = field(default_factory=list)
    refreshed: int = 0
    build_id: str = "build-1"
    threshold: float = 0.4
    #: What is told to be settled before each answer.
    settles: tuple[str, ...] = ()

    @property
    def fact_book(self) -> FactBook:
        """Empty sheets: what there is to look up is tested with the real engine."""
        sheets = {d.id: FactSheet(d.id, d.sha256) for d in self.documents}
        return FactBook(self.documents, (), sheets, self.build_id)

    @property
    def passage_counts(self) -> dict[str, int]:
        return {document.id: 14 for document in self.documents}

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self.documents if d.id == document_id), None)

    def refresh(self) -> bool:
        self.refreshed += 1
        return False

    def check(self, claim: str) -> ClaimCheck:
        """Supports claims about Macron by one sentence of the article, finds no others."""
        if not any(c.isalnum() for c in claim):
            raise QuestionError("There is no claim.", cure="Type a statement.")
        found = "Macron" in claim
        return ClaimCheck(
            claim=claim,
            verdict=Verdict.SUPPORTED if found else Verdict.NOT_FOUND,
            confidence=0.9,
            citations=(cite(self.documents[0], SENTENCE),) if found else (),
            reason=None if found else "The quote is about something else.",
            build_id=self.build_id,
            timings_ms={"total": 9.0},
        )

    def check_text(self, text: str) -> Answer:
        return check_answer(text, [self.check(text)])

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        on_settled: Callable[[str], None] | None = None,
    ) -> Answer:
        self.asked.append((question, tuple(history)))
        for text in self.settles:
            if on_settled is not None:
                on_settled(text)
        if not any(c.isalnum() for c in question):
            raise QuestionError("The question has no words.", cure="Type a question.")
        if len(question) > 1000:
            raise QuestionError("The question is too long.", cure="Ask in 1000 characters.")
        if self.script is not None:
            return self.script(question)
        document = self.documents[0]
        if question.lower().startswith("hello"):
            return make_refusal(question, document, engine="help")
        if not question.lower().startswith("who"):
            return make_refusal(question, document)
        short = "French President Emmanuel Macron"
        return make_answer(question, [cite(document, SENTENCE, short)], short=short)


class Shown:
    """What a screen has shown, as text."""

    def __init__(self, width: int | None = None, *, colour: bool = False) -> None:
        self._stream = io.StringIO()
        self.screen: PlainScreen | RichScreen = PlainScreen(self._stream)
        if width is not None:
            console = Console(
                file=self._stream,
                width=width,
                force_terminal=colour,
                color_system="truecolor" if colour else None,
            )
            self.screen = RichScreen(console)

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def rows(self) -> list[str]:
        return self.text.splitlines()
