"""The lines of an answer from the fact sheets, and the citations that they have gathered."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from index.facts.lookup import Entry
from index.facts.types import DetailKind, FactKind
from index.facts.wording import Citer, describe, flat, flat_name, listed, plural
from index.types import Citation, Document, Passage, Span

#: Entries shown at once: each has a source, and a row of buttons has room for few.
MAX_SHOWN = 10
#: Names shown in one line, where the text says no more of them than that.
MAX_NAMES = 24
#: Sentences shown about one entry.
MAX_MENTIONS = 4
#: Kinds of which there are many that are only named.
_NAMED = frozenset({FactKind.PLACE, FactKind.ORGANISATION})


class Page:
    """Plain lines and their citations; a sentence is cited once."""

    def __init__(self, passages: Mapping[str, Sequence[Passage]]) -> None:
        self.lines: list[str] = []
        self.citations: dict[tuple[str, Span], Citation] = {}
        self._passages = passages

    def heading(self, document: Document) -> None:
        """The title of a document, above what is said of it."""
        self.lines.append(f"{flat(document.title)}:")

    def overview(
        self, entries: Sequence[Entry], kind: FactKind, most: int, *, every: bool = False
    ) -> None:
        """A heading and the first entries of a kind, or ``every`` one, if there are any."""
        if not entries:
            return
        most = MAX_NAMES if kind in _NAMED and most >= MAX_SHOWN else most
        shown = entries if every else entries[:most]
        among = ", among them" if len(shown) < len(entries) else ""
        self.lines.append(f"{plural(kind, len(entries))}{among}:")
        if kind in _NAMED:
            self._names(shown)
        else:
            self.listing(shown, len(shown))

    def listing(self, entries: Sequence[Entry], most: int = MAX_SHOWN) -> None:
        """A line for each of the first entries."""
        for entry in entries[:most]:
            self.lines.append("• " + describe(entry.fact, entry.document.text, self._citer(entry)))
        if len(entries) > most:
            self.lines.append(f"… and {len(entries) - most} more. Name one to see it.")

    def _names(self, entries: Sequence[Entry]) -> None:
        """Names in one line, unless the text says what they are; those of one sort together."""
        groups: dict[tuple[str, Span | None], list[Entry]] = defaultdict(list)
        for entry in entries:
            sort = next(iter(entry.fact.texts(DetailKind.SORT)), "")
            groups[flat(sort), entry.fact.sentence if sort else None].append(entry)
        for (sort, _), group in groups.items():
            said = f": {sort}" if sort else ""
            self.lines.append(f"• {self._named(group)}{said}")

    def _named(self, group: Sequence[Entry]) -> str:
        """ "Ukraine, Iran [1], France [2]": a marker behind the last name of each sentence."""
        marks = [self.cite(e.document, e.fact.sentence, e.fact.name.span) for e in group]
        parts = [
            flat_name(entry.fact) + (f" {mark}" if mark != following else "")
            for entry, mark, following in zip(group, marks, [*marks[1:], None], strict=True)
        ]
        return ", ".join(parts)

    def whole(self, entry: Entry) -> None:
        """An entry with every detail, and the first sentences that speak of it."""
        fact, cite = entry.fact, self._citer(entry)
        self.lines.append(describe(fact, entry.document.text, cite, whole=True))
        roles, aliases = listed(fact, cite)
        self.lines += [f"• {role}" for role in roles]
        if aliases:
            self.lines.append(f"Also called {', '.join(aliases)}")
        seen = {citation.start for citation in self.citations.values()}
        others = [span for span in fact.mentions if span.start not in seen]
        if others and fact.kind not in {FactKind.QUOTATION, FactKind.POST}:
            marks = [self.cite(entry.document, span, None) for span in others[:MAX_MENTIONS]]
            more = f" and {len(others) - len(marks)} more" if len(others) > len(marks) else ""
            self.lines.append(f"Mentioned in {' '.join(marks)}{more}")

    def sentence(self, document: Document, span: Span) -> None:
        """A verbatim sentence with its marker."""
        quote = flat(document.text[span.start : span.end])
        self.lines.append(f"{quote} {self.cite(document, span, None)}")

    def _citer(self, entry: Entry) -> Citer:
        def cite(sentence: Span, highlight: Span | None) -> str:
            return self.cite(entry.document, sentence, highlight)

        return cite

    def cite(self, document: Document, span: Span, highlight: Span | None) -> str:
        """The marker of a sentence, "[1]"."""
        key = (document.id, span)
        if key not in self.citations:
            self.citations[key] = Citation(
                number=len(self.citations) + 1,
                document_id=document.id,
                document_sha256=document.sha256,
                title=document.title,
                source=document.source,
                start=span.start,
                end=span.end,
                quote=document.text[span.start : span.end],
                passage=_passage_of(self._passages[document.id], span),
                highlight=highlight,
            )
        return f"[{self.citations[key].number}]"


def _passage_of(passages: Sequence[Passage], span: Span) -> Passage:
    """The passage that holds ``span``, or its beginning where it runs on into the next."""
    last = bisect_right(passages, span.start, key=lambda passage: passage.start) - 1
    whole = [
        p
        for p in passages[max(0, last - 1) : last + 1]
        if p.start <= span.start and span.end <= p.end
    ]
    return whole[0] if whole else passages[max(0, last)]
