"""Citations: made from the source text, and checked against it."""

from __future__ import annotations

import re

from index.types import Answer, Citation, Document, Passage, Span

_MARKER = re.compile(r"\[(\d{1,6})\]")


def sentence_span(passage: Passage, span: Span) -> Span:
    """The sentence of ``passage`` that holds most of ``span``; the whole passage if none does."""

    def shared(sentence: Span) -> int:
        return min(sentence.end, span.end) - max(sentence.start, span.start)

    best = max(passage.sentences, key=shared)
    return best if shared(best) > 0 else Span(passage.start, passage.end)


def cite(
    number: int,
    document: Document,
    passage: Passage,
    sentence: Span,
    highlight: Span | None = None,
) -> Citation:
    """A citation of ``sentence``; the quote is cut from the document, never typed."""
    return Citation(
        number=number,
        document_id=document.id,
        document_sha256=document.sha256,
        title=document.title,
        source=document.source,
        start=sentence.start,
        end=sentence.end,
        quote=document.text[sentence.start : sentence.end],
        passage=passage,
        highlight=highlight,
    )


def faults(answer: Answer, documents: dict[str, Document]) -> list[str]:
    """What is wrong with the proof of ``answer``; empty if every citation holds.

    Checks that every quote is ``document.text[start:end]`` of the document with that sha256, that
    its passage is one of that document, too, that the highlight lies inside and says the short
    answer, and that the text's markers and the citations are the same numbers. What looks like a
    marker inside a quote is the source's own, and in the question the asker's.
    """
    found: list[str] = []
    for citation in answer.citations:
        name = f"[{citation.number}]"
        document = documents.get(citation.document_id)
        if document is None or document.sha256 != citation.document_sha256:
            found.append(f"{name} cites a document that is not there")
            continue
        if document.text[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"{name} is not what the document says there")
        passage = citation.passage
        if document.text[passage.start : passage.end] != passage.text:
            found.append(f"{name} comes from a passage that is not in the document")
        mark = citation.highlight
        if mark is not None and not citation.start <= mark.start < mark.end <= citation.end:
            found.append(f"{name} highlights something outside its quote")
        if f"[{citation.number}]" not in answer.text:
            found.append(f"{name} is not in the text")
    numbers = [citation.number for citation in answer.citations]
    if numbers != list(range(1, len(numbers) + 1)):
        found.append("the citations are not numbered from 1")
    said = answer.text
    for citation in answer.citations:
        said = said.replace(citation.quote, "")
    stray = _markers(said) - _markers(answer.question) - set(numbers)
    found += [f"[{number}] is in the text, but cites nothing" for number in sorted(stray)]
    shown = {
        document.text[c.highlight.start : c.highlight.end]
        for c in answer.citations
        if c.highlight and (document := documents.get(c.document_id))
    }
    if answer.short_answer is not None and answer.short_answer not in shown:
        found.append("the short answer is in no quote")
    return found


def _markers(text: str) -> set[int]:
    return {int(number) for number in _MARKER.findall(text)}
