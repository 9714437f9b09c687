"""Answers with a language model, and shows of it what the cited passages bear out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace

from index.answer.answerer import Answerer, Draft, Lookup, OnSettled
from index.answer.claims import Claim, ClaimStream, is_abstention
from index.answer.locate import Place
from index.answer.prompts import build_messages
from index.answer.proof import cite
from index.answer.prove import ProvenClaim, Prover
from index.errors import LlmError
from index.models.llm.client import LanguageModel
from index.types import Citation, RejectedClaim, Status

log = logging.getLogger(__name__)

#: Sentences that are looked at; a model that goes on is stopped.
MAX_CLAIMS = 24
_BROKE_OFF = "The language model's answer broke off; what it had said until then is shown."


class LlmAnswerer:
    """Streams an answer and settles it sentence by sentence. Where the model fails, or nothing
    that it says holds, ``fallback`` answers."""

    def __init__(self, model: LanguageModel, prover: Prover, fallback: Answerer) -> None:
        self._model = model
        self._prover = prover
        self._fallback = fallback

    @property
    def name(self) -> str:
        return self._model.name

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        """The proven sentences; ``on_settled`` hears them as they are proven."""
        if lookup.resolution.wants_more or lookup.resolution.given:
            # "Tell me more", "who else?": the model does not know what was shown, the reader does.
            return replace(self._fallback.answer(lookup), engine=self._fallback.name)
        answer = _Answer(lookup, self._prover, on_settled)
        failure = self._listen(lookup, answer)
        if answer.proven:
            return replace(answer.draft(), notice=_BROKE_OFF if failure else None)
        if failure is not None:
            log.warning("%s", failure)
            draft = self._fallback.answer(lookup)
            return replace(
                draft,
                engine=self._fallback.name,
                notice=f"{failure.what} The reader answers instead.",
                rejected=tuple(answer.rejected),
            )
        if answer.abstained and not answer.rejected:
            return Draft("", None, (), 0.0, status=Status.NOT_FOUND)
        draft = self._fallback.answer(lookup)
        return replace(
            draft,
            # Without evidence to show in its place there is nothing that is not supported.
            status=Status.UNSUPPORTED if draft.citations else Status.NOT_FOUND,
            rejected=tuple(answer.rejected),
        )

    def promise(self, lookup: Lookup) -> float:
        """What the fallback sees at a glance."""
        return self._fallback.promise(lookup)

    def weigh(self, lookup: Lookup) -> Draft:
        """What the fallback answers: no model is asked twice for one question."""
        return self._fallback.weigh(lookup)

    def _listen(self, lookup: Lookup, answer: _Answer) -> LlmError | None:
        """Feeds ``answer`` with what the model says; what it failed of, if it did."""
        claims = ClaimStream(answer.language)
        stream = self._model.stream(build_messages(lookup.resolved, lookup.hits))
        try:
            for piece in stream:
                answer.take(claims.feed(piece))
                if answer.heard >= MAX_CLAIMS:
                    return None
        except LlmError as error:
            answer.take(claims.close(broken=True))
            return error
        finally:
            stream.close()
        answer.take(claims.close())
        return None


class _Answer:
    """What has been said so far, sorted into proven and dropped."""

    def __init__(self, lookup: Lookup, prover: Prover, on_settled: OnSettled | None) -> None:
        self._lookup = lookup
        self._prover = prover
        self._on_settled = on_settled
        document = lookup.build.document(lookup.hits[0].passage.document_id)
        self.language = document.language if document else None
        self.proven: list[ProvenClaim] = []
        self.rejected: list[RejectedClaim] = []
        self.abstained = False
        self.heard = 0

    def take(self, claims: Iterator[Claim]) -> None:
        """Proves ``claims`` one by one."""
        for claim in claims:
            if self.heard >= MAX_CLAIMS:
                return
            self.heard += 1
            self._take(claim)

    def _take(self, claim: Claim) -> None:
        if is_abstention(claim.text):
            self.abstained = True
            return
        if any(claim.text.casefold() == known.text.casefold() for known in self.proven):
            return
        result = self._prover.prove(claim, self._lookup.hits, self._lookup.build)
        if isinstance(result, RejectedClaim):
            self.rejected.append(result)
            return
        self.proven.append(result)
        if self._on_settled is not None:
            self._on_settled(self.draft().text)

    def draft(self) -> Draft:
        """The proven claims with their citations, numbered in order of appearance."""
        numbers: dict[tuple[str, int, int], int] = {}
        citations: list[Citation] = []
        sentences: list[str] = []
        for claim in self.proven:
            marks: list[str] = []
            for place in claim.places:
                key = (place.passage.document_id, *place.sentence)
                if key not in numbers:
                    numbers[key] = len(numbers) + 1
                    citations.append(self._cite(numbers[key], place))
                marks.append(f"[{numbers[key]}]")
            sentences.append(f"{claim.text} {''.join(marks)}")
        return Draft(
            text=" ".join(sentences),
            short_answer=None,
            citations=tuple(citations),
            confidence=min((claim.score for claim in self.proven), default=0.0),
            rejected=tuple(self.rejected),
            status=Status.ANSWERED,
        )

    def _cite(self, number: int, place: Place) -> Citation:
        document = self._lookup.build.document(place.passage.document_id)
        assert document is not None, place.passage.document_id  # a build holds them
        return cite(number, document, place.passage, place.sentence)
