"""Windows: runs of whole sentences that the reader is shown beside a question."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

MAX_PIECES = 130

Bounds = tuple[int, int]
CountPieces = Callable[[str], int]

_BREAK = re.compile(r"""(?<=[.!?])["'”’)\]]*\s+(?=["'“‘(\[]?[A-Z0-9])|\n+""")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|No|vs|Gen|Col|Lt|Capt|Prof|Rev|Inc|Ltd|Co|ca?|cf|e\.g|i\.e)"
    r"|\b[A-Z])\.$"
)


def sentences(text: str) -> list[Bounds]:
    """Bounds of the sentences of ``text``, in order, without the space between them."""
    bounds: list[Bounds] = []
    start = 0
    for match in _BREAK.finditer(text):
        closing = match.end() - len(match.group().lstrip("\"'”’)]"))
        if _ABBREVIATED.search(text, start, match.start()):
            continue
        if text[start : match.start()].strip():
            bounds.append((start, closing))
        start = match.end()
    if text[start:].strip():
        bounds.append((start, start + len(text[start:].rstrip())))
    return bounds


def windows(text: str, count: CountPieces, max_pieces: int = MAX_PIECES) -> list[Bounds]:
    """Bounds of windows that cover ``text``; neighbours share a sentence where two fit.

    A sentence that is longer than ``max_pieces`` makes a window by itself.
    """
    parts = sentences(text)
    sizes = [count(text[a:b]) for a, b in parts]
    result: list[Bounds] = []
    first = 0
    while first < len(parts):
        last, total = first, sizes[first]
        while last + 1 < len(parts) and total + sizes[last + 1] <= max_pieces:
            last += 1
            total += sizes[last]
        result.append((parts[first][0], parts[last][1]))
        if last + 1 == len(parts):
            break
        shares = last > first and sizes[last] + sizes[last + 1] <= max_pieces
        first = last if shares else last + 1
    return result


def window_around(
    text: str, must: Bounds, max_pieces: int, count: CountPieces, rng: random.Random
) -> Bounds:
    """A window that holds the characters ``must`` and grows to either side at random."""
    parts = sentences(text)
    held = [i for i, (a, b) in enumerate(parts) if a < must[1] and b > must[0]]
    if not held:
        return must
    first, last = held[0], held[-1]
    total = sum(count(text[a:b]) for a, b in parts[first : last + 1])
    open_ends = {-1, 1}
    while open_ends:
        step = rng.choice(sorted(open_ends))
        new = first - 1 if step < 0 else last + 1
        size = count(text[slice(*parts[new])]) if 0 <= new < len(parts) else max_pieces
        if total + size > max_pieces:
            open_ends.discard(step)
            continue
        first, last, total = min(first, new), max(last, new), total + size
    return parts[first][0], parts[last][1]


def without(text: str, bounds: Sequence[Bounds], must_go: Bounds) -> list[Bounds]:
    """The longest runs of ``bounds`` that do not touch the characters ``must_go``."""
    before = [b for b in bounds if b[1] <= must_go[0]]
    after = [b for b in bounds if b[0] >= must_go[1]]
    runs = [(run[0][0], run[-1][1]) for run in (before, after) if run]
    return [run for run in runs if text[slice(*run)].strip()]
