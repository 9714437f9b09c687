"""An engine whose answers, delays and failures a test decides."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import UTC, datetime

from index import BuildReport, Progress
from index.answer.verdicts import check_answer
from index.errors import FootnoteError
from index.facts.answers import FactBook
from index.facts.types import FactSheet
from index.types import (
    Answer,
    Citation,
    ClaimCheck,
    Document,
    Hit,
    Passage,
    Span,
    Status,
    Turn,
    Verdict,
)

TEXT = "The harbour was opened in 1894 by Ada Quill. It closed in 1951."


def document(
    text: str = TEXT, *, id: str = "harbour.txt", title: str = "The harbour", **metadata: str
) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
    return Document(id=id, source=id, title=title, text=text, sha256=digest, metadata=metadata)


def whole_passage(source: Document, *, heading: str | None = None) -> Passage:
    end = len(source.text)
    return Passage("p", source.id, 0, end, source.text, heading, 0, (Span(0, end),))


def answered(
    source: Document,
    *,
    question: str = "When was it opened?",
    quote: Span | None = None,
    short: Span | None = None,
    count: int = 1,
) -> Answer:
    """An answer that cites ``quote`` of ``source`` (default: all of it) ``count`` times."""
    quote = quote or Span(0, len(source.text))
    passage = whole_passage(source)
    said = source.text[quote.start : quote.end]
    citations = tuple(
        Citation(
            number,
            source.id,
            source.sha256,
            source.title,
            source.source,
            quote.start,
            quote.end,
            said,
            passage,
            short,
        )
        for number in range(1, count + 1)
    )
    return Answer(
        question=question,
        resolved_question=question,
        status=Status.ANSWERED,
        text=" ".join(f"{said} [{number}]" for number in range(1, count + 1)),
        short_answer=None if short is None else source.text[short.start : short.end],
        citations=citations,
        confidence=0.93,
        nearest=(Hit(passage, 1.0, 1, 0.9, 1, 5.0),),
        rejected=(),
        engine="reader",
        build_id="b1",
        timings_ms={"total": 12.0},
    )


def not_found(source: Document, *, question: str = "Who painted it?") -> Answer:
    return Answer(
        question=question,
        resolved_question=question,
        status=Status.NOT_FOUND,
        text="",
        short_answer=None,
        citations=(),
        confidence=0.1,
        nearest=(Hit(whole_passage(source), 1.0),),
        rejected=(),
        engine="reader",
        build_id="b1",
        timings_ms={"total": 9.0},
    )


def checked(source: Document, *, claim: str, verdict: Verdict = Verdict.SUPPORTED) -> Answer:
    """The verdict on a claim, with the citation of :func:`answered` unless it was not found."""
    citations = answered(source).citations if verdict is not Verdict.NOT_FOUND else ()
    reason = None if verdict is Verdict.SUPPORTED else "The quote says something else."
    check = ClaimCheck(claim, verdict, 0.9, citations, reason, "b1", {"total": 12.0})
    return check_answer(claim, [check])


class ScriptedEngine:
    """Answers each question with ``say(question)``, which may raise, or sleep."""

    def __init__(
        self,
        say: Callable[[str], Answer] | None = None,
        *,
        documents: tuple[Document, ...] = (),
        delay_s: float = 0.0,
    ) -> None:
        self._documents = documents or (document(),)
        self._say = say or (lambda question: answered(self._documents[0], question=question))
        self.delay_s = delay_s
        #: What is told to be settled before each answer, and the seconds after each.
        self.settles: tuple[str, ...] = ()
        self.pause_s = 0.0
        self.asked: list[str] = []
        self.histories: list[tuple[Turn, ...]] = []
        self.scopes: list[Collection[str] | None] = []
        self.closed = False
        self.rebuilds = 0
        self.refreshes = 0
        self.problems: tuple[FootnoteError, ...] = ()
        self.rebuild_gate = threading.Event()
        self.rebuild_gate.set()

    @property
    def documents(self) -> tuple[Document, ...]:
        return self._documents

    @documents.setter
    def documents(self, documents: tuple[Document, ...]) -> None:
        self._documents = documents

    @property
    def build_id(self) -> str:
        return "b1"

    @property
    def built_at(self) -> datetime:
        return datetime(2026, 1, 2, tzinfo=UTC)

    @property
    def passage_count(self) -> int:
        return 1

    @property
    def reader_name(self) -> str:
        return "scripted"

    @property
    def fact_book(self) -> FactBook:
        """Empty sheets: what there is to look up is tested with the real engine."""
        sheets = {d.id: FactSheet(d.id, d.sha256) for d in self.documents}
        return FactBook(self.documents, (), sheets, self.build_id)

    def document(self, document_id: str) -> Document | None:
        return next((d for d in self._documents if d.id == document_id), None)

    def check_text(self, text: str, *, documents: Collection[str] | None = None) -> Answer:
        self.asked.append(text)
        self.scopes.append(documents)
        return checked(self._documents[0], claim=text)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        documents: Collection[str] | None = None,
        on_settled: Callable[[str], None] | None = None,
    ) -> Answer:
        self.asked.append(question)
        self.histories.append(tuple(history))
        self.scopes.append(documents)
        for text in self.settles:
            if on_settled is not None:
                on_settled(text)
            time.sleep(self.pause_s)
        if self.delay_s:
            time.sleep(self.delay_s)
        return self._say(question)

    def refresh(self) -> bool:
        self.refreshes += 1
        return False

    def rebuild(
        self, progress: Callable[[Progress], None] | None = None, *, force: bool = False
    ) -> BuildReport:
        self.rebuilds += 1
        if progress is not None:
            progress(Progress("reading", 1, 2))
        self.rebuild_gate.wait(10)
        return BuildReport("b2", 1, 1, 0, 0.5, True, self.problems)

    def close(self) -> None:
        self.closed = True
