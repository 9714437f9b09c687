"""Candidates for what a question that leans on a conversation may mean, each standing alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.answer.followup.cues import Cue
from index.answer.followup.mentions import Mention, MentionKind, same
from index.answer.followup.phrases import Phrase, Word, phrases, words_of
from index.answer.followup.vocabulary import (
    AUXILIARIES,
    DEMONSTRATIVE,
    DETERMINERS,
    NEGATED,
    POSSESSIVE,
    PREPOSITIONS,
    PRONOUNS,
    WH,
    Gender,
)
from index.types import Turn

#: Longest piece of a quoted sentence that is put into a question, in characters.
MAX_CLAUSE_CHARS = 160
#: "How many are there?": of what, it does not say.
_COUNTED = re.compile(r"(how\s+many)(\s+(?:are|were|is|was)\b.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that stands alone, and how likely the words alone make it; comparable within
    one cue."""

    text: str
    prior: float


def bare_candidates(cue: Cue, turn: Turn) -> list[Candidate]:
    """For "why?", "and how long?": the question before with other question words, or the
    sentence that answered it."""
    asked = cue.text.rstrip(" ?!.")
    previous = turn.resolved_question.rstrip(" ?!.")
    rest = _without_question_word(previous)
    if rest is not None:
        return [Candidate(_why_not(asked, rest) or f"{_upper(asked)} {rest}?", 1.0)]
    about = clause(turn.citations[0].quote) if turn.citations else previous
    return [Candidate(f"{_upper(asked)}: {about}?", 1.0)]


def clause(quote: str) -> str:
    """The beginning of a sentence, in one line, to be put into a question."""
    flat = " ".join(quote.split()).rstrip(" .!?")
    if len(flat) <= MAX_CLAUSE_CHARS:
        return flat
    head = flat[:MAX_CLAUSE_CHARS]
    return head.rpartition(" ")[0] or head


def fragment_candidates(cue: Cue, turn: Turn, mentions: Sequence[Mention]) -> list[Candidate]:
    """For "And Rubio?": the question before with one of its phrases exchanged."""
    fragment = cue.text.rstrip(" ?!.")
    words = words_of(fragment)
    possessive = next((w for w in cue.pronouns if w.lower in POSSESSIVE), None)
    if possessive is not None:
        return [
            Candidate(f"What is {text}?", prior)
            for text, prior in _substituted(fragment, (possessive,), mentions)
        ]
    ones = next((w for w in cue.pronouns if w.lower in {"one", "ones"}), None)
    preposition = words[0].lower if words[0].lower in PREPOSITIONS and len(words) > 1 else None
    found = []
    for phrase in phrases(turn.resolved_question):
        exchanged = fragment if ones is None else _with_noun_of(phrase, fragment, ones)
        prior = _likeness(phrase, exchanged, preposition, mentions)
        if ones is not None:
            prior += 1.0 if phrase.is_plural == (ones.lower == "ones") else -1.0
            prior += 0.7 if len(phrase.bare.split()) > 1 else 0.0
        found.append(Candidate(_exchange(turn.resolved_question, phrase, exchanged), prior))
    return found


def anaphor_candidates(cue: Cue, mentions: Sequence[Mention]) -> list[Candidate]:
    """For "When was that?": the question with its pronouns exchanged for what was mentioned."""
    counted = _COUNTED.match(cue.text)
    if counted:
        return [
            Candidate(_sentence(f"{counted[1]} {_bare(m.text)}{counted[2]}"), m.salience)
            for m in mentions
            if m.kind is MentionKind.THINGS
        ]
    return [
        Candidate(_sentence(text), prior)
        for text, prior in _substituted(cue.text, cue.pronouns, mentions)
    ]


def with_topic(question: str, topic: Sequence[str]) -> str:
    """``question`` with what the conversation is about, in brackets."""
    mark = "?" if question.rstrip().endswith("?") else ""
    return f"{question.rstrip(' ?')}{mark} ({', '.join(topic)})" if topic else question


def _without_question_word(question: str) -> str | None:
    """ "did Trump announce it" of "When did Trump announce it"; None where the question word is
    the subject, so that no other can take its place."""
    words = words_of(question)
    for word in words[:6]:
        if word.lower in AUXILIARIES:
            before = question[: word.start].split()
            is_yes_no = not before
            first = before[0].lower() if before else ""
            if is_yes_no or first in WH or first in PREPOSITIONS:
                rest = question[word.start :]
                return rest[:1].lower() + rest[1:]
    return None


def _why_not(asked: str, rest: str) -> str | None:
    if asked.lower() != "why not":
        return None
    auxiliary, _, predicate = rest.partition(" ")
    negated = NEGATED.get(auxiliary.lower())
    return f"Why {negated} {predicate}?" if negated else None


def _exchange(question: str, phrase: Phrase, new: str) -> str:
    start = phrase.start
    words = words_of(new)
    if phrase.preposition and words and words[0].lower in PREPOSITIONS and len(words) > 1:
        start = question[: phrase.start].rstrip().rfind(phrase.preposition[-1]) + 1
        start -= len(phrase.preposition)
    elif words and words[0].lower not in DETERMINERS | PREPOSITIONS and not _is_name(new):
        article, _, rest = phrase.text.partition(" ")
        if rest and article.lower() == "the" and not phrase.is_plural:
            new = f"{article} {new}"
    before = question[:start]
    return _sentence(f"{before}{new}{question[phrase.end :]}")


def _with_noun_of(phrase: Phrase, fragment: str, ones: Word) -> str:
    """ "half one", of "a full plot": "half plot"."""
    noun = phrase.text.split()[-1]
    return f"{fragment[: ones.start]}{noun}{fragment[ones.end :]}"


def _likeness(
    phrase: Phrase, fragment: str, preposition: str | None, mentions: Sequence[Mention]
) -> float:
    """How well ``fragment`` can stand where ``phrase`` stands."""
    new = Phrase(fragment, 0, len(fragment))
    score = 0.0
    if preposition is not None:
        score += 2.0 if phrase.preposition == preposition else 0.0
    kinds = {m.text.casefold(): m.kind for m in mentions}
    mine, its = kinds.get(new.bare.casefold()), kinds.get(phrase.bare.casefold())
    if mine is not None and its is not None:
        score += 1.5 if mine == its else -1.0
    score += 1.0 if new.is_name == phrase.is_name else -0.5
    score += 0.5 if new.is_plural == phrase.is_plural else 0.0
    score += 1.0 if new.has_number and phrase.has_number else 0.0
    shared = set(new.bare.lower().split()) & set(phrase.bare.lower().split())
    score += 1.0 if shared else 0.0
    return score + (0.25 if phrase.is_subject else 0.0)


def _substituted(
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
    found = [(m, m.salience + bonus) for m in mentions if (bonus := _agrees(gender, m)) is not None]
    return sorted(found, key=lambda row: -row[1])


def _noun_behind(question: str, word: Word) -> str | None:
    """ "plan" of "that plan"; None where the pronoun stands by itself."""
    if word.lower not in DEMONSTRATIVE:
        return None
    behind = next((w for w in words_of(question) if w.start > word.start), None)
    if behind is None or question[word.end : behind.start].strip():
        return None
    lower = behind.lower
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
            MentionKind.THING: 0.0,
            MentionKind.NAME: 0.0,
            MentionKind.PERSON: 0.0,
        },
        Gender.PLACE: {MentionKind.PLACE: 1.0, MentionKind.NAME: 0.2, MentionKind.THING: 0.1},
        Gender.TIME: {MentionKind.TIME: 1.0},
    }
    return wanted[gender].get(kind)


def _replaced(question: str, replacements: Sequence[tuple[Word, Mention]]) -> str:
    for word, mention in sorted(replacements, key=lambda row: -row[0].start):
        text = mention.text
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


def _ends(question: str, word: Word) -> bool:
    return not re.search(r"\w", question[word.end :])


def _bare(text: str) -> str:
    return Phrase(text, 0, len(text)).bare


def _is_name(text: str) -> bool:
    return Phrase(text, 0, len(text)).is_name


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    flat = " ".join(text.split()).rstrip(" .,;")
    return _upper(flat if flat.endswith(("?", "!", ")")) else f"{flat}?")
