"""An ``Answer`` as messages: the answer, then its sources, then a small line about it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.discord_app.rendering.escape import escape, escape_name, marked, quoted
from bot.discord_app.rendering.split import CONTENT_LIMIT, fit, length, split
from bot.wording import confidence_in_words, duration, was_reread
from index.answer.readings import CHOICE_ENGINE
from index.answer.verdicts import CHECK_ENGINE
from index.facts import FACTS_ENGINE
from index.types import Answer, Hit, Span, Status

#: Messages an answer may take; a longer one is attached as a file.
MOST_PARTS = 3
#: Nearest passages shown when nothing was found.
MOST_NEAREST = 3
#: Rows of five buttons, less one for follow-up, votes and delete.
MOST_SOURCES = 10
_EXCERPT = 320
_UNSUPPORTED = (
    "**I could not back what I was about to say with the document.** What comes nearest in it:"
)
_WRITING = "\n-# Still writing. What stands here is proven; the sources come at the end."
_ATTACHED = "\n-# This is the beginning. The whole answer is in the attached file."
_NOT_ATTACHED = (
    "\n-# This is the beginning. The whole answer is too long, and I cannot attach it here."
)
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class SourceLabel:
    """A button that opens a source: ``kind`` is "s" for a citation's number or "n" for a
    nearest passage's, both from 1."""

    kind: str
    number: int
    label: str


@dataclass(frozen=True, slots=True)
class Message:
    """Parts of at most 2000 characters; the buttons belong to the last. ``attachment`` holds the
    whole as Markdown where it would have taken more than :data:`MOST_PARTS`."""

    parts: tuple[str, ...]
    sources: tuple[SourceLabel, ...] = ()
    attachment: str | None = None
    #: Whether votes and a follow-up make sense.
    votable: bool = True

    def without_attachment(self) -> Message:
        """The same where no file can be sent: its text says so."""
        return replace(
            self,
            parts=tuple(part.replace(_ATTACHED, _NOT_ATTACHED) for part in self.parts),
            attachment=None,
        )

    def with_question(self, question: str) -> Message:
        """The same, with a last line that says what was asked, for those who could not see it."""
        note = f"\n-# Asked: {escape_name(question, 200)}"
        last = self.parts[-1] + note
        if length(last) > CONTENT_LIMIT:
            return self
        return replace(self, parts=(*self.parts[:-1], last))


def render_answer(answer: Answer, *, titles: dict[str, str] | None = None) -> Message:
    """``titles`` names documents by id, for passages that are shown without a citation."""
    if answer.engine == "help":
        return Message(tuple(split(escape(answer.text))), votable=False)
    if answer.engine == CHOICE_ENGINE:
        return _asked_back(answer)
    if answer.engine == FACTS_ENGINE and answer.status is Status.NOT_FOUND:
        return Message(tuple(split(escape(answer.text))), votable=False)
    if answer.engine == CHECK_ENGINE:
        return _with_sources(answer, f"**Checked against the document**\n{_body(answer)}")
    if answer.status is Status.NOT_FOUND:
        return _not_found(answer, titles or {})
    head = _body(answer)
    if answer.status is Status.UNSUPPORTED:
        head = f"{_UNSUPPORTED}\n{head}"
    return _with_sources(answer, head)


def _asked_back(answer: Answer) -> Message:
    """What the question can mean, with a button for each."""
    lines = [f"{n}. {escape_name(choice, 300)}" for n, choice in enumerate(answer.choices, start=1)]
    asks = escape(answer.text.partition("\n")[0])
    return Message((f"**{asks}**\n" + "\n".join(lines),), votable=False)


def _with_sources(answer: Answer, head: str) -> Message:
    sources = "\n".join(_sources(answer))
    heading = "**Source**" if len(answer.citations) == 1 else "**Sources**"
    text = f"{head}\n\n{heading}\n{sources}\n{_about(answer)}" if sources else head
    labels = tuple(
        SourceLabel("s", citation.number, f"Source {citation.number}")
        for citation in answer.citations[:MOST_SOURCES]
    )
    return _pack(text, labels)


def render_draft(text: str) -> str:
    """The part of an answer that is proven, while the rest is being written."""
    shown = _marked(text, set(_MARKER.findall(text)), None)
    return fit(shown, CONTENT_LIMIT - len(_WRITING)) + _WRITING


def _pack(text: str, labels: tuple[SourceLabel, ...]) -> Message:
    if len(text) <= (MOST_PARTS + 1) * CONTENT_LIMIT:
        parts = split(text)
        if len(parts) <= MOST_PARTS:
            return Message(tuple(parts), labels)
    beginning = fit(text, CONTENT_LIMIT - len(_NOT_ATTACHED)) + _ATTACHED
    return Message((beginning,), labels, attachment=text)


def _body(answer: Answer) -> str:
    """The answer's text, escaped, its short answer in bold, its markers left as they are."""
    numbers = {str(citation.number) for citation in answer.citations}
    return _marked(answer.text, numbers, _short_answer(answer))


def _marked(text: str, numbers: set[str], bold: Span | None) -> str:
    """``text``, escaped but for ``bold`` and the markers of ``numbers``."""
    pieces: list[str] = []
    position = 0
    for marker in _MARKER.finditer(text):
        # "[1](" would be a link; a number that is no citation of ours is the document's own text.
        if marker[1] not in numbers or text[marker.end() : marker.end() + 1] == "(":
            continue
        pieces.append(_marked_part(text, Span(position, marker.start()), bold))
        pieces.append(marker[0])
        position = marker.end()
    pieces.append(_marked_part(text, Span(position, len(text)), bold))
    return "".join(pieces)


def _marked_part(text: str, part: Span, bold: Span | None) -> str:
    # A mark at the part's start is no mark at a line's start, unless a line starts there.
    lead = "" if part.start == 0 or text[part.start - 1] == "\n" else "x"
    piece = lead + text[part.start : part.end]
    shift = part.start - len(lead)
    inside = None
    if bold is not None and part.start <= bold.start and bold.end <= part.end:
        inside = Span(bold.start - shift, bold.end - shift)
    return marked(piece, inside)[len(lead) :]


def _short_answer(answer: Answer) -> Span | None:
    """Where the short answer stands in ``answer.text``: at its place in the quote if the quote
    is there, else where its words occur first."""
    for citation in answer.citations:
        at = answer.text.find(citation.quote)
        if citation.highlight is not None and at >= 0:
            start = at + citation.highlight.start - citation.start
            return Span(start, start + citation.highlight.end - citation.highlight.start)
    if answer.short_answer:
        at = answer.text.find(answer.short_answer)
        if at >= 0:
            return Span(at, at + len(answer.short_answer))
    return None


def _sources(answer: Answer) -> Iterator[str]:
    """Number, title, section and quote of each. A list of facts has many of one section: it is
    named where it changes."""
    last = ""
    for citation in answer.citations:
        place = place_name(citation.title, citation.passage.heading)
        again = place == last and answer.engine == FACTS_ENGINE
        label = f"[{citation.number}]" if again else f"[{citation.number}] {place}"
        yield f"{label}\n{quoted(escape(citation.quote))}"
        last = place


def place_name(title: str, heading: str | None) -> str:
    """Title, and section where it says more than the title does."""
    if heading is None or " ".join(heading.split()) == " ".join(title.split()):
        return escape_name(title)
    return f"{escape_name(title)} · {escape_name(heading)}"


def _about(answer: Answer) -> str:
    if answer.engine == FACTS_ENGINE:
        return f"-# From the fact sheet · {duration(answer.timings_ms.get('total', 0.0))}"
    if answer.engine == CHECK_ENGINE:
        took = duration(answer.timings_ms.get("total", 0.0))
        return f"-# A machine's verdict: please compare it with the quotes · {took}"
    facts = [escape_name(answer.engine, 60), duration(answer.timings_ms.get("total", 0.0))]
    if answer.status is Status.ANSWERED:
        confidence = confidence_in_words(answer.confidence).capitalize()
        facts.insert(0, f"{confidence} ({answer.confidence:.0%})")
    if was_reread(answer):
        facts.insert(0, f"I read this as: {escape_name(answer.resolved_question, 200)}")
    return _noticed(answer) + "-# " + " · ".join(facts)


def _noticed(answer: Answer) -> str:
    """What should be known about how the answer came about, in small lines."""
    lines = [] if answer.notice is None else [escape(answer.notice)]
    if answer.rejected:
        count = len(answer.rejected)
        lines.append(f"{count} unproven sentence{'s' * (count != 1)} dropped.")
    return "".join(f"-# {line}\n" for line in lines)


def _not_found(answer: Answer, titles: dict[str, str]) -> Message:
    hits = answer.nearest[:MOST_NEAREST]
    lines = ["**That is not in the document**, as far as I can see."]
    if hits:
        only = _only_document(hits, titles)
        within = f" in *{escape_name(titles.get(only, only))}*" if only is not None else ""
        lines.append(f"\nThe nearest passage{'s' * (len(hits) > 1)}{within}:")
        shown = (_nearest(n, h, titles, bare=only is not None) for n, h in enumerate(hits, 1))
        lines.append("\n\n".join(shown))  # quotes without a line between them look like one
    if answer.choices:
        lines.append("\nClose to it, and answered there:")
        lines.extend(f"- {escape_name(choice)}" for choice in answer.choices)
    lines.append(_about_search(answer))
    labels = tuple(SourceLabel("n", n, f"Passage {n}") for n in range(1, len(hits) + 1))
    return _pack("\n".join(lines), labels)


def _only_document(hits: Sequence[Hit], titles: dict[str, str]) -> str | None:
    """The document that all of ``hits`` are from, if there is no other one."""
    documents = {hit.passage.document_id for hit in hits} | set(titles)
    return documents.pop() if len(documents) == 1 else None


def _nearest(number: int, hit: Hit, titles: dict[str, str], *, bare: bool) -> str:
    """A passage as a quote, below its number and where it stands; ``bare``: without the title,
    which has been said."""
    passage = hit.passage
    title = titles.get(passage.document_id, passage.document_id)
    place = place_name(title, passage.heading)
    if bare:
        place = place.removeprefix(escape_name(title)).removeprefix(" · ")
    mark = f"**{number} · {place}**\n" if place else f"**{number}** "
    return quoted(mark + fit(escape(passage.text), _EXCERPT))


def _about_search(answer: Answer) -> str:
    facts = [escape_name(answer.engine, 60), duration(answer.timings_ms.get("total", 0.0))]
    if was_reread(answer):
        facts.insert(0, f"I read this as: {escape_name(answer.resolved_question, 200)}")
    return _noticed(answer) + "-# " + " · ".join(facts)
