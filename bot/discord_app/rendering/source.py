"""One source, opened: the quote in its surroundings, and whether it still stands there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.discord_app.rendering.escape import escape, escape_name, marked, quoted
from bot.discord_app.rendering.split import fit
from index.types import Answer, Citation, Document, Passage, Span

#: Characters of the document shown before and after the quote.
_AROUND = 400
#: Of the 4000 that a message of components may hold.
_QUOTE = 2400
_SIDE = 600


@dataclass(frozen=True, slots=True)
class SourceText:
    """Title, what surrounds the quote, the quote, a small line. ``url`` where there is one."""

    title: str
    before: str
    quote: str
    after: str
    note: str
    url: str | None = None


def render_source(
    answer: Answer, kind: str, number: int, document: Document | None
) -> SourceText | None:
    """Source ``number`` of ``answer``; ``document`` is the one it came from as it is today.
    None when the answer has no such source."""
    if kind == "s":
        citation = next((c for c in answer.citations if c.number == number), None)
        return None if citation is None else _citation(citation, document)
    if not 1 <= number <= len(answer.nearest):
        return None
    return _passage(number, answer.nearest[number - 1].passage, document)


def _citation(citation: Citation, document: Document | None) -> SourceText:
    unchanged = document is not None and document.sha256 == citation.document_sha256
    if document is not None and unchanged:
        text, offset = document.text, 0
        note = f"Characters {citation.start}–{citation.end} of the document."
    else:
        text, offset = citation.passage.text, citation.passage.start
        gone = "is no longer among my sources" if document is None else "has changed since"
        note = f"The document {gone}. This is the quote as it stood when I answered."
    span = Span(citation.start - offset, citation.end - offset)
    if not 0 <= span.start <= span.end <= len(text):
        text, span = citation.quote, Span(0, len(citation.quote))
    bold = None
    if citation.highlight is not None:
        bold = Span(
            citation.highlight.start - citation.start, citation.highlight.end - citation.start
        )
    return SourceText(
        title=_title(f"Source {citation.number}", citation.title, citation.passage.heading),
        before=_before(text, span.start),
        quote=quoted(fit(marked(citation.quote, bold), _QUOTE)),
        after=_after(text, span.end),
        note=note,
        url=_url(citation.source),
    )


def _passage(number: int, passage: Passage, document: Document | None) -> SourceText:
    title = document.title if document is not None else passage.document_id
    stands = document is not None and document.text[passage.start : passage.end] == passage.text
    text = document.text if document is not None and stands else ""
    note = (
        f"Characters {passage.start}–{passage.end} of the document. Not an answer, only close."
        if stands
        else "The document has changed since. This is the passage as it stood then."
    )
    return SourceText(
        title=_title(f"Passage {number}", title, passage.heading),
        before=_before(text, passage.start) if text else "",
        quote=quoted(fit(escape(passage.text), _QUOTE)),
        after=_after(text, passage.end) if text else "",
        note=note,
        url=_url(document.source) if document is not None else None,
    )


def _title(what: str, title: str, heading: str | None) -> str:
    same = heading is None or " ".join(heading.split()) == " ".join(title.split())
    section = "" if same else f"\n{escape_name(heading or '')}"
    return f"**{what} · {escape_name(title)}**{section}"


def _before(text: str, start: int) -> str:
    around = text[max(0, start - _AROUND) : start]
    if start > _AROUND:  # begin with a whole word
        around = "…" + around[around.find(" ") + 1 :] if " " in around else "…" + around
    return fit(escape(around.strip()), _SIDE)


def _after(text: str, end: int) -> str:
    around = text[end : end + _AROUND]
    if end + _AROUND < len(text):
        around = around[: around.rfind(" ")] + " …" if " " in around else around + "…"
    return fit(escape(around.strip()), _SIDE)


def _url(source: str) -> str | None:
    """``source`` if it is an address that a link button may carry: at most 512 characters."""
    if len(source) > 512 or not re.fullmatch(r"https?://[!-~]+", source):
        return None
    try:
        return source if urlsplit(source).hostname else None
    except ValueError:  # brackets that hold no IPv6 address
        return None
