"""Conversations that people had with a search system, from mt-rag-benchmark (IBM, Apache-2.0).

Each row is the last question of a conversation so far, with passages that answer it and answers
that people rated. The rows of one conversation are not independent, so whole conversations are
split, and drawn for intervals.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

HALVES = ("developing", "reporting")
_UNANSWERABLE = "UNANSWERABLE"
#: "Thank you!" asks nothing.
_ASKS_NOTHING = "CONVERSATIONAL"


class Leans(StrEnum):
    """How a question leans on those before it, as far as its words tell. Kept apart from the
    rules that resolve it, so that these do not judge themselves."""

    STANDS_ALONE = "stands alone"
    PRONOUN = "pronoun"
    ELLIPSIS = "ellipsis"
    BARE = "why, how, how many alone"
    MORE = "more"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and the questions before it, oldest first."""

    id: str
    conversation: str
    question: str
    before: tuple[str, ...]
    #: Documents that answer it; none if nothing does.
    passages: frozenset[str]
    #: What people rated as good answers.
    answers: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        return bool(self.passages)

    @property
    def joined(self) -> str:
        """All questions so far in one, this one last."""
        return " ".join((*self.before, self.question))

    @property
    def leans(self) -> Leans:
        return told_by_words(self.question)


_MORE = re.compile(
    r"\b(?:tell me more|more about|elaborate|what else|anything else)\b|^more\b", re.I
)
_BARE = re.compile(
    r"^(?:and |so |but )?(?:why|how|when|where|who|which|what|how (?:many|much|long|often))\b"
    r"(?: \w+){0,1}\s*\?*$",
    re.I,
)
_PRONOUN = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|one|ones"
    r"|there)\b",
    re.I,
)
_EXISTENTIAL = re.compile(r"\b(?:is|are|was|were|if) there\b|\bthat (?:is|are|was|were)\b", re.I)
_CLAUSE = re.compile(
    r"\b(?:am|is|are|was|were|be|do|does|did|has|have|had|can|could|will|would|should|shall|may"
    r"|might|must|who|what|which|when|where|why|how|tell|give|show|explain|list)\b",
    re.I,
)
_LED = re.compile(r"^(?:and|or|but|what about|how about|no|i mean)\b", re.I)


def told_by_words(question: str) -> Leans:
    """How ``question`` leans on a conversation, by its words alone."""
    if _MORE.search(question):
        return Leans.MORE
    if _BARE.match(question.strip()):
        return Leans.BARE
    if _LED.match(question) or not _CLAUSE.search(question):
        return Leans.ELLIPSIS
    if _PRONOUN.search(_EXISTENTIAL.sub(" ", question)):
        return Leans.PRONOUN
    return Leans.STANDS_ALONE


def load_exchanges(path: Path, half: str) -> list[Exchange]:
    """The questions with a history in one of ``HALVES``, in the order of the file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    found = [_exchange(row) for row in rows if row["history"] and row["label"] != _ASKS_NOTHING]
    return [exchange for exchange in found if half_of(exchange.conversation) == half]


def half_of(conversation: str) -> str:
    """The half that a conversation is in for good: by the parity of the SHA-256 of its id."""
    return HALVES[hashlib.sha256(conversation.encode()).digest()[0] % 2]


def write_corpus(path: Path, folder: Path) -> dict[str, frozenset[str]]:
    """Writes the passages of the corpus as documents into ``folder``, those of the same text
    once; the passages' ids by the ids of the documents."""
    folder.mkdir(parents=True, exist_ok=True)
    ids: dict[str, set[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = "\n\n".join(row["paragraphs"])
            name = f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.txt"
            (folder / name).write_text(text, "utf-8")
            ids.setdefault(name, set()).add(row["doc_id"])
    return {name: frozenset(same) for name, same in ids.items()}


def _exchange(row: dict[str, Any]) -> Exchange:
    answerable = row["label"] != _UNANSWERABLE
    return Exchange(
        id=row["id"],
        conversation=row["id"].partition("<::>")[0],
        question=row["question"],
        before=tuple(turn["text"] for turn in row["history"] if turn["role"] == "user"),
        passages=frozenset(item["doc_id"] for item in row["evidence"])
        if answerable
        else frozenset(),
        answers=tuple(row["answers"]),
    )
