"""Whether the pronouns of a question may stand for what the question itself names before them, so
that it can be read as it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.followup.binding import is_bound_by
from index.answer.followup.candidates import Candidate
from index.answer.followup.cues import Cue
from index.answer.followup.names import Names
from index.answer.followup.phrases import Phrase, Word, phrases, words_of
from index.answer.followup.vocabulary import AUXILIARIES, BE, PRONOUNS, Gender
from index.facts.extraction.vocabulary import ROLE_HEADS
from index.facts.types import FactKind

#: The subject of the question goes before all that was said earlier: the likeliest person there
#: comes to 2.4. Another phrase is only worth a look.
SUBJECT_PRIOR, PHRASE_PRIOR = 2.6, 0.8


def as_typed(question: str, cue: Cue, names: Names) -> list[Candidate]:
    """``question`` as it is, if each of its pronouns may stand for a phrase before it."""
    found = phrases(cue.text)
    words = words_of(cue.text)
    priors = [_prior(pronoun, words, found, names) for pronoun in cue.pronouns]
    likely = [prior for prior in priors if prior is not None]
    return [Candidate(question, min(likely))] if likely and len(likely) == len(priors) else []


def _prior(
    pronoun: Word, words: Sequence[Word], found: Sequence[Phrase], names: Names
) -> float | None:
    """How likely ``pronoun`` stands for one of the phrases before it; None if for none."""
    gender = PRONOUNS.get(pronoun.lower)
    position = words.index(pronoun)
    fitting = [
        phrase
        for phrase in found
        if phrase.end < pronoun.start
        and _fits(gender, phrase, names)
        and is_bound_by(words, _last_of(phrase, words), position)
    ]
    if not fitting:
        return None
    is_subject = any(_is_subject(phrase, words) for phrase in fitting)
    return SUBJECT_PRIOR if is_subject else PHRASE_PRIOR


def _last_of(phrase: Phrase, words: Sequence[Word]) -> int:
    return next(n for n, word in enumerate(words) if word.end >= phrase.end)


def _fits(gender: Gender | None, phrase: Phrase, names: Names) -> bool:
    kind = names.kind_of(phrase.bare)
    is_role = phrase.bare.split()[-1].lower() in ROLE_HEADS
    if gender is Gender.PERSON:
        return kind is FactKind.PERSON or (is_role and kind is None)
    if gender is Gender.SEVERAL:
        return phrase.is_plural or kind is FactKind.ORGANISATION
    if gender is Gender.THING:
        return not (phrase.is_plural or is_role or kind is FactKind.PERSON)
    return False


def _is_subject(phrase: Phrase, words: Sequence[Word]) -> bool:
    """Whether what ``phrase`` names does what the question is about: "did the pope say", "which
    team lost". What an "is" leads to is often no more than a label: "is the name of"."""
    first = next(n for n, word in enumerate(words) if word.start >= phrase.start)
    last = _last_of(phrase, words)
    if phrase.is_subject:
        return words[first - 1].lower not in BE
    # "Which team lost" is one run of words for ``phrases``; "which year did" asks for no subject.
    return phrase.is_asked and words[last + 1].lower not in AUXILIARIES
