"""A claim against the documents: the sentences that may bear on it, judged one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from index.answer.answerer import Lookup
from index.answer.clock import Clock
from index.answer.evidence import cut
from index.answer.guard.wording import overlap, wording
from index.answer.proof import cite
from index.answer.question import clean_text
from index.answer.support import Support
from index.answer.support_score import Judgement
from index.errors import QuestionError
from index.ingest.sentences import split_sentences
from index.store.build import Build
from index.types import Citation, ClaimCheck, Hit, Passage, Span, Verdict

#: Passages whose sentences are looked at.
MAX_PASSAGES = 6
#: Sentences that are judged, each by itself.
MAX_SENTENCES = 3
#: What the closest sentence bears out so surely is not contradicted by another one.
NEARLY = 0.4
#: Claims of one text that are judged.
MAX_CLAIMS = 8
#: A sentence with fewer words, such as "Really!", has no subject and verb, and makes no claim.
MIN_CLAIM_WORDS = 2
#: What a sentence of no more words begins with that makes none either: "Oh no.", "Of course."
_EXCLAMATIONS = frozenset(
    "ah alas and but good goodbye hello hey hi how no not of oh ok okay please so sorry sure thank "
    "thanks very welcome well what wow yeah yes".split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Sentences of one passage that may bear on a claim, and the text around them."""

    passage: Passage
    sentences: tuple[Span, ...]
    context: str

    @property
    def text(self) -> str:
        return " ".join(cut(self.passage, sentence) for sentence in self.sentences)


def parse_claim(text: str, max_chars: int) -> str:
    """``text`` as one line. Raises QuestionError for what cannot be checked."""
    clean = clean_text(text)
    if not any(char.isalnum() for char in clean):
        raise QuestionError(
            "There is no claim.", cure="Type a statement, such as: Witkoff will meet Macron."
        )
    if len(clean) > max_chars:
        raise QuestionError(
            f"The claim is too long: {len(clean):,} characters of at most {max_chars:,}.",
            cure="Check one sentence at a time.",
        )
    return clean


def split_claims(text: str) -> tuple[str, ...]:
    """The sentences of ``text`` that claim something; questions do not."""
    lines = (line for line in text.splitlines() if line.strip())
    found = [
        line[start:end]
        for line in lines
        for start, end in split_sentences(line, Span(0, len(line)))
    ]
    return tuple(
        sentence for sentence in found if not sentence.endswith("?") and _claims_something(sentence)
    )


def _claims_something(sentence: str) -> bool:
    said = wording(sentence).words
    if len(said) == MIN_CLAIM_WORDS:
        return said[0].lower not in _EXCLAMATIONS
    return len(said) > MIN_CLAIM_WORDS


def candidates(claim: str, hits: Sequence[Hit], titles: Mapping[str, str]) -> tuple[Candidate, ...]:
    """Sentences of ``hits`` that share most with ``claim``, best first, then neighbours and pairs
    that together share more. ``titles`` names documents by id."""
    wanted = wording(claim)
    rows: dict[tuple[str, Span], tuple[float, Passage]] = {}
    for rank, hit in enumerate(hits[:MAX_PASSAGES]):
        for sentence in hit.passage.sentences:
            text = cut(hit.passage, sentence)
            if text in {hit.passage.heading, titles.get(hit.passage.document_id)}:
                continue  # a heading says nothing of what it names
            shared = overlap(wanted, wording(text))
            # Of equals, the sentence of the passage that retrieval prefers.
            key = (hit.passage.document_id, sentence)
            rows.setdefault(key, (shared - 0.02 * rank, hit.passage))
    best = sorted(rows.items(), key=lambda row: -row[1][0])[:MAX_SENTENCES]
    singles = [(passage, (sentence,)) for (_, sentence), (_, passage) in best]
    return tuple(
        Candidate(passage, sentences, _context(passage, sentences[0], titles))
        for passage, sentences in (*singles, *_pairs(claim, singles))
    )


def _pairs(
    claim: str, singles: Sequence[tuple[Passage, tuple[Span, ...]]]
) -> list[tuple[Passage, tuple[Span, ...]]]:
    """The best sentence with each other sentence of its passage that adds words of the claim."""
    if not singles:
        return []
    wanted = wording(claim)
    passage, (first,) = singles[0]
    alone = overlap(wanted, wording(cut(passage, first)))
    found: list[tuple[float, tuple[Span, ...]]] = []
    for other in passage.sentences:
        if other != first and cut(passage, other) != passage.heading:
            low, high = sorted((first, other))
            both = f"{cut(passage, low)} {cut(passage, high)}"
            found.append((overlap(wanted, wording(both)), (low, high)))
    found.sort(key=lambda row: -row[0])
    return [(passage, pair) for shared, pair in found[:2] if shared > alone]


def _context(passage: Passage, sentence: Span, titles: Mapping[str, str]) -> str:
    """Title, heading and the sentence before: where a pronoun's name may stand."""
    before = next((one for one, other in pairwise(passage.sentences) if other == sentence), None)
    parts = (
        titles.get(passage.document_id, ""),
        passage.heading or "",
        cut(passage, before) if before else "",
    )
    return "\n".join(part for part in parts if part)


def check_claim(claim: str, lookup: Lookup, support: Support, clock: Clock) -> ClaimCheck:
    """The verdict of the sentence that supports ``claim`` best, else of the first one that
    contradicts it. Misspelt names are looked for as ``lookup`` resolved them."""
    build = lookup.build
    titles = {document.id: document.title for document in build.documents}
    found = candidates(lookup.resolved, lookup.hits, titles)
    # Judged as typed: a name one slip away from one of the documents may be somebody else's.
    judged = _judge(claim, found, support)
    best = _best(found, judged)
    supported = best is not None and judged[best].verdict is Verdict.SUPPORTED
    meant = None if supported else _meant(claim, lookup.resolved, found, support)
    clock.lap("judge")
    if best is None:
        verdict, confidence, reason = Verdict.NOT_FOUND, 1.0, None
    else:
        verdict, reason = judged[best].verdict, judged[best].reason
        score = max(judgement.score for judgement in judged)
        confidence = judged[best].score if verdict is Verdict.SUPPORTED else 1 - score
    if meant is not None:
        verdict, reason = Verdict.NOT_FOUND, f"Did you mean: “{meant}”?"
    shown = found[best] if best is not None and verdict is not Verdict.NOT_FOUND else None
    return ClaimCheck(
        claim=claim,
        verdict=verdict,
        confidence=confidence,
        citations=_citations(shown, build) if shown else (),
        reason=reason,
        build_id=build.manifest.build_id,
        timings_ms=clock.stop(),
    )


def _judge(claim: str, found: Sequence[Candidate], support: Support) -> tuple[Judgement, ...]:
    return support.judge(
        [(claim, candidate.text) for candidate in found],
        [candidate.context for candidate in found],
    )


def _meant(claim: str, mended: str, found: Sequence[Candidate], support: Support) -> str | None:
    """``mended`` if it is another claim than was typed, and one that the documents bear out."""
    if mended == claim:
        return None
    judged = _judge(mended, found, support)
    best = _best(found, judged)
    return mended if best is not None and judged[best].verdict is Verdict.SUPPORTED else None


def _best(found: Sequence[Candidate], judged: Sequence[Judgement]) -> int | None:
    """The judgement that counts: the surest support, else the first contradiction, else the first
    of all, as candidates come with the closest first. Together, sentences excuse nothing that one
    of them denies; and what one nearly bears out, another that is less close does not contradict.
    """
    denied = [i for i, j in enumerate(judged) if j.verdict is Verdict.CONTRADICTED]
    against = {found[i].sentences[0] for i in denied if len(found[i].sentences) == 1}
    supported = [
        i
        for i, judgement in enumerate(judged)
        if judgement.verdict is Verdict.SUPPORTED and against.isdisjoint(found[i].sentences)
    ]
    if supported:
        return max(supported, key=lambda i: judged[i].score)
    if denied and judged[0].score < NEARLY:
        return denied[0]
    return 0 if judged else None


def _citations(shown: Candidate, build: Build) -> tuple[Citation, ...]:
    document = build.document(shown.passage.document_id)
    assert document is not None  # passages and documents are of one build
    return tuple(
        cite(number, document, shown.passage, sentence)
        for number, sentence in enumerate(shown.sentences, 1)
    )
