"""What a conversation has mentioned, and so may be meant by a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.answer.followup.names import Names
from index.answer.followup.phrases import Phrase, phrases
from index.answer.followup.vocabulary import DETERMINERS, PREPOSITIONS
from index.answer.question import Kind, parse_question
from index.errors import QuestionError
from index.facts.types import FactKind
from index.types import Turn

#: Turns back that a pronoun can reach.
REACH = 3
#: What each turn back costs.
TURN_PENALTY = 0.6
#: A longer short answer is no name for anything.
MAX_ANSWER_WORDS = 7
#: How near at hand answers are, and places that answer "where?": the talk goes on about what is
#: there.
ANSWER_SALIENCE, PLACE_SALIENCE = 0.9, 0.5
#: What it counts to be a name, and more to be the name that a phrase begins with.
NAMED, LEADING = 0.2, 0.2
#: How near at hand a name is that only the quoted sentences hold.
QUOTED_SALIENCE = 0.2
#: "Who is Kirill Dmitriev?": the answer says what he is, and he is still talked of.
_DESCRIBED = re.compile(r"^(?:who|what)\s+(?:is|are|was|were)\b", re.IGNORECASE)
_BEFORE_TIMES = frozenset({"in", "on", "since", "until", "by", "before", "after"})
#: "Thoreau" of "Thoreau's punishment", "the Rhine" of "the Rhine flows": a name and the words
#: behind it, which may be a verb.
_OWNER = re.compile(r"((?:the\s+)?[A-Z][\w’'&. -]*?)['’]s?\s")
_LEADING = re.compile(r"((?:the\s+)?[A-Z][\w’'&.-]*(?:\s+[A-Z][\w’'&.-]*)*)\s+[a-z]")
_ASKS_WHERE = re.compile(r"where\b", re.IGNORECASE)
#: What no verb or adjective is written with.
_NAME_LIKE = re.compile(r"[A-Z0-9_]")


class MentionKind(StrEnum):
    """What a mention is, as far as its form and the fact sheets tell."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    TIME = "time"
    FIGURE = "figure"
    #: A name of something unknown.
    NAME = "name"
    THING = "thing"
    THINGS = "things"


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that was mentioned. ``salience`` says how near at hand it is."""

    text: str
    kind: MentionKind
    salience: float


_KINDS = {
    FactKind.PERSON: MentionKind.PERSON,
    FactKind.PLACE: MentionKind.PLACE,
    FactKind.ORGANISATION: MentionKind.ORGANISATION,
    FactKind.DATE: MentionKind.TIME,
    FactKind.FIGURE: MentionKind.FIGURE,
}


def mentions(history: Sequence[Turn], names: Names) -> tuple[Mention, ...]:
    """What the last turns of ``history`` mentioned, each once, the nearest at hand first."""
    found: dict[str, Mention] = {}
    for back, turn in enumerate(reversed(history[-REACH:])):
        for mention in _of_turn(turn, names):
            key = mention.text.casefold()
            salience = mention.salience - back * TURN_PENALTY
            if key not in found or found[key].salience < salience:
                found[key] = Mention(mention.text, mention.kind, salience)
    return tuple(sorted(found.values(), key=lambda m: -m.salience))


def same(one: str, other: str) -> bool:
    """Whether two mentions name the same: "Rubio" and "Marco Rubio"."""
    a, b = one.casefold().split(), other.casefold().split()
    return set(a) <= set(b) or set(b) <= set(a)


def _of_turn(turn: Turn, names: Names) -> list[Mention]:
    question = turn.resolved_question
    answer = turn.short_answer
    found = [
        mention
        for phrase in phrases(question)
        # "Which country?": it is the answer that is talked of then.
        if not (phrase.is_asked and answer and not phrase.is_plural)
        for mention in _of_phrase(phrase, names)
    ]
    if answer and _names_something(question, answer):
        phrase = Phrase(" ".join(answer.split()), 0, len(answer))
        near = PLACE_SALIENCE if _ASKS_WHERE.match(question) else ANSWER_SALIENCE
        found.append(Mention(phrase.text, _answer_kind(question, phrase, names), near))
    if not any(mention.kind is MentionKind.PERSON for mention in found):
        found += _quoted(turn, names)
    return found


def _of_phrase(phrase: Phrase, names: Names) -> Iterator[Mention]:
    """What a phrase mentions: itself, and a name that it begins with, or that owns it."""
    if phrase.text.lower() in DETERMINERS:
        return
    salience = 1.0 if phrase.is_subject else 0.7
    if phrase.is_name:
        salience += NAMED
    yield Mention(phrase.text, _kind(phrase, names), salience)
    name = _OWNER.match(phrase.text) or _LEADING.match(phrase.text)
    if name is not None:
        named = Phrase(name[1], 0, len(name[1]), phrase.preposition)
        yield Mention(named.text, _kind(named, names), salience + LEADING)


def _quoted(turn: Turn, names: Names) -> Iterator[Mention]:
    """The people in the quoted sentences: "he", where neither question nor answer names one."""
    for citation in turn.citations:
        for name in names.within(citation.quote):
            if names.kind_of(name) is FactKind.PERSON:
                yield Mention(name, MentionKind.PERSON, QUOTED_SALIENCE)


def _names_something(question: str, answer: str) -> bool:
    """Whether a short answer is something that can be talked about next."""
    words = answer.split()
    if len(words) > MAX_ANSWER_WORDS or words[0].lower() in PREPOSITIONS:
        return False
    if _DESCRIBED.match(question) and any(p.is_name for p in phrases(question)):
        return False
    return bool(phrases(f"is {answer}")) or bool(_NAME_LIKE.search(answer))


def _kind(phrase: Phrase, names: Names) -> MentionKind:
    known = names.kind_of(phrase.bare)
    if known is not None:
        return _KINDS.get(known, MentionKind.THING)
    if phrase.preposition in _BEFORE_TIMES and phrase.has_number:
        return MentionKind.TIME
    if phrase.is_name:
        return MentionKind.NAME
    if phrase.has_number and phrase.text[:1].isdigit():
        return MentionKind.FIGURE
    return MentionKind.THINGS if phrase.is_plural else MentionKind.THING


def _answer_kind(question: str, answer: Phrase, names: Names) -> MentionKind:
    """The kind of a short answer: what was asked for, if its form does not say."""
    kind = _kind(answer, names)
    first = question.split()[0].lower() if question.split() else ""
    if kind is MentionKind.NAME and first in {"who", "whom", "whose"}:
        return MentionKind.PERSON
    if kind in {MentionKind.NAME, MentionKind.THING} and first == "where":
        return MentionKind.PLACE
    if first == "when":
        return MentionKind.TIME
    return kind


def topic(turn: Turn, question: str) -> tuple[str, ...]:
    """The phrases of the question before that ``question`` does not name itself."""
    here = question.casefold()
    return tuple(
        phrase.bare
        for phrase in phrases(turn.resolved_question)
        if phrase.bare.casefold() not in here
    )[:3]


def question_kind(text: str) -> Kind:
    """The form of answer that a rewritten question asks for."""
    try:
        return parse_question(text, len(text) + 1).kind
    except QuestionError:  # a rewrite holds words, since its parts do
        return Kind.SPAN
