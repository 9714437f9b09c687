"""From a question and what was said before to a question that stands alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.answer.followup.cues import Cue, Lean, find_cue, is_correction
from index.answer.followup.mentions import KindOf, Mention, mentions, same, topic
from index.answer.followup.phrases import words_of
from index.answer.followup.rewrite import (
    Candidate,
    anaphor_candidates,
    bare_candidates,
    fragment_candidates,
    with_topic,
)
from index.types import Citation, Span, Turn

#: What retrieval makes of each of some questions, comparable with one another: about 0..1.
Evidence = Callable[[Sequence[str]], Sequence[float]]

#: Candidates that are put to the test of retrieval.
MAX_CANDIDATES = 5
#: What a point of evidence weighs against a point of prior.
EVIDENCE_WEIGHT = 3.0


@dataclass(frozen=True, slots=True)
class Resolution:
    """A question as it was understood."""

    #: Stands alone, as far as the history allows; the question itself where it does already.
    text: str
    #: Whether it may be about what was talked of: retrieval then looks there too.
    leans: bool = False
    #: Other readings that are as good as any, ``text`` among them; empty where one is best.
    choices: tuple[str, ...] = ()
    #: What was shown last, where the question leans on that.
    after: tuple[Citation, ...] = ()
    #: Sentences that were shown already and shall not be shown again, by document id.
    shown: frozenset[tuple[str, Span]] = frozenset()
    #: Short answers that were given already and are not asked for again.
    given: tuple[str, ...] = ()
    #: Whether further evidence is asked for, in place of an answer.
    wants_more: bool = False


def resolve(
    question: str, history: Sequence[Turn], kind_of: KindOf, evidence: Evidence
) -> Resolution:
    """How to read ``question`` after ``history``, oldest turn first."""
    resolution = _resolve(question, history, kind_of, evidence)
    if not resolution.leans or resolution.text == question:
        return resolution  # a thin question: nothing says that it goes on from there
    last = next((turn for turn in reversed(history) if turn.citations), None)
    return replace(resolution, after=last.citations if last else ())


def _resolve(
    question: str, history: Sequence[Turn], kind_of: KindOf, evidence: Evidence
) -> Resolution:
    if not history:
        return Resolution(question)
    chosen = _choice(question, history[-1].choices)
    if chosen is not None:
        return Resolution(chosen, leans=True)
    cue = find_cue(question)
    if cue.lean in {Lean.NONE, Lean.THIN}:
        return Resolution(question)
    if cue.lean is Lean.MORE:
        return _more(history)
    if cue.lean is Lean.ELSE:
        return _else(cue, history, kind_of)
    found = _candidates(cue, question, history, mentions(history, kind_of))
    return _best(question, cue, found, evidence)


def _choice(question: str, choices: Sequence[str]) -> str | None:
    """The one of ``choices`` that an answer to "which do you mean?" names, if it does."""
    if not choices:
        return None
    reply = question.strip(" .!?()").casefold()
    for number, choice in enumerate(choices):
        names = (str(number + 1), _ORDINALS[number], f"the {_ORDINALS[number]}")
        if reply in (*names, f"the {_ORDINALS[number]} one", choice.strip(" .!?").casefold()):
            return choice
    wanted = {word.lower for word in words_of(reply)}
    fitting = [c for c in choices if wanted <= {word.lower for word in words_of(c)}]
    return fitting[0] if wanted and len(fitting) == 1 else None


_ORDINALS = ("first", "second", "third")


def _more(history: Sequence[Turn]) -> Resolution:
    """The last question that had an answer, without what was shown for it."""
    last = next((turn for turn in reversed(history) if turn.citations), history[-1])
    shown = {
        (citation.document_id, Span(citation.start, citation.end))
        for turn in history
        for citation in turn.citations
    }
    return Resolution(last.resolved_question, leans=True, shown=frozenset(shown), wants_more=True)


def _else(cue: Cue, history: Sequence[Turn], kind_of: KindOf) -> Resolution:
    """The last question again, or this one, without the answers that were given."""
    last = history[-1]
    given = tuple(
        turn.short_answer
        for turn in history
        if turn.short_answer and turn.resolved_question == last.resolved_question
    )
    text = last.resolved_question
    if not cue.is_sure:
        text = cue.text
        if cue.pronouns:
            found = anaphor_candidates(cue, mentions(history, kind_of))
            text = max(found, key=lambda c: c.prior).text if found else text
    return Resolution(text, leans=True, given=given)


def _candidates(
    cue: Cue, question: str, history: Sequence[Turn], known: Sequence[Mention]
) -> list[Candidate]:
    last = history[-1]
    if re.search(r"\bother\b(?!\s+than)", cue.text, re.IGNORECASE):
        other = _other(last, known)
        if other is not None:
            return [Candidate(_put_other(cue, last, other), 1.0)]
    if cue.lean is Lean.BARE:
        return bare_candidates(cue, last)
    if cue.lean is Lean.FRAGMENT:
        found = fragment_candidates(cue, last, known)
        if not cue.is_sure and not is_correction(question):
            found.append(Candidate(question, 1.0))
        return found
    found = anaphor_candidates(cue, known)
    about = topic(last, question)
    if about:
        found.append(Candidate(with_topic(cue.text, about), 0.6))
    return found


def _other(last: Turn, known: Sequence[Mention]) -> str | None:
    """What "the other one" is, after an answer that was one of several."""
    given = last.short_answer
    if given is None or not last.citations:
        return None
    quote = " ".join(citation.quote for citation in last.citations)
    names = [n for n in _names(quote) if not same(n, given)]
    return names[0] if names else None


def _names(text: str) -> list[str]:
    return [m[0] for m in re.finditer(r"\b[A-ZÄÖÜ][\w’'-]+(?:\s+[A-ZÄÖÜ][\w’'-]+)*", text)]


def _put_other(cue: Cue, last: Turn, other: str) -> str:
    words = words_of(cue.text)
    put = re.sub(r"\b(?:the\s+)?other(?:\s+(?:ones?|\w+))?\b", other, cue.text, flags=re.I)
    if len(words) <= 3:
        given = last.short_answer or ""
        swapped = last.resolved_question.replace(given, other) if given else ""
        return swapped if swapped != last.resolved_question and swapped else f"What about {other}?"
    return put[:1].upper() + put[1:]


def _best(question: str, cue: Cue, found: list[Candidate], evidence: Evidence) -> Resolution:
    """The candidate that words and retrieval speak for most."""
    unique = {candidate.text: candidate for candidate in sorted(found, key=lambda c: c.prior)}
    tried = sorted(unique.values(), key=lambda c: -c.prior)[:MAX_CANDIDATES]
    if not tried:
        return Resolution(question, leans=True)
    if len(tried) == 1:
        return Resolution(tried[0].text, leans=True)
    scores = evidence([candidate.text for candidate in tried])
    ranked = sorted(
        (
            (candidate.prior + EVIDENCE_WEIGHT * score, candidate.text)
            for candidate, score in zip(tried, scores, strict=True)
        ),
        key=lambda row: -row[0],
    )
    return Resolution(ranked[0][1], leans=True)
