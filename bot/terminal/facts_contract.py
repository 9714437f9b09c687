"""The JSON form of a fact sheet. Programs rely on these keys; they stay as they are."""

from __future__ import annotations

from typing import TypedDict

from index.facts.types import Detail, Fact, FactKind, FactSheet, SummaryLength
from index.types import Document, Span

#: The list that each kind of entry is in.
LISTS = {
    FactKind.PERSON: "people",
    FactKind.PLACE: "places",
    FactKind.ORGANISATION: "organisations",
    FactKind.DATE: "dates",
    FactKind.FIGURE: "figures",
    FactKind.QUOTATION: "quotations",
    FactKind.POST: "posts",
}


class FactCitationJson(TypedDict):
    """A sentence of the document: ``quote`` is its text from ``start`` to ``end``."""

    document: str
    sha256: str
    start: int
    end: int
    quote: str


class DetailJson(TypedDict):
    """``kind`` is role, alias, sort, event, measures, of, before, after, speaker, author or
    posted; ``start`` and ``end`` are where ``text`` stands."""

    kind: str
    text: str
    start: int
    end: int
    citation: FactCitationJson


class FactJson(TypedDict):
    """``value`` is ISO 8601 for a date and a decimal for a figure, two
    with a slash for a range; ``relative`` is true where it
    needed the publication date."""

    text: str
    start: int
    end: int
    value: str | None
    relative: bool
    centrality: float
    mentions: int
    details: list[DetailJson]
    citation: FactCitationJson


def sheet_json(document: Document, sheet: FactSheet) -> dict[str, object]:
    """The lists by kind, the timeline, and the summary at each length."""
    value: dict[str, object] = {
        "document": document.id,
        "sha256": document.sha256,
        "title": document.title,
        "published": document.published.isoformat() if document.published else None,
    }
    for kind, name in LISTS.items():
        value[name] = [_fact(document, fact) for fact in sheet.of(kind)]
    value["timeline"] = [_fact(document, fact) for fact in sheet.timeline]
    value["summary"] = {
        length.value: [_citation(document, span) for span in sheet.summarise(length)]
        for length in SummaryLength
    }
    return value


def _fact(document: Document, fact: Fact) -> FactJson:
    return {
        "text": fact.name.text,
        "start": fact.name.start,
        "end": fact.name.end,
        "value": fact.value,
        "relative": fact.relative,
        "centrality": fact.centrality,
        "mentions": len(fact.mentions),
        "details": [_detail(document, detail) for detail in fact.details],
        "citation": _citation(document, fact.sentence),
    }


def _detail(document: Document, detail: Detail) -> DetailJson:
    return {
        "kind": detail.kind.value,
        "text": detail.excerpt.text,
        "start": detail.excerpt.start,
        "end": detail.excerpt.end,
        "citation": _citation(document, detail.sentence),
    }


def _citation(document: Document, span: Span) -> FactCitationJson:
    return {
        "document": document.id,
        "sha256": document.sha256,
        "start": span.start,
        "end": span.end,
        "quote": document.text[span.start : span.end],
    }
