"""Which mentions are of one person: "Witkoff" is "Steve Witkoff", "the envoy"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from index.facts.extraction.names import Run
from index.facts.extraction.people import PersonMention
from index.facts.extraction.roles import is_role_head
from index.facts.extraction.sentences import Sentence
from index.facts.extraction.vocabulary import HONORIFICS
from index.facts.types import Detail, DetailKind, Excerpt, Fact, FactKind

#: Evidence that makes a name a person's; see ``extraction.people``.
MIN_EVIDENCE = 2.0
#: A single word without a title may be anything: it needs more, from several sentences.
MIN_EVIDENCE_SINGLE, MIN_MENTIONS_SINGLE = 3.0, 2
MAX_ROLES = 6
#: Offices whose word alone mostly says something else: "the principal chamber".
ADJECTIVES_TOO = frozenset(
    "principal chief head general major executive deputy assistant resident member partner".split()
)
#: Stand before a first name too: "Dame Honor".
BY_FIRST_NAME = frozenset({"Sir", "Dame", "Lord", "Lady"})


@dataclass(slots=True)
class _Person:
    mentions: list[PersonMention] = field(default_factory=list)

    @property
    def evidence(self) -> float:
        return sum(mention.evidence for mention in self.mentions)

    @property
    def name(self) -> PersonMention:
        """The fullest name; of equal ones the first that says what the person is."""
        return max(
            self.mentions,
            key=lambda m: (
                len(_bare(m.name)), bool(m.roles), -m.name.sentence.span.start
            ),
        )  # fmt: skip

    def is_person(self) -> bool:
        titled = any(m.roles or m.name.words[0] in HONORIFICS for m in self.mentions)
        if len(_bare(self.name.name)) > 1 or titled:
            # Hints alone add up for teams too: "Vale led", "Vale will meet".
            return max(mention.evidence for mention in self.mentions) >= MIN_EVIDENCE
        return self.evidence >= MIN_EVIDENCE_SINGLE and len(self.mentions) >= MIN_MENTIONS_SINGLE


def resolve_people(
    mentions: Sequence[PersonMention], sentences: Sequence[Sentence], taken: frozenset[str]
) -> tuple[Fact, ...]:
    """One entry a person. ``taken`` are single words that name something else: "Norsund"."""
    people = [p for p in _merge(mentions) if p.is_person() and not _is_taken(p, taken)]
    references = _references(people, sentences)
    return tuple(_fact(person, references[index]) for index, person in enumerate(people))


def _is_taken(person: _Person, taken: frozenset[str]) -> bool:
    return person.name.name.text in taken


def _merge(mentions: Sequence[PersonMention]) -> list[_Person]:
    full: dict[tuple[str, ...], _Person] = {}
    for mention in mentions:
        words = _bare(mention.name)
        if len(words) > 1:
            full.setdefault(words, _Person()).mentions.append(mention)
    short: dict[str, _Person] = {}
    for mention in mentions:
        words = _bare(mention.name)
        if len(words) > 1:
            continue
        whole = _whole_name(mention, full)
        target = whole or short.setdefault(mention.name.text, _Person())
        target.mentions.append(mention)
    people = [*_whole_people(full), *short.values()]
    for person in people:
        person.mentions.sort(key=lambda m: (m.name.sentence.ordinal, m.name.start))
    return people


def _whole_people(full: dict[tuple[str, ...], _Person]) -> list[_Person]:
    """The people of full names; "Ingrid Solheim" is "Ingrid Solheim Aasen" if only she is."""
    people = dict(full)
    for words, person in full.items():
        longer = [other for other in people if len(other) > len(words) and _opens(other, words)]
        if len(longer) == 1:
            people[longer[0]].mentions.extend(person.mentions)
            del people[words]
    return list(people.values())


def _opens(name: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return name[: len(words)] == words


def _whole_name(mention: PersonMention, full: dict[tuple[str, ...], _Person]) -> _Person | None:
    """The one person whose last or first name a short mention is; None if several may be meant."""
    (word,) = _bare(mention.name) or ("",)
    honorific = mention.name.words[0] in HONORIFICS
    here = mention.name.sentence.ordinal
    for position in (-1, 0):
        matches = [
            person
            for words, person in full.items()
            if words[position] == word
            # "Mrs Lindqvist" before any Peter Lindqvist is someone else.
            and (not honorific or min(m.name.sentence.ordinal for m in person.mentions) < here)
        ]
        by_first_name = mention.name.words[0] in BY_FIRST_NAME
        if len(matches) == 1 and not (honorific and position == 0 and not by_first_name):
            return matches[0]
    return None


def _bare(name: Run) -> tuple[str, ...]:
    """The words of a name without "Mrs" and the like."""
    words = name.words
    return words[1:] if words[0] in HONORIFICS and len(words) > 1 else words


def _references(
    people: Sequence[_Person], sentences: Sequence[Sentence]
) -> dict[int, list[tuple[Sentence, Excerpt]]]:
    """Where the text speaks of a person by office alone: "the envoy", "The French president".

    Only an office that no other of ``people`` has, and that stands without a name behind it.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    for index, person in enumerate(people):
        for mention in person.mentions:
            for role in mention.roles:
                for phrase in _phrases(role.text):
                    owners[phrase].add(index)
    found: dict[int, list[tuple[Sentence, Excerpt]]] = defaultdict(list)
    unique = {phrase: next(iter(who)) for phrase, who in owners.items() if len(who) == 1}
    if not unique:
        return found
    choices = "|".join(re.escape(p) for p in sorted(unique, key=len, reverse=True))
    pattern = re.compile(rf"\bthe\s+(?P<office>{choices})\b(?!-|\s+(?-i:[A-Z])|[’']s\s+\w|,)", re.I)
    for sentence in sentences:
        for match in pattern.finditer(sentence.text):
            owner = unique[" ".join(match["office"].lower().split())]
            found[owner].append((sentence, sentence.excerpt(*match.span("office"))))
    return found


def _phrases(role: str) -> Iterator[str]:
    """The ways to speak of an office: whole if it is short, and by its noun."""
    words = role.lower().split()
    if len(words) <= 4 and is_role_head(words[-1]):
        yield " ".join(words)
        if words[-1] not in ADJECTIVES_TOO:
            yield words[-1]


def _fact(person: _Person, references: Sequence[tuple[Sentence, Excerpt]]) -> Fact:
    shown = person.name
    details = [
        Detail(DetailKind.ROLE, role, mention.name.sentence.span)
        for mention in [shown, *person.mentions]
        for role in mention.roles
    ]
    details = _distinct(details)[:MAX_ROLES]
    aliases: dict[str, Detail] = {}
    for mention in person.mentions:
        if mention.name.text != shown.name.text:
            aliases.setdefault(
                mention.name.text,
                Detail(DetailKind.ALIAS, mention.name.excerpt(), mention.name.sentence.span),
            )
    for sentence, excerpt in references:
        aliases.setdefault(excerpt.text, Detail(DetailKind.ALIAS, excerpt, sentence.span))
    spans = {m.name.sentence.span for m in person.mentions} | {s.span for s, _ in references}
    return Fact(
        FactKind.PERSON,
        shown.name.excerpt(),
        shown.name.sentence.span,
        (*details, *aliases.values()),
        tuple(sorted(spans)),
    )


def _distinct(details: Sequence[Detail]) -> list[Detail]:
    """Without those that say the same: "Mayor" beside "The mayor"."""
    kept: list[Detail] = []
    for detail in details:
        if not any(_same(detail.excerpt.text, other.excerpt.text) for other in kept):
            kept.append(detail)
    return kept


def _same(one: str, other: str) -> bool:
    words, others = one.casefold().split(), other.casefold().split()
    shorter, longer = sorted((words, others), key=len)
    return len(longer) - len(shorter) <= 1 and longer[-len(shorter) :] == shorter
