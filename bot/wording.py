"""Words that both front ends use for the same thing."""

from __future__ import annotations

from index.types import Answer, Citation


def confidence_in_words(confidence: float) -> str:
    """A calibrated probability as people say it."""
    if confidence >= 0.9:
        return "very confident"
    if confidence >= 0.75:
        return "confident"
    if confidence >= 0.5:
        return "fairly confident"
    return "not very confident"


def duration(milliseconds: float) -> str:
    """A time as a person reads it: "140 ms", "2.3 s"."""
    if milliseconds < 1000:
        return f"{max(1, round(milliseconds))} ms"
    return f"{milliseconds / 1000:.1f} s"


def place(citation: Citation) -> str:
    """Where a citation stands: title, and section where there is one."""
    heading = citation.passage.heading
    return f"{citation.title}, “{heading}”" if heading else citation.title


def was_reread(answer: Answer) -> bool:
    """Whether the question was looked up in other words than it was asked in."""
    return " ".join(answer.question.split()) != " ".join(answer.resolved_question.split())
