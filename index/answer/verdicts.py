"""Verdicts on claims as an answer, which every front end can show and keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from index.types import Answer, Citation, ClaimCheck, Status, Verdict

#: What ``Answer.engine`` says of such an answer.
CHECK_ENGINE = "check"
_LABELS = {
    Verdict.SUPPORTED: "Supported",
    Verdict.CONTRADICTED: "Contradicted",
    Verdict.NOT_FOUND: "Not found",
}


def check_answer(text: str, checks: Sequence[ClaimCheck], left_out: int = 0) -> Answer:
    """A line for each claim of ``text`` with its verdict, why, and the markers of its quotes.
    ``left_out`` claims were not checked."""
    lines: list[str] = []
    citations: list[Citation] = []
    for check in checks:
        markers = ""
        for citation in check.citations:
            number = _number(citation, citations)
            markers += f" [{number}]"
        why = f" {check.reason}" if check.reason else ""
        lines.append(f"{_LABELS[check.verdict]}: “{check.claim}”{why}{markers}")
    if left_out:
        lines.append(f"The first {len(checks)} claims were checked, {left_out} more were not.")
    return Answer(
        question=text,
        resolved_question=text,
        status=Status.ANSWERED if citations else Status.NOT_FOUND,
        text="\n".join(lines),
        short_answer=None,
        citations=tuple(citations),
        confidence=min((check.confidence for check in checks), default=0.0),
        nearest=(),
        rejected=(),
        engine=CHECK_ENGINE,
        build_id=checks[0].build_id if checks else "",
        timings_ms=_total(checks),
    )


def _number(citation: Citation, citations: list[Citation]) -> int:
    """The number of a quote among ``citations``, to which it is added if it is new."""
    for known in citations:
        same = (known.document_id, known.start, known.end)
        if same == (citation.document_id, citation.start, citation.end):
            return known.number
    citations.append(replace(citation, number=len(citations) + 1))
    return len(citations)


def _total(checks: Sequence[ClaimCheck]) -> dict[str, float]:
    total: dict[str, float] = {}
    for check in checks:
        for stage, ms in check.timings_ms.items():
            total[stage] = total.get(stage, 0.0) + ms
    return total
