"""What the guard has against a claim."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Verdict


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection: the verdict that it forces, and a sentence that tells a reader why."""

    verdict: Verdict
    reason: str


def contradicted(reason: str) -> Finding:
    """The quote says otherwise."""
    return Finding(Verdict.CONTRADICTED, reason)


def missing(reason: str) -> Finding:
    """The quote does not say it."""
    return Finding(Verdict.NOT_FOUND, reason)
