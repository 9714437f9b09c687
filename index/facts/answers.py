"""Entries as answers: the same type that a question gets, so that every front end shows them."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from rapidfuzz import fuzz

from index.facts import FACTS_ENGINE
from index.facts.lookup import Entry, FactIndex
from index.facts.page import MAX_SHOWN, Page
from index.facts.types import (
    DetailKind,
    Fact,
    FactKind,
    FactSheet,
    SummaryLength,
    Topic,
)
from index.facts.wording import enumeration
from index.store.lexical import words
from index.types import Answer, Citation, Document, Passage, Status

#: Entries of each kind where all kinds are shown.
MAX_OF_KIND = 3
#: Documents shown one by one in an overview of several.
MAX_DOCUMENTS = 5
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
#: What there is none of.
_NOTHING = {
    Topic.WHO: "no people are named",
    Topic.WHEN: "no dates or times are told",
    Topic.WHERE: "no places are named",
    Topic.FIGURES: "nothing is counted or measured",
    Topic.QUOTES: "nobody is quoted",
    Topic.TIMELINE: "there are no dates to put in order",
    Topic.SUMMARY: "there are no whole sentences to sum it up with",
    Topic.FACT: "no people, places, dates, figures or quotations",
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
        page = Page(self._passages)
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
                    page = Page(self._passages)
                    page.cite(entry.document, detail.sentence, detail.excerpt.span)
                    return next(iter(page.citations.values()))
        return None

    def whole_sheet(self, document_id: str) -> Answer:
        """Every entry of a document, and its long summary."""
        started = time.perf_counter()
        page = Page(self._passages)
        for kind in FactKind:
            page.overview(self._index.of((kind,), {document_id}), kind, MAX_SHOWN, every=True)
        for document, sheet in self._of({document_id}):
            page.lines.append("Summary:")
            for span in sheet.summarise(SummaryLength.LONG):
                page.sentence(document, span)
        return self._answer("/fact", page, started)

    def _answer(self, question: str, page: Page, started: float) -> Answer:
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
        self, page: Page, topic: Topic, wanted: str, documents: Collection[str] | None
    ) -> None:
        if not wanted:
            self._overview(page, topic, documents)
            return
        found = self._index.find(wanted, KINDS[topic], documents)
        if topic in {Topic.WHO, Topic.WHERE} and found:
            found = found[:1] if _is_named(found[0].fact, wanted) else found
        if topic is Topic.FIGURES:
            found = self._with_changes(found)
        if len(found) == 1:
            page.whole(found[0])
        else:
            page.listing(found)

    def _overview(self, page: Page, topic: Topic, documents: Collection[str] | None) -> None:
        """The first entries of each kind; of several documents, one after the other."""
        held = [d for d, sheet in self._of(documents) if any(map(sheet.of, KINDS[topic]))]
        most = MAX_OF_KIND if topic is Topic.FACT else MAX_SHOWN
        if len(held) > 1:
            most = 1 if topic is Topic.FACT else max(2, most // min(len(held), MAX_DOCUMENTS))
        for document in held[:MAX_DOCUMENTS]:
            if len(held) > 1:
                page.heading(document)
            for kind in KINDS[topic]:
                page.overview(self._index.of((kind,), {document.id}), kind, most)
        if len(held) > MAX_DOCUMENTS:
            page.lines.append(f"… and {len(held) - MAX_DOCUMENTS} more documents. Name one.")

    def _with_changes(self, found: Sequence[Entry]) -> list[Entry]:
        """Figures with the earlier and later values that the text gives for them, as it reads."""
        linked = {
            (entry.document.id, detail.excerpt.end)
            for entry in found
            for detail in entry.fact.details
            if detail.kind in {DetailKind.BEFORE, DetailKind.AFTER}
        }
        figures = self._index.of((FactKind.FIGURE,), {e.document.id for e in found})
        there = {(entry.document.id, entry.fact.name) for entry in found}
        return [
            entry
            for entry in figures
            if (entry.document.id, entry.fact.name) in there
            or (entry.document.id, entry.fact.name.end) in linked
        ]

    def _timeline(self, page: Page, wanted: str, documents: Collection[str] | None) -> None:
        found = {e.fact for e in self._index.find(wanted, KINDS[Topic.TIMELINE], documents)}
        several = len(self._of(documents)) > 1
        for document, sheet in self._of(documents):
            entries = [
                Entry(fact, document) for fact in sheet.timeline if not wanted or fact in found
            ]
            if several and entries:
                page.heading(document)
            page.listing(entries, most=2 * MAX_SHOWN)

    def _summarise(self, page: Page, wanted: str, documents: Collection[str] | None) -> None:
        fitting = [length for length in SummaryLength if length.startswith(wanted.lower() or "m")]
        length = fitting[0] if fitting else SummaryLength.MEDIUM
        rows = [
            (d, spans) for d, sheet in self._of(documents) if (spans := sheet.summarise(length))
        ]
        if rows and not fitting:
            page.lines.append(
                f"There is no length “{wanted}”, only short, medium and long. Medium:"
            )
        for document, spans in rows[:MAX_SHOWN]:
            if len(rows) > 1:
                page.heading(document)
            for span in spans:
                page.sentence(document, span)
        if len(rows) > MAX_SHOWN:
            page.lines.append(f"… and {len(rows) - MAX_SHOWN} more documents. Name one.")

    def _of(self, documents: Collection[str] | None) -> list[tuple[Document, FactSheet]]:
        return [row for row in self._sheets if documents is None or row[0].id in documents]

    def _nothing(self, topic: Topic, wanted: str, documents: Collection[str] | None) -> str:
        where = "this document" if len(self._of(documents)) == 1 else "these documents"
        if wanted and topic in KINDS and self._index.of(KINDS[topic], documents):
            said = f"Nothing about “{wanted}” in {where}."
            meant = self.suggest(topic, wanted, documents)[:3] if words(wanted) else []
            if meant:
                return f"{said} Did you mean {enumeration(meant, 'or')}?"
            there = self.suggest(topic, "", documents)[:3]
            return f"{said} Try {enumeration(there, 'or')}." if there else said
        return f"None in {where}: {_NOTHING[topic]}."


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
