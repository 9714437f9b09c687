"""Sentences of a language model as claims: what it says, and which passages it names for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.answer.prompts import ABSTENTION
from index.answer.question import clean_text
from index.ingest.sentences import split_sentences
from index.types import Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence, cleaned of markers and markup. ``fault`` says why it cannot be proven
    whatever the passages say; None if it can be tried."""

    text: str
    #: Numbers of passages, as named, in order, each once.
    markers: tuple[int, ...]
    fault: str | None = None


_NUMBERS = r"[0-9]{1,3}(?:\s*(?:,|;|-|–|and)\s*[0-9]{1,3})*"
_MARKER = re.compile(
    rf"\s*(?:\[\^?(?:(?:passages?|sources?)\s*)?(?P<a>{_NUMBERS})\]|【(?P<b>{_NUMBERS})】)",
    re.IGNORECASE,
)
#: A marker after the full stop belongs to the sentence before it.
_STOP_THEN_MARKER = re.compile(rf"(?P<stop>[.!?…]+[\"'”’)*_]*)(?P<markers>(?:{_MARKER.pattern})+)")
#: What may still become a marker when more is said.
_UNFINISHED_MARKER = re.compile(r"\s*[\[【][^\]】\n]{0,40}$")
_RANGE = re.compile(r"([0-9]+)\s*[-–]\s*([0-9]+)")
_LINE_MARKUP = re.compile(r"^\s*(?:#{1,6}\s+|>\s*|[-*•+]\s+|[0-9]{1,2}[.)]\s+|```\w*\s*$|\|)+")
_INLINE_MARKUP = re.compile(r"\*+|`+|~~|\|\||(?<!\w)_+|_+(?!\w)")
_LINK = re.compile(r"\]\(|!\[|<\s*[a-zA-Z/!][^>]*>|\]\[[a-zA-Z]")
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+|\b[\w.-]+@[\w-]+\.\w+", re.IGNORECASE)
_THOUGHT = re.compile(r"<think>.*?(?:</think>|\Z)", re.IGNORECASE | re.DOTALL)
_SENTINEL = re.compile(ABSTENTION.replace("_", r"[_ \\-]*"), re.IGNORECASE)
#: "The passages do not say who ...": the sentinel in a model's own words.
_DENIAL = re.compile(
    r"(?:i['’]?m\s+sorry|sorry|unfortunately)?\W*(?:(?:based\s+on|according\s+to)[^,]*,\s*)?"
    r"(?:the|these|none\s+of\s+the)\s+(?:provided\s+|given\s+|available\s+)?"
    r"(?:passages?|text|document|article|sources?|context|information)\b[^.]{0,40}?"
    r"\b(?:(?:do|does)\s+not|don['’]t|doesn['’]t|cannot)\s+"
    r"(?:say|state|mention|contain|provide|specify|answer|give|include|tell|indicate)\b",
    re.IGNORECASE,
)


def is_abstention(text: str) -> bool:
    """Whether ``text`` says that the passages do not hold the answer."""
    return bool(_SENTINEL.search(text) or _DENIAL.match(text))


class ClaimStream:
    """Cuts a streamed answer into claims, each as soon as it is certain where it ends."""

    def __init__(self, language: str | None = None) -> None:
        self._language = language
        self._rest = ""

    def feed(self, piece: str) -> Iterator[Claim]:
        """The claims that ``piece`` completes."""
        self._rest = _THOUGHT.sub(_finished_thought, self._rest + piece)
        if "<think>" in self._rest.lower():
            return
        # The last word may go on, and so may what looks like the beginning of a marker.
        certain = _UNFINISHED_MARKER.sub("", self._rest)
        certain = certain[: max(certain.rfind(" "), certain.rfind("\n")) + 1]
        *_, last = _sentences(certain, self._language) or [Span(0, 0)]
        end = last.end if "\n" in certain[last.end :] else last.start
        self._rest = self._rest[end:]
        yield from parse_claims(certain[:end], self._language)

    def close(self, *, broken: bool = False) -> Iterator[Claim]:
        """What is left when the stream has ended; ``broken`` if it ended too early, so that the
        last sentence may lack its end."""
        rest, self._rest = _THOUGHT.sub("", self._rest), ""
        claims = list(parse_claims(rest, self._language))
        for ordinal, claim in enumerate(claims):
            if broken and ordinal == len(claims) - 1:
                yield Claim(claim.text, claim.markers, "The answer broke off in this sentence.")
            else:
                yield claim


def parse_claims(text: str, language: str | None = None) -> Iterator[Claim]:
    """The claims of a whole text, one a sentence; list items and headings are sentences too."""
    text = _markers_before_stops(text)
    for start, end in _sentences(text, language):
        claim = _claim(text[start:end])
        if claim.text or claim.markers:
            yield claim


def _finished_thought(match: re.Match[str]) -> str:
    """A model's thoughts are no answer; unfinished ones are kept until they are finished."""
    return "" if match[0].lower().endswith("</think>") else match[0]


def _markers_before_stops(text: str) -> str:
    return _STOP_THEN_MARKER.sub(lambda match: match["markers"] + match["stop"], text)


def _sentences(text: str, language: str | None) -> list[Span]:
    """Sentences of ``text``, line by line, without what makes a line an item or a heading."""
    moved = _markers_before_stops(text)
    assert len(moved) == len(text), "markers only change places"
    found: list[Span] = []
    start = 0
    for row in moved.splitlines(keepends=True):
        markup = _LINE_MARKUP.match(row)
        inside = Span(start + (markup.end() if markup else 0), start + len(row))
        found.extend(split_sentences(moved, inside, language))
        start += len(row)
    return found


def _claim(sentence: str) -> Claim:
    markers: dict[int, None] = {}
    for match in _MARKER.finditer(sentence):
        for number in _numbers(match["a"] or match["b"]):
            markers[number] = None
    fault = "It holds a link or markup." if _LINK.search(sentence) else None
    bare = _INLINE_MARKUP.sub("", _MARKER.sub("", sentence))
    text = re.sub(r"\s+([.,;:!?])", r"\1", clean_text(bare))
    if not any(char.isalnum() for char in text):
        return Claim("", tuple(markers))
    if "\ufffd" in text:
        fault = "It holds characters that are not text."
    elif fault is None and _ADDRESS.search(text):
        fault = "It holds an address."
    return Claim(text, tuple(markers), fault)


def _numbers(text: str) -> list[int]:
    """The numbers of a marker; "2-4" is three of them."""
    text = _RANGE.sub(
        lambda m: ",".join(map(str, range(int(m[1]), min(int(m[2]), int(m[1]) + 20) + 1))), text
    )
    return [int(number) for number in re.findall(r"[0-9]+", text)]
