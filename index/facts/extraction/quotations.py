"""Direct quotations with their speakers, and embedded posts with their authors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.facts.extraction.dates import find_dates
from index.facts.extraction.names import is_title
from index.facts.extraction.sentences import Sentence
from index.facts.extraction.vocabulary import (
    HONORIFICS,
    PRONOUNS,
    ROLE_HEAD,
    ROLE_MODIFIERS,
    SPEECH_VERBS,
)
from index.facts.types import Excerpt
from index.types import BlockKind, Span

#: Without a speaker, fewer words than this are a title or a word held at arm's length.
MIN_WORDS_ALONE, MIN_TERM_WORDS = 4, 6


@dataclass(frozen=True, slots=True)
class FoundQuotation:
    """Words between quotation marks, without these, and who said them in the words of the text."""

    excerpt: Excerpt
    speaker: Excerpt | None
    #: The sentences that are cited, from the first to the last.
    sentence: Span
    #: Each of them.
    touched: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPost:
    """The text of an embedded post, who posted it and when."""

    excerpt: Excerpt
    author: Excerpt
    posted: Excerpt | None


_QUOTED = re.compile(
    r"“[^“”]{1,1200}”|„[^„“”]{1,1200}[“”]|«[^«»]{1,1200}»|「[^「」]{1,1200}」|"
    r"(?<![\w\"])\"(?=\S)[^\"]{1,1200}?(?<=\S)\"(?!\w)"
)
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_LETTERS = "A-ZÀ-ÖØ-Þ"
_NAME = rf"[{_LETTERS}][\w’'-]*\.?(?:\s+(?:(?:de|van|von|der|bin|al)\s+)?[{_LETTERS}][\w’'-]*)*"
_ROLE = (
    r"(?:(?:the|a|an|his|her|their|old|der|die)\s+(?:(?!when|that|who|which|if|and)[\w’'-]+\s+){0,4}?"
    rf"|(?:(?:[{_LETTERS}][\w’'-]*|{'|'.join(sorted(ROLE_MODIFIERS))})\s+){{0,4}})"
    rf"(?:{ROLE_HEAD})"
)
_PRONOUN = "|".join(sorted(PRONOUNS))
#: "Oliver Brandt of Norland Bank" as well.
_WHO = (
    rf"(?:(?:{_ROLE},?\s+|(?:the\s+)?(?:old|young)\s+)?{_NAME}(?:\s+of\s+(?:the\s+)?{_NAME})?"
    rf"|{_ROLE}|{_PRONOUN})"
)
_SPEECH = "|".join(sorted(SPEECH_VERBS))
_AFTER_VERB = re.compile(
    rf"[\s,.…!?–—-]*(?:(?:and\s+)?then\s+)?(?:{_SPEECH})\s+(?P<who>{_WHO})\b(?![’']s\b)"
)
_AFTER_WHO = re.compile(
    rf"[\s,.…!?–—-]*(?P<who>{_WHO})\s+(?:(?:had|has|then|also|later|quietly|once)\s+)?(?:{_SPEECH})\b"
)
_ACCORDING = re.compile(
    rf"\b[Aa]ccording\s+to\s+(?P<who>(?:the\s+)?(?:[\w’'-]+\s+){{0,5}}?(?:{ROLE_HEAD})\b(?:\s+{_NAME})?|{_NAME})"
)
#: "Macron described ... as a", "Onnen sagte damals:", "Reid told parliament that it was".
_BEFORE = re.compile(
    rf"(?P<who>{_WHO})(?P<aside>,\s[^,“”\"]{{3,80}},|,)?\s+(?:(?:had|has|then|also|later|once)\s+)?(?:{_SPEECH})\b"
    r"(?P<between>[^“”\"„«]*)\Z"
)


def find_quotations(sentences: Sequence[Sentence], text: str) -> Iterator[FoundQuotation]:
    """The quotations of a document in order. One that Punkt cut in two is joined again."""
    for block in _blocks(sentences):
        start, end = block[0].span.start, block[-1].span.end
        last: FoundQuotation | None = None
        for match in _QUOTED.finditer(text, start, end):
            inner = _inside(text, *match.span())
            touched = [
                s.span for s in block if s.span.start < match.end() and match.start() < s.span.end
            ]
            if not touched or inner.start >= inner.end:
                continue
            cited = Span(touched[0].start, touched[-1].end)
            speaker, cited = _speaker(text, match, block, cited)
            if speaker is None and last is not None and _goes_on(text, last, match.start()):
                speaker, cited = last.speaker, Span(last.sentence.start, cited.end)
            if speaker is not None or _is_speech(inner.text):
                spans = (s.span for s in block)
                inside = tuple(s for s in spans if cited.start <= s.start and s.end <= cited.end)
                last = FoundQuotation(inner, speaker, cited, inside)
                yield last


def _is_speech(quoted: str) -> bool:
    """Whether words without a speaker are more than a title or a term."""
    if is_title(quoted):
        return False
    words = len(quoted.split()) + len(_UNSPACED.findall(quoted)) // 2
    return words >= MIN_WORDS_ALONE if quoted.endswith((".", "!", "?")) else words >= MIN_TERM_WORDS


def _goes_on(text: str, last: FoundQuotation, start: int) -> bool:
    """Whether speech is taken up again behind its tag: `“Well?” said the mayor. “What now?”`, or
    `“That clock,” said she, “has stopped.”`"""
    if last.speaker is None or last.speaker.start < last.excerpt.end:
        return False
    return bool(re.fullmatch(r"[^.!?“”]{0,60}[.,]\s*", text[last.speaker.end : start]))


def _blocks(sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """The sentences of each block that may hold speech."""
    held: list[Sentence] = []
    for sentence in sentences:
        if sentence.opens and held:
            yield held
            held = []
        if sentence.kind not in {BlockKind.CODE, BlockKind.HEADING, BlockKind.POST}:
            held.append(sentence)
    if held:
        yield held


def _inside(text: str, start: int, end: int) -> Excerpt:
    """Without the marks, and without the comma that belongs to the sentence around."""
    start, end = start + 1, end - 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == ","):
        end -= 1
    return Excerpt(start, end, text[start:end])


def _speaker(
    text: str, quoted: re.Match[str], block: Sequence[Sentence], cited: Span
) -> tuple[Excerpt | None, Span]:
    """Who is said to have spoken, in the sentences that are cited or right beside."""
    # The tag may be a sentence to Punkt: `“Well?” said the mayor.`
    after = next((s.span for s in block if s.span.start >= cited.end), None)
    if after is not None and not (text[after.start].islower() and quoted.end() >= cited.end):
        after = None
    for pattern in (_AFTER_VERB, _AFTER_WHO):
        if match := pattern.match(text, quoted.end(), cited.end):
            return _excerpt(text, *match.span("who")), cited
        if after is not None and (match := pattern.match(text, after.start, after.end)):
            return _excerpt(text, *match.span("who")), Span(cited.start, after.end)
    before = _BEFORE.search(text, cited.start, quoted.start())
    if before and _leads_in(before["between"]) and not _is_thing(text, before):
        return _excerpt(text, *before.span("who")), cited
    if match := _ACCORDING.search(text, cited.start, cited.end):
        return _excerpt(text, *match.span("who")), cited
    return None, cited


def _is_thing(text: str, match: re.Match[str]) -> bool:
    """Whether it is a name with an article: "the Rhine, called ..."."""
    who = match["who"]
    return bool(re.match(_NAME, who)) and text[: match.start("who")].endswith((" the ", "The "))


def _leads_in(between: str) -> bool:
    """Whether the words between a verb of speaking and the quotation lead up to it."""
    return len(between) <= 120 and ". " not in between and ";" not in between


def _excerpt(text: str, start: int, end: int) -> Excerpt:
    who = text[start:end].rstrip(".")
    # "The visit ... said": only what names someone.
    for honorific in HONORIFICS:
        if who == honorific:
            return Excerpt(start, end, text[start:end])
    return Excerpt(start, start + len(who), who)


_ATTRIBUTED = re.compile(r"[—–-]{1,2}\s*(?P<author>\S.{0,80}?\(@\w{1,30}\))")


def find_posts(sentences: Sequence[Sentence], language: str | None) -> Iterator[FoundPost]:
    """The embedded posts of a document in order."""
    for sentence in sentences:
        if sentence.kind is not BlockKind.POST:
            continue
        match = _ATTRIBUTED.search(sentence.text)
        body = sentence.text[: match.start()].rstrip() if match else ""
        if match is None or not body:
            continue
        dates = [d.excerpt for d in find_dates(sentence, language)]
        behind = [e for e in dates if e.start >= sentence.span.start + match.end()]
        yield FoundPost(
            sentence.excerpt(0, len(body)),
            sentence.excerpt(*match.span("author")),
            behind[0] if behind else None,
        )
