"""The JSON form of an answer. Programs rely on these keys; they stay as they are."""

from __future__ import annotations

import json
from typing import NotRequired, TypedDict

from index.types import Answer, Citation, ClaimCheck, Hit, Status, Verdict


class CitationJson(TypedDict):
    number: int
    document: str
    sha256: str
    start: int
    end: int
    quote: str
    title: str
    section: str | None


class NearestJson(TypedDict):
    document: str
    start: int
    end: int
    text: str
    score: float


class RejectedJson(TypedDict):
    text: str
    reason: str


class AnswerJson(TypedDict):
    question: str
    resolved_question: str
    status: str
    text: str
    short_answer: str | None
    confidence: float
    citations: list[CitationJson]
    nearest: list[NearestJson]
    rejected: list[RejectedJson]
    engine: str
    build: str
    timings_ms: dict[str, float]
    #: Only where there is one: what to know about how the answer came about.
    notice: NotRequired[str]
    #: Only where the question can mean several things: the readings, to ask one of them. The
    #: number of one, counted from 1, will do in the same conversation.
    choices: NotRequired[list[str]]


class ErrorJson(AnswerJson):
    """A question that could not be asked: nothing found, and what was wrong with it."""

    error: str


def answer_json(answer: Answer) -> AnswerJson:
    """Every public field of ``answer``. Times are milliseconds, offsets code points."""
    value: AnswerJson = {
        "question": answer.question,
        "resolved_question": answer.resolved_question,
        "status": answer.status.value,
        "text": answer.text,
        "short_answer": answer.short_answer,
        "confidence": answer.confidence,
        "citations": [_citation(citation) for citation in answer.citations],
        "nearest": [_nearest(hit) for hit in answer.nearest],
        "rejected": [{"text": claim.text, "reason": claim.reason} for claim in answer.rejected],
        "engine": answer.engine,
        "build": answer.build_id,
        "timings_ms": {stage: round(ms, 3) for stage, ms in answer.timings_ms.items()},
    }
    if answer.notice is not None:
        value["notice"] = answer.notice
    if answer.choices:
        value["choices"] = list(answer.choices)
    return value


def error_json(question: str, message: str, error: str, *, build: str) -> ErrorJson:
    """All keys of an answer, ``message`` as its text, and ``error``: what went wrong."""
    return {
        "question": question,
        "resolved_question": question,
        "status": Status.NOT_FOUND.value,
        "text": message,
        "short_answer": None,
        "confidence": 0.0,
        "citations": [],
        "nearest": [],
        "rejected": [],
        "engine": "none",
        "build": build,
        "timings_ms": {"total": 0.0},
        "error": error,
    }


class CheckJson(TypedDict):
    claim: str
    verdict: str
    confidence: float
    citations: list[CitationJson]


class CheckErrorJson(CheckJson):
    """A claim that could not be checked: not found, and what was wrong with it."""

    error: str


def check_json(check: ClaimCheck) -> CheckJson:
    """The verdict on a claim."""
    return {
        "claim": check.claim,
        "verdict": check.verdict.value,
        "confidence": check.confidence,
        "citations": [_citation(citation) for citation in check.citations],
    }


def check_error_json(claim: str, error: str) -> CheckErrorJson:
    """All keys of a verdict, and ``error``: what went wrong."""
    return {
        "claim": claim,
        "verdict": Verdict.NOT_FOUND.value,
        "confidence": 0.0,
        "citations": [],
        "error": error,
    }


def dumps(value: object, *, indent: int | None = None) -> str:
    """JSON in pure ASCII: no terminal, locale or control character can spoil it."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, indent=indent)


def _citation(citation: Citation) -> CitationJson:
    return {
        "number": citation.number,
        "document": citation.document_id,
        "sha256": citation.document_sha256,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "title": citation.title,
        "section": citation.passage.heading,
    }


def _nearest(hit: Hit) -> NearestJson:
    passage = hit.passage
    return {
        "document": passage.document_id,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
        "score": hit.score,
    }
