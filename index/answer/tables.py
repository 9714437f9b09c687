"""Looks a cell up in a table of pipes, as Markdown writes it.

A reader of running text finds the table, but seldom the cell: that takes the row that the question
names and the column that it asks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.store.lexical import content_words, stem, words
from index.types import Span

_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
#: A pipe that is not escaped, in the group.
_PIPE = re.compile(r"\\.|(\|)")


@dataclass(frozen=True, slots=True)
class Table:
    """A heading row and the rows below it; cells are offsets into ``text``, of no width where a
    cell is empty."""

    text: str
    heading: tuple[Span, ...]
    rows: tuple[tuple[Span, ...], ...]

    def is_heading(self, place: Span) -> bool:
        """Whether ``place`` lies in the heading row."""
        return self.heading[0].start <= place.start < self.heading[-1].end

    def cell(self, question: str, language: str | None = None) -> Span | None:
        """The cell in the row that ``question`` names, of the column that it asks for; None if it
        does not name one row and one column, or that cell is empty."""
        wanted = set(stem(content_words(question), language))
        heads = [self._stems(cell, language) & wanted for cell in self.heading]
        named = [[self._stems(cell, language) & wanted for cell in row] for row in self.rows]
        row = _only_best([len(set().union(*cells)) for cells in named])
        if row is None:
            return None
        keys = [n for n, cell in enumerate(named[row]) if cell]
        others = [n for n in range(len(self.rows[row])) if n not in keys]
        asked = _only_best([len(heads[n]) if n < len(heads) else 0 for n in others])
        if asked is None:
            asked = 0 if len(others) == 1 else None
        if asked is None:
            return None
        cell = self.rows[row][others[asked]]
        return cell if cell.start < cell.end else None

    def _stems(self, cell: Span, language: str | None) -> set[str]:
        return set(stem(words(self.text[cell.start : cell.end]), language))


def table_around(text: str, place: Span) -> Table | None:
    """The table that ``place`` stands in, if there is one."""
    lines = list(_lines_with_pipes(text, place.start))
    if len(lines) < 3 or not _RULE.match(text, *lines[1]):
        return None
    heading, *rows = (tuple(_cells(text, line)) for line in (lines[0], *lines[2:]))
    if not heading or not all(rows):
        return None
    return Table(text, heading, tuple(rows))


def _lines_with_pipes(text: str, inside: int) -> Iterator[Span]:
    """The lines around offset ``inside``, up and down, as long as they hold a pipe."""
    start = text.rfind("\n", 0, inside) + 1
    while start > 0:
        above = text.rfind("\n", 0, start - 1) + 1
        if "|" not in text[above : start - 1]:
            break
        start = above
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if "|" not in text[start:end]:
            return
        yield Span(start, end)
        start = end + 1


def _cells(text: str, line: Span) -> Iterator[Span]:
    """The cells between the pipes of ``line``, the empty ones too, so that each stands in its
    column; what is empty before the first pipe and behind the last one is no cell."""
    pipes = [match.start() for match in _PIPE.finditer(text, *line) if match[1]]
    starts = [line.start, *(at + 1 for at in pipes)]
    ends = [*pipes, line.end]
    for start, end in zip(starts, ends, strict=True):
        content = text[start:end].strip()
        if content:
            begin = start + text[start:end].index(content)
            yield Span(begin, begin + len(content))
        elif line.start < start and end < line.end:
            yield Span(start, start)


def _only_best(scores: Sequence[int]) -> int | None:
    """Where the greatest score is; None if it is 0 or stands twice."""
    best = max(scores, default=0)
    return scores.index(best) if best > 0 and scores.count(best) == 1 else None
