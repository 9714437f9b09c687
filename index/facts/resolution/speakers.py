"""Who "he" and "she" are behind a quotation, where the text leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.facts.extraction.given_names import Gender, gender_of
from index.facts.extraction.sentences import Sentence
from index.facts.extraction.vocabulary import HONORIFICS
from index.facts.types import Detail, DetailKind, Excerpt, Fact

#: Sentences of the same block in front of the quotation that are looked at.
MAX_SENTENCES_BACK = 2

_PRONOUNS = {"he": Gender.MALE, "er": Gender.MALE, "she": Gender.FEMALE, "sie": Gender.FEMALE}
_TITLES = {
    **dict.fromkeys(("Mr", "Mr.", "Sir", "Lord", "Herr", "Señor", "Monsieur"), Gender.MALE),
    **dict.fromkeys(
        ("Mrs", "Mrs.", "Ms", "Ms.", "Miss", "Dame", "Lady", "Frau", "Madame", "Señora"),
        Gender.FEMALE,
    ),
}


@dataclass(frozen=True, slots=True)
class _Named:
    """A person at a place in the text."""

    person: Fact
    excerpt: Excerpt
    sentence: Sentence


def resolve_speakers(
    quotations: Sequence[Fact], people: Sequence[Fact], sentences: Sequence[Sentence]
) -> list[Fact]:
    """The quotations; where a pronoun has spoken, with the person's name as a second speaker.

    That is the only person named shortly before, in the same block, whom the pronoun fits.
    """
    names = {
        text: person
        for person in people
        for text in (person.name.text, *person.texts(DetailKind.ALIAS))
        if text[:1].isupper()
    }
    pattern = re.compile(
        rf"(?<!\w)(?:{'|'.join(re.escape(n) for n in sorted(names, key=len, reverse=True))})(?!\w)"
    )
    if not names:
        return list(quotations)
    told = [
        _Named(names[match[0]], excerpt, sentence)
        for sentence in sentences
        for match in pattern.finditer(sentence.text)
        for excerpt in (sentence.excerpt(*match.span()),)
        # Who is spoken to or of in a quotation has not spoken.
        if not any(q.name.start <= excerpt.start < q.name.end for q in quotations)
    ]
    return [_resolved(fact, told, sentences) for fact in quotations]


def _resolved(fact: Fact, told: Sequence[_Named], sentences: Sequence[Sentence]) -> Fact:
    (pronoun,) = fact.texts(DetailKind.SPEAKER) or ("",)
    gender = _PRONOUNS.get(pronoun.lower())
    if gender is None:
        return fact
    before = {sentence.ordinal for sentence in _before(fact, sentences)}
    named = [
        one for one in told if one.sentence.ordinal in before and one.excerpt.end <= fact.name.start
    ]
    fitting = [one for one in named if _gender(one.person) in (gender, Gender.EITHER)]
    if len({one.person.name for one in fitting}) != 1:
        return fact
    one = fitting[-1]
    if _gender(one.person) is Gender.EITHER and len({n.person.name for n in named}) > 1:
        return fact
    speaker = Detail(DetailKind.SPEAKER, one.excerpt, one.sentence.span)
    return replace(fact, details=(*fact.details, speaker))


def _before(fact: Fact, sentences: Sequence[Sentence]) -> list[Sentence]:
    """The sentence that the quotation begins in and those before it, within its block."""
    here = next((s.ordinal for s in sentences if s.span.end > fact.name.start), 0)
    found: list[Sentence] = []
    for sentence in reversed([s for s in sentences if s.ordinal <= here]):
        found.append(sentence)
        if sentence.opens or len(found) > MAX_SENTENCES_BACK:
            break
    return found[::-1]


def _gender(person: Fact) -> Gender:
    """By title, then by first name."""
    names = (person.name.text, *person.texts(DetailKind.ALIAS))
    titles = {_TITLES[word] for name in names for word in name.split()[:1] if word in _TITLES}
    if len(titles) == 1:
        return titles.pop()
    words = [word for word in person.name.text.split() if word not in HONORIFICS]
    return gender_of(words[0]) if words else Gender.EITHER
