"""Pronouns exchanged for what they may stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.answer.followup.candidates import Candidate, sentence
from index.answer.followup.cues import Cue
from index.answer.followup.mentions import Mention, MentionKind, same
from index.answer.followup.phrases import Phrase, Word, phrases, words_of
from index.answer.followup.vocabulary import (
    AUXILIARIES,
    BE,
    DEMONSTRATIVE,
    DETERMINERS,
    HAVE,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    Gender,
)

#: "He" is hardly "Thoreau's punishment".
NAMED_THING_AS_PERSON = -0.5
#: "How many are there?": of what, it does not say.
_COUNTED = re.compile(
    r"(how\s+many)(?:\s+of\s+(?:them|those|these))?(\s+(?:are|were|is|was)\b.*)", re.IGNORECASE
)
_WHICH = re.compile(r"(?:which|what)\s+([\w’'-]+)(\s+.+)", re.IGNORECASE)


def anaphor_candidates(cue: Cue, mentions: Sequence[Mention], asked: str = "") -> list[Candidate]:
    """For "When was that?": the question with its pronouns exchanged for what was mentioned, and
    "which ones" for which of the things that the question ``asked`` before names."""
    counted = _COUNTED.match(cue.text)
    if counted:
        return _of_number(counted, mentions, asked)
    ones = next((w for w in cue.pronouns if w.lower in {"one", "ones"}), None)
    if ones is not None:
        return _of_ones(cue.text, ones, phrases(asked))
    return [
        Candidate(sentence(text), prior)
        for text, prior in substituted(cue.text, cue.pronouns, mentions)
    ]


def _of_number(counted: re.Match[str], mentions: Sequence[Mention], asked: str) -> list[Candidate]:
    """ "How many regions does Russia claim?", where "which regions" was ``asked`` just so; else of
    the things that were mentioned."""
    which = _WHICH.match(asked)
    if which and Phrase(which[1], 0, len(which[1])).is_plural:
        return [Candidate(sentence(f"{counted[1]} {which[1]}{which[2]}"), 1.0)]
    things = [
        (Phrase(m.text, 0, len(m.text)).bare, m.salience)
        for m in mentions
        if m.kind is MentionKind.THINGS
    ]
    return [Candidate(sentence(f"{counted[1]} {t}{counted[2]}"), prior) for t, prior in things]


def _of_ones(text: str, ones: Word, named: Sequence[Phrase]) -> list[Candidate]:
    """ "Which island is larger?" of "which one", for the nouns of ``named``; several things are
    more likely to be chosen from than a single one. A name is not one of several."""
    many = ones.lower == "ones"
    found = []
    for phrase in named:
        noun = phrase.text.split()[-1]
        if not noun.islower():
            continue
        single = noun[:-1] if phrase.is_plural else noun
        noun = single if not many else noun if phrase.is_plural else f"{single}s"
        prior = 1.2 if phrase.is_plural or phrase.is_asked else 0.4
        found.append(Candidate(sentence(text[: ones.start] + noun + text[ones.end :]), prior))
    return found


def substituted(
    question: str, pronouns: Sequence[Word], mentions: Sequence[Mention]
) -> Iterator[tuple[str, float]]:
    """``question`` with the first pronoun that something can stand for exchanged, by candidate;
    the others get the likeliest of theirs."""
    fitting = [(word, _fitting(question, word, mentions)) for word in pronouns]
    fitting = [(word, found) for word, found in fitting if found]
    if not fitting:
        return
    (first, choices), *others = fitting
    for mention, prior in choices:
        replacements = [(first, mention)]
        for word, found in others:
            free = [m for m, _ in found if not same(m.text, mention.text)]
            if free:
                replacements.append((word, free[0]))
        yield _replaced(question, replacements), prior


def _fitting(question: str, word: Word, mentions: Sequence[Mention]) -> list[tuple[Mention, float]]:
    """What ``word`` may stand for, the likeliest first."""
    lower = word.lower
    if lower in {"one", "ones"} or _noun_behind(question, word):
        return []
    gender = PRONOUNS[lower]
    own = lower in POSSESSIVE | DEMONSTRATIVE
    found = [
        (m, m.salience + bonus)
        for m in mentions
        if (bonus := _agrees(gender, m)) is not None and (own or not _is_in(m.text, question))
    ]
    return sorted(found, key=lambda row: -row[1])


def _is_in(mention: str, question: str) -> bool:
    """Whether ``question`` names it already, so that a pronoun of it means something else."""
    bare = Phrase(mention, 0, len(mention)).bare
    return re.search(rf"(?<!\w){re.escape(bare)}(?!\w)", question, re.IGNORECASE) is not None


def _noun_behind(question: str, word: Word) -> str | None:
    """ "plan" of "that plan"; None where the pronoun stands by itself."""
    if word.lower not in DEMONSTRATIVE:
        return None
    words = words_of(question)
    position = next(n for n, w in enumerate(words) if w.start == word.start)
    behind = words[position + 1] if position + 1 < len(words) else None
    if behind is None or question[word.end : behind.start].strip():
        return None
    lower = behind.lower
    after = words[position + 2].lower if position + 2 < len(words) else "the"
    asks = position and words[position - 1].lower in AUXILIARIES - BE - HAVE
    if asks and after in DETERMINERS | PREPOSITIONS | PRONOUNS.keys():
        return None  # "does that include the jug": a verb
    return None if lower in AUXILIARIES | PREPOSITIONS | WH | DETERMINERS else behind.text


def _agrees(gender: Gender, mention: Mention) -> float | None:
    """What speaks for a pronoun of ``gender`` standing for ``mention``; None if it cannot."""
    kind = mention.kind
    wanted: dict[Gender, dict[MentionKind, float]] = {
        Gender.PERSON: {MentionKind.PERSON: 1.0, MentionKind.NAME: 0.0},
        Gender.THING: {
            MentionKind.THING: 0.6,
            MentionKind.NAME: 0.3,
            MentionKind.ORGANISATION: 0.5,
            MentionKind.PLACE: 0.2,
            MentionKind.FIGURE: 0.0,
        },
        Gender.SEVERAL: {
            MentionKind.THINGS: 1.0,
            MentionKind.ORGANISATION: 0.6,
            MentionKind.THING: -0.5,
            MentionKind.NAME: 0.0,
            MentionKind.PERSON: 0.0,
        },
        Gender.PLACE: {MentionKind.PLACE: 1.0, MentionKind.NAME: 0.2, MentionKind.THING: 0.1},
        Gender.TIME: {MentionKind.TIME: 1.0},
    }
    if gender is Gender.PERSON and kind is MentionKind.NAME and mention.text.split()[-1].islower():
        return NAMED_THING_AS_PERSON
    return wanted[gender].get(kind)


def _replaced(question: str, replacements: Sequence[tuple[Word, Mention]]) -> str:
    for word, mention in sorted(replacements, key=lambda row: -row[0].start):
        text = _definite(mention)
        if word.lower in POSSESSIVE and not (word.lower == "her" and _ends(question, word)):
            text = f"{text}'" if text.endswith("s") else f"{text}'s"
        elif word.lower == "there" and mention.kind in {
            MentionKind.PLACE,
            MentionKind.NAME,
            MentionKind.THING,
        }:
            text = f"in {text}"
        question = question[: word.start] + text + question[word.end :]
    return question


def _definite(mention: Mention) -> str:
    """ "the lentils", once they are talked of; names and figures as they are."""
    first = mention.text.split()[0].lower()
    bare = mention.kind in {MentionKind.THING, MentionKind.THINGS} and first not in DETERMINERS
    is_word = mention.text.isascii() and mention.text.replace(" ", "").replace("-", "").isalpha()
    return f"the {mention.text}" if bare and is_word and mention.text.islower() else mention.text


def _ends(question: str, word: Word) -> bool:
    return not re.search(r"\w", question[word.end :])
