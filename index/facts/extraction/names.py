"""Names in a sentence: runs of capitalised words, before it is known what they name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.facts.extraction.sentences import Sentence
from index.facts.extraction.vocabulary import HONORIFICS, NOT_NAMES
from index.facts.types import Excerpt
from index.types import BlockKind

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁ"
_STARTS = r"(?:The|A|An|It|In|On|At|He|She|They|We|You|This|That|These|There|But|And|If|As|For)"
WORD = (
    rf"(?:[{_UPPER}]\w*s[’'](?=\s[{_UPPER}])"  # "Seafarers’ Guild"
    r"|(?:St|Mt|Ft|Dr|Mr|Mrs|Ms|Prof|Gen|Col|Capt|Sgt|Lt|Rev|Sen|Rep|Gov)\.(?=\s)"
    # Initials: "U.S.", "D. Oyelaran", but not the end of a sentence.
    rf"|[A-Z]\.(?:[A-Z]\.)+|[{_UPPER}]\.(?=\s(?!{_STARTS}\b)[{_UPPER}])"
    rf"|[{_UPPER}]\w*(?:[’'-][^\W\d]\w*)*)"
)
_JOIN = r"(?:[ \t\u00a0]+|[ \t]*\n[ \t]*)"
_PARTICLE = (
    r"(?:de la|de[’']|de|del|della|van der|van den|van|von|der|den|bin|ibn|al|di|da|dos|du|la|le)"
)
RUN = re.compile(
    rf"(?<![\w’'@#/.-]){WORD}(?:{_JOIN}(?:{_PARTICLE}{_JOIN}|(?:of(?:{_JOIN}the)?|&){_JOIN})?{WORD})*"
)
_EMPHASIS = "*_"
_POSSESSIVE = re.compile(r"[’']s?\Z")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capitalised words in a sentence, at local positions, without a possessive ’s."""

    sentence: Sentence
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.sentence.text[self.start : self.end]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())

    @property
    def before(self) -> str:
        """What stands before it, without the marks that print it bold."""
        return self.sentence.text[: self.start].rstrip(_EMPHASIS)

    @property
    def behind(self) -> int:
        """Where what follows begins, past the marks that print it bold."""
        text, at = self.sentence.text, self.end
        while at < len(text) and text[at] in _EMPHASIS:
            at += 1
        return at

    @property
    def after(self) -> str:
        """What follows, from :attr:`behind` on."""
        return self.sentence.text[self.behind :]

    @property
    def in_title(self) -> bool:
        """Whether it stands in quotation marks with other capitals: “Me and Bobby McGee”."""
        spans = (m.span() for m in _QUOTED.finditer(self.sentence.text))
        return any(
            a < self.start and self.end < b and is_title(self.sentence.text[a + 1 : b - 1])
            for a, b in spans
        )

    def excerpt(self) -> Excerpt:
        return self.sentence.excerpt(self.start, self.end)

    def part(self, first: int, last: int | None = None) -> Run:
        """The run from its word ``first`` up to ``last``."""
        words = list(re.finditer(r"\S+", self.text))[first:last]
        return Run(self.sentence, self.start + words[0].start(), self.start + words[-1].end())


_QUOTED = re.compile(r"“[^“”]+”|\"[^\"]+\"")


def is_title(text: str) -> bool:
    """Whether a text is written like the name of a song or a book: "To Make You Feel My Love"."""
    words = [word for word in text.split() if word[:1].isalpha()]
    return len(words) > 1 and all(word[0].isupper() or word in _SMALL for word in words)


#: Written small in titles.
_SMALL = frozenset("a an the of in on at to for and or but by with from as is it my me you".split())


class Case:
    """How often the document writes a word with a capital inside a sentence, and without one."""

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._lower: Counter[str] = Counter()
        self._inside: Counter[str] = Counter()
        for sentence in sentences:
            if sentence.kind in {BlockKind.HEADING, BlockKind.CODE}:
                continue
            for match in _ANY_WORD.finditer(sentence.text):
                word = _POSSESSIVE.sub("", match[0])
                if word[:1].islower():
                    self._lower[word] += 1
                elif not opens_clause(sentence.text, match.start()):
                    self._inside[word] += 1

    def is_common(self, word: str) -> bool:
        """Whether the text also writes it small."""
        return self._lower[word.lower()] > 0

    def is_named(self, word: str) -> bool:
        """Whether the text writes it with a capital where none is due, and never small."""
        return self._inside[word] > 0 and not self.is_common(word)


_ANY_WORD = re.compile(r"[^\W\d_][\w]*(?:[’'-][^\W\d_]\w*)*")
_OPENS = re.compile(r"(?:\A|[.!?:]\s+|[“„\"«(•*|]\s*|\A\W*(?:\d+[.)])?\W*)\Z")


def opens_clause(text: str, start: int) -> bool:
    """Whether a capital at ``start`` is due to the beginning of a sentence, quotation or item."""
    return bool(_OPENS.search(text[:start][-8:] if start > 8 else text[:start]))


def find_runs(sentences: Sequence[Sentence], case: Case) -> Iterator[Run]:
    """The runs of each sentence, without first words that only open it."""
    for sentence in sentences:
        shouted = sentence.text.isupper()
        for match in RUN.finditer(sentence.text):
            if shouted:
                continue
            run = _trimmed(Run(sentence, *match.span()), case)
            if run is not None:
                yield run


def _trimmed(run: Run, case: Case) -> Run | None:
    text = run.text
    if possessive := _POSSESSIVE.search(text):
        run = Run(run.sentence, run.start, run.start + possessive.start())
    words = run.words
    first = 0
    while first < len(words) and _is_no_name(words[first]):
        first += 1
    if first == len(words):
        return None
    opening = first == 0 and opens_clause(run.sentence.text, run.start)
    if opening and len(words) == 1 and not case.is_named(words[0]) and words[0] not in HONORIFICS:
        # A single word with the capital of its sentence: only known names pass, later.
        return None if case.is_common(words[0]) else run
    if opening and case.is_common(words[0]) and not case.is_named(words[0]) and len(words) > 1:
        # "Transport minister", "Shops on": the capital is the sentence's; roles look before runs.
        first += 1
    rest = list(words)[first:]
    while rest and rest[0] in {"of", "the", "&", "de", "von"}:
        first += 1
        rest.pop(0)
    return run.part(first) if rest else None


def _is_no_name(word: str) -> bool:
    return word in NOT_NAMES or word.rstrip(".") in NOT_NAMES
