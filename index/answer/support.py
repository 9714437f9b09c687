"""Whether a text bears a claim out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from index.answer.guard import examine
from index.answer.guard.wording import overlap, wording
from index.models.tokenizer import WordPiece
from index.types import Verdict

#: Share of a claim's words that must stand in its evidence.
MIN_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text says to a claim."""

    verdict: Verdict
    #: Probability that the text bears the claim out, 0..1.
    score: float
    #: One sentence for the reader of a verdict; None for "supported".
    reason: str | None


class Support:
    """Judges claims by their evidence. The guard decides first; see :mod:`index.answer.guard`."""

    @staticmethod
    def open(tokenizer: WordPiece, *, threads: int = 0) -> Support:
        """The shipped judge; costs nothing before the first judgement."""
        return Support()

    def judge(
        self, pairs: Sequence[tuple[str, str]], contexts: Sequence[str] | None = None
    ) -> tuple[Judgement, ...]:
        """What each evidence of the ``pairs`` (claim, evidence) says to its claim, in their order.

        ``contexts``, one a pair, are texts around the evidence (title, the sentence before) that
        may name what it only points at: "he", "that year".
        """
        around = contexts or [""] * len(pairs)
        return tuple(
            _judge(claim, evidence, context)
            for (claim, evidence), context in zip(pairs, around, strict=True)
        )


def _judge(claim: str, evidence: str, context: str) -> Judgement:
    share = overlap(wording(claim), wording(evidence))
    finding = examine(claim, evidence, context)
    if finding is not None:
        return Judgement(finding.verdict, 0.0, finding.reason)
    if share < MIN_OVERLAP:
        return Judgement(Verdict.NOT_FOUND, share, "The quote is about something else.")
    return Judgement(Verdict.SUPPORTED, share, None)
