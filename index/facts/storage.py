"""Fact sheets as JSON lines beside the documents of a build, as offsets into their texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index.errors import IndexBuildError
from index.facts.types import Detail, DetailKind, Excerpt, Fact, FactKind, FactSheet
from index.types import Document, Span

SHEETS_FILE = "facts.jsonl"

Row = dict[str, Any]


def write_sheets(folder: Path, sheets: Iterable[FactSheet]) -> None:
    """Writes the sheets of all documents into ``folder``. Raises OSError."""
    with (folder / SHEETS_FILE).open("w", encoding="utf-8") as file:
        for sheet in sheets:
            file.write(json.dumps(_sheet_row(sheet), separators=(",", ":")) + "\n")


def read_sheets(folder: Path, documents: Mapping[str, Document]) -> dict[str, FactSheet]:
    """Document id to its sheet. Raises IndexBuildError for a file that :func:`write_sheets` did
    not write for these documents."""
    try:
        with (folder / SHEETS_FILE).open(encoding="utf-8") as file:
            rows = [json.loads(line) for line in file]
        sheets = [_sheet(row, documents[row["document"]]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise IndexBuildError(
            f"The fact sheets cannot be read ({type(error).__name__}).",
            cure="Run footnote index --force to build the index anew.",
        ) from error
    return {sheet.document_id: sheet for sheet in sheets}


def _sheet_row(sheet: FactSheet) -> Row:
    places = {(fact.kind, fact.name): number for number, fact in enumerate(sheet.facts)}
    return {
        "document": sheet.document_id,
        "sha256": sheet.document_sha256,
        "facts": [_fact_row(fact) for fact in sheet.facts],
        "timeline": [places[fact.kind, fact.name] for fact in sheet.timeline],
        "summary": sheet.summary,
    }


def _fact_row(fact: Fact) -> Row:
    return {
        "kind": fact.kind.value,
        "name": fact.name.span,
        "sentence": fact.sentence,
        "details": [(d.kind.value, d.excerpt.span, d.sentence) for d in fact.details],
        "mentions": fact.mentions,
        "value": fact.value,
        "relative": fact.relative,
        "centrality": fact.centrality,
    }


def _sheet(row: Row, document: Document) -> FactSheet:
    if row["sha256"] != document.sha256:
        raise ValueError("a sheet of another text")
    facts = tuple(_fact(item, document.text) for item in row["facts"])
    return FactSheet(
        document.id,
        document.sha256,
        facts,
        tuple(facts[number] for number in row["timeline"]),
        tuple(Span(*span) for span in row["summary"]),
    )


def _fact(row: Row, text: str) -> Fact:
    return Fact(
        FactKind(row["kind"]),
        _excerpt(row["name"], text),
        Span(*row["sentence"]),
        tuple(
            Detail(DetailKind(kind), _excerpt(span, text), Span(*sentence))
            for kind, span, sentence in row["details"]
        ),
        tuple(Span(*span) for span in row["mentions"]),
        row["value"],
        row["relative"],
        row["centrality"],
    )


def _excerpt(span: tuple[int, int], text: str) -> Excerpt:
    start, end = span
    return Excerpt(start, end, text[start:end])
