"""From a question and what was said before to a question that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from index.answer.followup.candidates import Candidate, with_topic
from index.answer.followup.choice import chosen_of
from index.answer.followup.cues import Cue, Lean, find_cue, is_correction
from index.answer.followup.mentions import mentions, topic
from index.answer.followup.names import Names
from index.answer.followup.other import asks_for_other, other_candidates
from index.answer.followup.phrases import phrases, words_of
from index.answer.followup.rewrite import bare_candidates, fragment_candidates
from index.answer.followup.substitute import anaphor_candidates
from index.answer.followup.vocabulary import AUXILIARIES, PREPOSITIONS, WH
from index.answer.followup.within import as_typed
from index.types import Citation, Span, Turn

#: What retrieval makes of each of some questions, comparable with one another: about 0..1.
Evidence = Callable[[Sequence[str]], Sequence[float]]

#: Candidates that are put to the test of retrieval.
MAX_CANDIDATES = 5
#: Readings that nothing but so little tells apart are looked into further, at most so many.
RIVAL_MARGIN, MAX_CHOICES = 0.1, 3
#: What a point of evidence weighs against a point of prior.
EVIDENCE_WEIGHT = 3.0
#: Questions back whose words a fragment may stand in, and what each turn back costs.
FRAMES, FRAME_PENALTY = 3, 1.5
_IMPERATIVES = frozenset({"tell", "name", "list", "give", "explain", "describe", "show"})
#: A longer question is no frame to put another word into.
MAX_FRAME_WORDS = 20


@dataclass(frozen=True, slots=True)
class Resolution:
    """A question as it was understood."""

    #: Stands alone, as far as the history allows; the question itself where it does already.
    text: str
    #: Whether it may be about what was talked of: retrieval then looks there too.
    leans: bool = False
    #: Readings that the words speak for as much, ``text`` the first; empty where one is best.
    choices: tuple[str, ...] = ()
    #: What was shown last, where the question leans on that.
    after: tuple[Citation, ...] = ()
    #: Sentences that were shown already and shall not be shown again, by document id.
    shown: frozenset[tuple[str, Span]] = frozenset()
    #: Short answers that were given already and are not asked for again.
    given: tuple[str, ...] = ()
    #: Whether further evidence is asked for, in place of an answer.
    wants_more: bool = False

    @property
    def readings(self) -> tuple[Resolution, ...]:
        """Each of the choices as the one reading, or this one alone."""
        if len(self.choices) < 2:
            return (self,)
        return tuple(replace(self, text=text, choices=()) for text in self.choices)


def resolve(question: str, history: Sequence[Turn], names: Names, evidence: Evidence) -> Resolution:
    """How to read ``question`` after ``history``, oldest turn first."""
    if not history:
        return Resolution(question)
    resolution = _resolve(question, history, names, evidence)
    if not resolution.leans or resolution.text == question:
        return resolution  # a thin question: nothing says that it goes on from there
    last = next((turn for turn in reversed(history) if turn.citations), None)
    return replace(resolution, after=last.citations if last else ())


def _resolve(
    question: str, history: Sequence[Turn], names: Names, evidence: Evidence
) -> Resolution:
    chosen = chosen_of(question, history[-1].choices)
    if chosen is not None:
        return Resolution(chosen, leans=True)
    # What was asked back was not answered: there is nothing in it to go on from.
    said = [
        replace(turn, resolved_question=names.written(turn.resolved_question))
        for turn in history
        if not _asked_back(turn)
    ]
    cue = find_cue(names.written(question))
    if not said or cue.lean in {Lean.NONE, Lean.THIN}:
        return Resolution(question, leans=cue.is_sure)
    if cue.lean is Lean.MORE:
        return _more(said)
    if cue.lean is Lean.ELSE:
        return _else(cue, said, names)
    typed = as_typed(question, cue, names) if cue.lean is Lean.ANAPHOR else []
    best = _best(question, [*_candidates(cue, question, said, names), *typed], evidence)
    if typed and best.text == question and not best.choices:
        return Resolution(question)  # it explains itself: nothing said before is looked at
    return best


def _asked_back(turn: Turn) -> bool:
    """Whether the asker was asked what they meant, rather than offered other questions."""
    read = turn.resolved_question != turn.question
    return bool(turn.choices) and not read and find_cue(turn.question).lean is not Lean.NONE


def _more(history: Sequence[Turn]) -> Resolution:
    """The last question that had an answer, without what was shown for it."""
    last = next((turn for turn in reversed(history) if turn.citations), history[-1])
    shown = {
        (citation.document_id, Span(citation.start, citation.end))
        for turn in history
        for citation in turn.citations
    }
    return Resolution(last.resolved_question, leans=True, shown=frozenset(shown), wants_more=True)


def _else(cue: Cue, history: Sequence[Turn], names: Names) -> Resolution:
    """The last question of its kind again, or this one, without the answers that were given."""
    asked = words_of(cue.text)[0].lower
    asked = "who" if asked in {"anyone", "anybody"} else asked
    last = next(
        (t for t in reversed(history) if t.resolved_question.lower().startswith(asked)), history[-1]
    )
    given = tuple(
        turn.short_answer
        for turn in history
        if turn.short_answer and turn.resolved_question == last.resolved_question
    )
    text = last.resolved_question
    if not cue.is_sure:
        text = cue.text
        if cue.pronouns:
            found = anaphor_candidates(cue, mentions(history, names))
            text = max(found, key=lambda c: c.prior).text if found else text
    return Resolution(text, leans=True, given=given)


def _candidates(cue: Cue, question: str, history: Sequence[Turn], names: Names) -> list[Candidate]:
    known = mentions(history, names)
    base = history[-1]
    about = topic(_frames(history)[0], cue.text)
    if asks_for_other(cue.text):
        found = other_candidates(cue, history, names)
        if found:
            return found
    if cue.lean is Lean.BARE:
        return bare_candidates(cue, base, about)
    if cue.lean is Lean.FRAGMENT:
        found = []
        for back, frame in enumerate(_frames(history)):
            made = fragment_candidates(cue, frame, known, about, names)
            found += [replace(c, prior=c.prior - back * FRAME_PENALTY) for c in made]
        if not cue.is_sure and not is_correction(question):
            found.append(Candidate(question, 1.0))
        return found
    found = anaphor_candidates(cue, known, base.resolved_question)
    if about and any(word.lower not in {"then", "there"} for word in cue.pronouns):
        found.append(Candidate(with_topic(cue.text, about), 0.0 if found else 0.6))
    return found


def _frames(history: Sequence[Turn]) -> list[Turn]:
    """The last questions that name something, to be asked again in other words; the last first."""
    frames = [turn for turn in reversed(history[-FRAMES:]) if _is_frame(turn.resolved_question)]
    return frames or [history[-1]]


def _is_frame(question: str) -> bool:
    words = words_of(question)
    asks = bool(words) and words[0].lower in WH | AUXILIARIES | PREPOSITIONS | _IMPERATIVES
    inner = question.partition("? (")[0].rstrip(" ?")
    return asks and len(words) <= MAX_FRAME_WORDS and "?" not in inner and bool(phrases(question))


def _best(question: str, found: Sequence[Candidate], evidence: Evidence) -> Resolution:
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
    best = ranked[0][0]
    rivals = tuple(text for value, text in ranked[:MAX_CHOICES] if best - value <= RIVAL_MARGIN)
    return Resolution(ranked[0][1], leans=True, choices=rivals if len(rivals) > 1 else ())
