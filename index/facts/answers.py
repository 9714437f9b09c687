"""Entries as answers: the same type that a question gets, so that every front end shows them."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rapidfuzz import fuzz

from index.facts import FACTS_ENGINE
from index.facts.lookup import Entry, FactIndex
from index.facts.types import (
    DetailKind,
    Fact,
    FactKind,
    FactSheet,
    SummaryLength,
    Topic,
)
from index.facts.wording import Citer, describe, first_line
from index.store.lexical import words
from index.types import Answer, Citation, Document, Passage, Span, Status

#: Entries shown at once: each has a source, and a row of buttons has room for few.
MAX_SHOWN = 10
#: Entries of each kind where all kinds are shown.
MAX_OF_KIND = 3
#: Sentences shown about one entry.
MAX_MENTIONS = 4
#: How alike a misspelt name is to the one that is meant, 0..100.
SAME_NAME = 85


KINDS: Mapping[Topic, tuple[FactKind, ...]] = {
    Topic.WHO: (FactKind.PERSON, FactKind.ORGANISATION),
    Topic.WHEN: (FactKind.DATE,),
    Topic.WHERE: (FactKind.PLACE,),
    Topic.FIGURES: (FactKind.FIGURE,),
    Topic.QUOTES: (FactKind.QUOTATION, FactKind.POST),
    Topic.TIMELINE: (FactKind.DATE,),
    Topic.FACT: tuple(FactKind),
}
_NOTHING = {
    Topic.WHO: "people",
    Topic.WHEN: "dates",
    Topic.WHERE: "places",
    Topic.FIGURES: "figures",
    Topic.QUOTES: "quotations",
    Topic.TIMELINE: "dates that could be put in order",
    Topic.SUMMARY: "whole sentences to sum it up with",
    Topic.FACT: "facts of a kind I know",
}


class FactBook:
    """The fact sheets of a build, ready to be looked things up in. Thread-safe."""

    def __init__(
        self,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        sheets: Mapping[str, FactSheet],
        build_id: str,
    ) -> None:
        self._sheets = [(d, sheets[d.id]) for d in documents if d.id in sheets]
        self._index = FactIndex(self._sheets)
        self._passages: dict[str, list[Passage]] = defaultdict(list)
        for passage in passages:
            self._passages[passage.document_id].append(passage)
        self._build_id = build_id

    def sheet(self, document_id: str) -> FactSheet | None:
        """The sheet of that document, if there is one."""
        return next((sheet for d, sheet in self._sheets if d.id == document_id), None)

    def suggest(
        self, topic: Topic, typed: str, documents: Collection[str] | None = None
    ) -> list[str]:
        """At most 25 completions of what is typed for ``topic``, the likeliest first."""
        if topic is Topic.SUMMARY:
            return [length.value for length in SummaryLength if length.startswith(typed.lower())]
        return self._index.suggest(typed, KINDS[topic], documents)

    def answer(
        self, topic: Topic, wanted: str = "", documents: Collection[str] | None = None
    ) -> Answer:
        """What the sheets say of ``wanted``, or an overview. ``documents`` restricts it to those
        ids. With nothing to say, the status is ``not_found`` and the text says so kindly."""
        started = time.perf_counter()
        wanted = " ".join(wanted.split())
        page = _Page(self._passages)
        if topic is Topic.SUMMARY:
            self._summarise(page, wanted, documents)
        elif topic is Topic.TIMELINE:
            self._timeline(page, wanted, documents)
        else:
            self._entries(page, topic, wanted, documents)
        if not page.lines:
            page.lines = [self._nothing(topic, wanted, documents)]
        return self._answer(f"/{topic.value} {wanted}".strip(), page, started)

    def role_of(self, name: str, documents: Collection[str] | None = None) -> Citation | None:
        """The sentence that tells what the person ``name`` is, the role highlighted; None if no
        person is called that or no sentence tells."""
        for entry in self._index.find(name, (FactKind.PERSON,), documents):
            if not _is_called(entry.fact, name):
                continue
            for detail in entry.fact.details:
                if detail.kind is DetailKind.ROLE:
                    page = _Page(self._passages)
                    page.cite(entry.document, detail.sentence, detail.excerpt.span)
                    return next(iter(page.citations.values()))
        return None

    def whole_sheet(self, document_id: str) -> Answer:
        """Every entry of a document, and its long summary."""
        started = time.perf_counter()
        page = _Page(self._passages)
        for kind in FactKind:
            entries = self._index.of((kind,), {document_id})
            page.overview(entries, kind, most=len(entries))
        for document, sheet in self._of({document_id}):
            page.lines.append("Summary:")
            for span in sheet.summarise(SummaryLength.LONG):
                page.sentence(document, span)
        return self._answer("/fact", page, started)

    def _answer(self, question: str, page: _Page, started: float) -> Answer:
        return Answer(
            question=question,
            resolved_question=question,
            status=Status.ANSWERED if page.citations else Status.NOT_FOUND,
            text="\n".join(page.lines),
            short_answer=None,
            citations=tuple(page.citations.values()),
            confidence=1.0 if page.citations else 0.0,
            nearest=(),
            rejected=(),
            engine=FACTS_ENGINE,
            build_id=self._build_id,
            timings_ms={"total": round((time.perf_counter() - started) * 1000, 2)},
        )

    def _entries(
        self, page: _Page, topic: Topic, wanted: str, documents: Collection[str] | None
    ) -> None:
        if not wanted:
            most = MAX_OF_KIND if topic is Topic.FACT else MAX_SHOWN
            for kind in KINDS[topic]:
                page.overview(self._index.of((kind,), documents), kind, most)
            return
        found = self._index.find(wanted, KINDS[topic], documents)
        if topic in {Topic.WHO, Topic.WHERE} and found:
            found = found[:1] if _is_named(found[0].fact, wanted) else found
        if len(found) == 1:
            page.whole(found[0])
        else:
            page.listing(found)

    def _timeline(self, page: _Page, wanted: str, documents: Collection[str] | None) -> None:
        found = {e.fact for e in self._index.find(wanted, KINDS[Topic.TIMELINE], documents)}
        for document, sheet in self._of(documents):
            entries = [Entry(fact, document) for fact in sheet.timeline]
            page.listing([e for e in entries if not wanted or e.fact in found], most=2 * MAX_SHOWN)

    def _summarise(self, page: _Page, wanted: str, documents: Collection[str] | None) -> None:
        fitting = [length for length in SummaryLength if length.startswith(wanted.lower() or "m")]
        length = fitting[0] if fitting else SummaryLength.MEDIUM
        for document, sheet in self._of(documents)[:MAX_SHOWN]:
            for span in sheet.summarise(length):
                page.sentence(document, span)

    def _of(self, documents: Collection[str] | None) -> list[tuple[Document, FactSheet]]:
        return [row for row in self._sheets if documents is None or row[0].id in documents]

    def _nothing(self, topic: Topic, wanted: str, documents: Collection[str] | None) -> str:
        where = "this document" if len(self._of(documents)) == 1 else "these documents"
        if wanted and topic in KINDS and self._index.of(KINDS[topic], documents):
            near = self.suggest(topic, wanted[:4], documents)[:3]
            near = near or self.suggest(topic, "", documents)[:3]
            hint = f" There is: {'; '.join(near)}." if near else ""
            return f"Nothing about “{wanted}” in {where}.{hint}"
        return f"None in {where}: it names no {_NOTHING[topic]}."


def _is_named(fact: Fact, wanted: str) -> bool:
    names = (fact.name.text, *fact.texts(DetailKind.ALIAS), *fact.texts(DetailKind.ROLE))
    return any(wanted.casefold() in name.casefold() for name in names)


def _is_called(fact: Fact, wanted: str) -> bool:
    """Whether ``wanted`` is the name of ``fact``, whole words of it, or one misspelt a little."""
    given = words(wanted)
    names = [words(name) for name in (fact.name.text, *fact.texts(DetailKind.ALIAS))]
    return any(
        set(given) <= set(name) or fuzz.ratio(" ".join(given), " ".join(name)) >= SAME_NAME
        for name in names
    )


class _Page:
    """The lines of an answer and the citations they have gathered; a sentence is cited once."""

    def __init__(self, passages: Mapping[str, Sequence[Passage]]) -> None:
        self.lines: list[str] = []
        self.citations: dict[tuple[str, Span], Citation] = {}
        self._passages = passages

    def overview(self, entries: Sequence[Entry], kind: FactKind, most: int) -> None:
        """A heading and the first entries of a kind, if there are any."""
        if entries:
            self.lines.append(first_line(kind, len(entries)))
            self.listing(entries, most)

    def listing(self, entries: Sequence[Entry], most: int = MAX_SHOWN) -> None:
        """A line for each of the first entries."""
        for entry in entries[:most]:
            self.lines.append("• " + describe(entry.fact, self._citer(entry)))
        if len(entries) > most:
            self.lines.append(f"… and {len(entries) - most} more. Name one to see it.")

    def whole(self, entry: Entry) -> None:
        """An entry with every detail, and the first sentences that speak of it."""
        cite = self._citer(entry)
        self.lines.append(describe(entry.fact, cite, whole=True))
        seen = {citation.start for citation in self.citations.values()}
        others = [span for span in entry.fact.mentions if span.start not in seen]
        if others and entry.fact.kind not in {FactKind.QUOTATION, FactKind.POST}:
            marks = [self.cite(entry.document, span, None) for span in others[:MAX_MENTIONS]]
            more = f" and {len(others) - len(marks)} more" if len(others) > len(marks) else ""
            self.lines.append(f"Mentioned in {' '.join(marks)}{more}")

    def sentence(self, document: Document, span: Span) -> None:
        """A verbatim sentence with its marker."""
        quote = " ".join(document.text[span.start : span.end].split())
        self.lines.append(f"{quote} {self.cite(document, span, None)}")

    def _citer(self, entry: Entry) -> Citer:
        def cite(sentence: Span, highlight: Span | None) -> str:
            return self.cite(entry.document, sentence, highlight)

        return cite

    def cite(self, document: Document, span: Span, highlight: Span | None) -> str:
        key = (document.id, span)
        if key not in self.citations:
            self.citations[key] = Citation(
                number=len(self.citations) + 1,
                document_id=document.id,
                document_sha256=document.sha256,
                title=document.title,
                source=document.source,
                start=span.start,
                end=span.end,
                quote=document.text[span.start : span.end],
                passage=_passage_of(self._passages[document.id], span),
                highlight=highlight,
            )
        return f"[{self.citations[key].number}]"


def _passage_of(passages: Sequence[Passage], span: Span) -> Passage:
    """The passage that holds ``span``, or its beginning where it runs on into the next."""
    last = bisect_right(passages, span.start, key=lambda passage: passage.start) - 1
    whole = [
        p
        for p in passages[max(0, last - 1) : last + 1]
        if p.start <= span.start and span.end <= p.end
    ]
    return whole[0] if whole else passages[max(0, last)]
