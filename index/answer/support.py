"""Whether a text bears a claim out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from index.answer.guard import Finding, examine
from index.answer.support_score import UNSAID, Judgement, SupportScore
from index.models.checker import Checker, CheckerLogits
from index.models.tokenizer import WordPiece
from index.types import Verdict


class PairChecker(Protocol):
    """What judges a claim by its evidence; see :class:`index.models.checker.Checker`."""

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[CheckerLogits]:
        """The logits of each pair of claim and evidence."""


class Support:
    """Judges claims by their evidence. The guard decides first, see :mod:`index.answer.guard`: what
    it finds is final. The checker decides the rest. Thread-safe."""

    def __init__(self, open_checker: Callable[[], PairChecker], score: SupportScore) -> None:
        self._open_checker = open_checker
        self._score = score
        self._opening = threading.Lock()
        self._checker: PairChecker | None = None

    @staticmethod
    def open(tokenizer: WordPiece, *, threads: int = 0) -> Support:
        """The shipped judge. The checker is opened at the first judgement that needs it, for most
        questions need none; ModelError if it is missing or altered then."""
        return Support(lambda: Checker(tokenizer, threads=threads), SupportScore.load())

    def judge(
        self, pairs: Sequence[tuple[str, str]], contexts: Sequence[str] | None = None
    ) -> tuple[Judgement, ...]:
        """What each evidence of the ``pairs`` (claim, evidence) says to its claim, in their order.

        ``contexts``, one a pair, are texts around the evidence (title, the sentence before) that
        may name what it only points at: "he", "that year".
        """
        around = contexts or [""] * len(pairs)
        findings = [
            _examine(claim, evidence, context)
            for (claim, evidence), context in zip(pairs, around, strict=True)
        ]
        left = [pair for pair, finding in zip(pairs, findings, strict=True) if finding is None]
        checked = iter(self._check(left))
        return tuple(
            self._by_guard(finding) if finding else self._score.judge(*pair, next(checked))
            for pair, finding in zip(pairs, findings, strict=True)
        )

    def prepare(self) -> PairChecker:
        """The checker, opened now if it is not. Raises ModelError."""
        with self._opening:
            if self._checker is None:
                self._checker = self._open_checker()
            return self._checker

    def _check(self, pairs: Sequence[tuple[str, str]]) -> list[CheckerLogits]:
        return self.prepare().check(pairs) if pairs else []

    def _by_guard(self, finding: Finding) -> Judgement:
        return Judgement(finding.verdict, self._score.despite_guard, finding.reason)


def _examine(claim: str, evidence: str, context: str) -> Finding | None:
    if not any(char.isalnum() for char in evidence):
        return Finding(Verdict.NOT_FOUND, UNSAID)
    return examine(claim, evidence, context)
