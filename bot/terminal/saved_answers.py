"""Answers that ``footnote ask --json`` printed, read back: who was asked what, and the quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from bot.terminal.exits import UsageError
from bot.terminal.lines import read_lines


@dataclass(frozen=True, slots=True)
class SavedQuote:
    """One citation of a saved answer; offsets in code points of the document."""

    number: int
    document_id: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """``quotes`` is empty for an answer that cites nothing, such as "not in the document"."""

    question: str
    quotes: tuple[SavedQuote, ...]


def read_saved(source: BinaryIO, name: str) -> Iterator[SavedAnswer]:
    """The answers of ``source``, one JSON object a line, as ``footnote ask --json`` and ``footnote
    check --json`` print them. Raises UsageError, with ``name`` and the line, for anything else."""
    for number, raw in enumerate(read_lines(source), 1):
        if not raw.strip():
            continue
        try:
            yield _answer(json.loads(raw.decode("utf-8")))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise UsageError(
                f"Line {number} of {name} is not an answer.",
                cure="Save answers with: footnote ask --json ... >> answers.jsonl",
            ) from None


def _answer(row: dict[str, Any]) -> SavedAnswer:
    asked = row["question"] if "question" in row else row["claim"]
    return SavedAnswer(_text(asked), tuple(_quote(raw) for raw in row["citations"]))


def _quote(raw: dict[str, Any]) -> SavedQuote:
    number, start, end = (_count(raw[key]) for key in ("number", "start", "end"))
    return SavedQuote(number, _text(raw["document"]), start, end, _text(raw["quote"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if not isinstance(value, int) or value < 0:
        raise TypeError(value)
    return value
