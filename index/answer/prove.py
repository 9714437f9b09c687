"""Holds the claims of a language model to the passages they cite."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.answer.claims import Claim
from index.answer.locate import Place, candidates, context
from index.answer.support_score import Judgement
from index.models.embedder import Embedder
from index.store.build import Build
from index.types import Hit, RejectedClaim, Verdict


class Judge(Protocol):
    """Says what a text makes of a claim."""

    def judge(
        self, pairs: Sequence[tuple[str, str]], contexts: Sequence[str] | None = None
    ) -> tuple[Judgement, ...]:
        """One judgement a pair of claim and evidence; ``contexts`` stand around the evidence."""


@dataclass(frozen=True, slots=True)
class ProvenClaim:
    """A claim, the sentences that bear it out, and how surely they do (0..1)."""

    text: str
    places: tuple[Place, ...]
    score: float


class Prover:
    """Looks for the proof of claims in the passages that were shown to the model."""

    def __init__(self, judge: Judge, embedder: Embedder) -> None:
        self._judge = judge
        self._embedder = embedder

    def prove(
        self, claim: Claim, shown: Sequence[Hit], build: Build
    ) -> ProvenClaim | RejectedClaim:
        """``claim`` with its proof, or with the reason why it is dropped. Marker n names
        ``shown[n - 1]``, a passage of ``build``."""
        fault = claim.fault or _marker_fault(claim.markers, len(shown))
        if fault is not None:
            return RejectedClaim(claim.text, fault)
        cited = [shown[number - 1].passage for number in claim.markers]
        document = build.document(cited[0].document_id)
        assert document is not None, cited[0].document_id  # a build holds its documents
        found = candidates(claim.text, cited, self._embedder, document.language)
        if not found.singles:
            return RejectedClaim(claim.text, "What it cites proves nothing.")
        tried = [*((place,) for place in found.singles), *found.groups]
        judged = dict(zip(tried, self._judged(claim.text, tried, document.title), strict=True))
        best = judged[tried[0]]
        if best.verdict is Verdict.CONTRADICTED:
            return RejectedClaim(claim.text, _reason(best))
        for places, judgement in judged.items():
            # Together, sentences must not excuse what one of them denies: "not" may stand in the
            # other one.
            denied = any(judged[(p,)].verdict is Verdict.CONTRADICTED for p in places)
            if judgement.verdict is Verdict.SUPPORTED and not denied:
                return ProvenClaim(claim.text, places, judgement.score)
        return RejectedClaim(claim.text, _reason(best))

    def _judged(
        self, claim: str, tried: Sequence[tuple[Place, ...]], title: str
    ) -> tuple[Judgement, ...]:
        pairs = [(claim, " ".join(place.text for place in places)) for places in tried]
        return self._judge.judge(pairs, [context(places, title) for places in tried])


def _marker_fault(markers: Sequence[int], shown: int) -> str | None:
    if not markers:
        return "It cites nothing."
    unknown = [number for number in markers if not 1 <= number <= shown]
    if unknown:
        return f"It cites [{unknown[0]}], and {shown} passages were shown."
    return None


def _reason(judgement: Judgement) -> str:
    if judgement.reason:
        return judgement.reason
    if judgement.verdict is Verdict.CONTRADICTED:
        return "What it cites says otherwise."
    return "What it cites does not say so."
