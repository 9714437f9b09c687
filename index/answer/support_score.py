"""The probability that a text bears a claim out, from the checker's logits.

The coefficients are fitted by ``training/calibrate_checker.py`` on claims that taught nothing and
are not reported, and stored beside this file with where they come from.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path

from index.answer.confidence import sigmoid
from index.answer.guard.wording import same_matter, wording
from index.models.checker import CheckerLogits
from index.types import Verdict

SCORE_FILE = Path(__file__).with_name("support.json")
#: What shares few words with a claim must bear it out so surely, for there is always some sentence
#: that is near to a claim and about something else.
SURE = 0.65
#: Margins beyond this say nothing more.
MAX_MARGIN = 6.0


#: What the reader of a verdict is told where the guard found nothing.
UNSAID = "The quote does not say so."
DENIED = "The quote says otherwise."


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text says to a claim."""

    verdict: Verdict
    #: Probability that the text bears the claim out, 0..1.
    score: float
    #: One sentence for the reader of a verdict; None for "supported".
    reason: str | None


@dataclass(frozen=True, slots=True)
class SupportScore:
    """A logistic model of the margin, and when what is not supported is contradicted."""

    intercept: float
    margin: float
    #: Lowest probability that counts as supported.
    threshold: float
    #: From this difference of the logits of "contradicted" and "not found" on, what is not
    #: supported counts as contradicted.
    denial: float
    #: Share of the claims that the guard objects to and that are borne out all the same.
    despite_guard: float
    #: Name of the checker that they were fitted for.
    checker: str

    @staticmethod
    def load(path: Path = SCORE_FILE) -> SupportScore:
        """The shipped model."""
        value = json.loads(path.read_text("utf-8"))
        return SupportScore(
            intercept=float(value["intercept"]),
            margin=float(value["margin"]),
            threshold=float(value["threshold"]),
            denial=float(value["denial"]),
            despite_guard=float(value["despite_guard"]),
            checker=str(value["checker"]),
        )

    def judge(self, claim: str, evidence: str, logits: CheckerLogits) -> Judgement:
        """What ``evidence`` says to ``claim``, of which the checker gave ``logits``."""
        score = sigmoid(self.intercept + self.margin * margin(logits))
        same = same_matter(wording(claim), wording(evidence))
        if score >= (self.threshold if same else max(SURE, self.threshold)):
            return Judgement(Verdict.SUPPORTED, score, None)
        if same and logits.contradicted - logits.not_found >= self.denial:
            return Judgement(Verdict.CONTRADICTED, score, DENIED)
        return Judgement(Verdict.NOT_FOUND, score, UNSAID)


def margin(logits: CheckerLogits) -> float:
    """How much more speaks for "supported" than for the rest, in logits, bounded."""
    high = max(logits.contradicted, logits.not_found)
    rest = high + math.log1p(math.exp(-abs(logits.contradicted - logits.not_found)))
    return max(-MAX_MARGIN, min(MAX_MARGIN, logits.supported - rest))
