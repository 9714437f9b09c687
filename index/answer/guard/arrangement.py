"""The words of the quote in another arrangement: two of them in each other's place, or one of them
where the quote has another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from index.answer.guard.finding import Finding, contradicted
from index.answer.guard.wording import Word, Wording, overlap
from index.store.lexical import STOP_WORDS

#: Words beside the exchanged ones that must keep their order, for an exchange to be one: of names,
#: and of others, which are exchanged for each other more loosely.
MIN_KEPT = {"name": 2, "number": 3, "word": 3}
#: Share of a claim's words that stand in the quote, from which it keeps close to it.
CLOSE = 0.75
#: Words that claim and quote share in a row, for the word beside them to be in its place.
MIN_BLOCK = 3
#: So many words from its place, a word belongs to what stands there.
NEAR = 4
#: Longer claims are not looked at: too many pairs.
MAX_SHARED = 24
_BY = re.compile(r"\b(?:by|von|durch|par|por|da)\b", re.IGNORECASE)
_JOINED = re.compile(
    r"[\s,]*(?:\b(?:and|or|nor|both|with)\b[\s,]*(?:the\s+|an?\s+)?)?", re.IGNORECASE
)
#: Done by two alike, whatever their order.
_MUTUAL = re.compile(
    r"\b(?:met|meets?|meeting|talk\w*|spoke|speaks?|married|marry|play\w*|fought|fights?|agreed?|"
    r"join\w*|merg\w+|border\w*|shar\w+|compet\w+|between|differ\w*|equals?|same)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"(?P<name>(?:[A-Z][\w’'.-]*\s+){1,4})(?:is|was|became|serves\s+as|served\s+as)\s+"
    r"(?:(?:the|an?|its|their)\s+)?(?P<office>\w[^,;:]*?)[.!]?\Z"
)
_RELATIVES = frozenset("who which that whose".split())
#: Beside these, a common word is in a place that another could take: "in the freezer".
_PREPOSITIONS = frozenset("of in on at for to by from with into near under over after".split())
_BEFORE = _PREPOSITIONS | frozenset("the a an this that his her its their".split())
_BEHIND = _PREPOSITIONS | frozenset("is was are were has had have will can could would".split())


class Item(NamedTuple):
    """Neighbouring words that claim and quote share, and where they stand in each."""

    text: str
    claim: tuple[int, int]
    quote: tuple[int, int]
    kind: str


def check_arrangement(claim: Wording, evidence: Wording) -> Iterator[Finding]:
    """Exchanged and misplaced words of a claim that keeps close to its quote."""
    items = _items(claim, evidence) if overlap(claim, evidence) >= CLOSE else []
    if len(items) <= MAX_SHARED and (pair := _exchanged(claim, evidence, items)):
        first, second = (item.text for item in pair)
        yield contradicted(f"The quote has “{first}” and “{second}” the other way round.")
        return
    if misplaced := _titled(claim, evidence) or _misplaced(claim, evidence):
        said, quoted = misplaced
        yield contradicted(f"It says “{said.strip()}” where the quote says “{quoted}”.")


def _items(claim: Wording, evidence: Wording) -> list[Item]:
    """What both texts have exactly once, in the order of the claim; names in one piece."""
    mine, theirs = (
        {w.stem: w for w in text.words if counts[w.stem] == 1 and _is_content(w)}
        for text in (claim, evidence)
        for counts in [Counter(word.stem for word in text.words)]
    )
    found: list[Item] = []
    for stem, word in mine.items():
        other = theirs.get(stem)
        if other is None:
            continue
        item = Item(word.text, (word.start, word.end), (other.start, other.end), _kind(word))
        last = found[-1] if found else None
        if last and last.kind == item.kind == "name" and _follows(claim, evidence, last, item):
            text = claim.text[last.claim[0] : word.end]
            found[-1] = Item(text, (last.claim[0], word.end), (last.quote[0], other.end), item.kind)
        else:
            found.append(item)
    return found


def _follows(claim: Wording, evidence: Wording, one: Item, other: Item) -> bool:
    between = (
        claim.text[one.claim[1] : other.claim[0]],
        evidence.text[one.quote[1] : other.quote[0]] if one.quote[1] <= other.quote[0] else "x",
    )
    return all(not gap.strip(" .’'") for gap in between)


def _kind(word: Word) -> str:
    if word.lower[0].isdigit():
        return "number"
    return "name" if word.text[0].isupper() else "word"


def _is_content(word: Word) -> bool:
    return word.lower not in STOP_WORDS


def _exchanged(
    claim: Wording, evidence: Wording, items: Sequence[Item]
) -> tuple[Item, Item] | None:
    """Two of ``items`` that stand in each other's place while all others keep their order."""
    places = [item.quote[0] for item in items]
    for i, j in combinations(range(len(items)), 2):
        one, other = items[i], items[j]
        if one.kind != other.kind or places[i] < places[j]:
            continue
        rest = [place for at, place in enumerate(places) if at not in {i, j}]
        between = places[i + 1 : j]
        if len(rest) < MIN_KEPT[one.kind] or rest != sorted(rest):
            continue
        # Each must have come into the other's place, not merely have moved.
        inside = [place for place in between if places[j] < place < places[i]]
        if not between or inside != between:
            continue
        if not _alike(claim, evidence, one, other):
            return one, other
    return None


def _alike(claim: Wording, evidence: Wording, one: Item, other: Item) -> bool:
    """Whether the order of the two says nothing: they are joined, or do something together, or one
    of the texts is in the passive."""
    mine = claim.text[one.claim[1] : other.claim[0]]
    theirs = evidence.text[other.quote[1] : one.quote[0]]
    if any(_JOINED.fullmatch(gap) for gap in (mine, theirs)):
        return True
    passive = [bool(_BY.search(gap)) for gap in (mine, theirs)]
    return passive[0] != passive[1] or any(_MUTUAL.search(gap) for gap in (mine, theirs))


def _titled(claim: Wording, evidence: Wording) -> tuple[str, str] | None:
    """The name of a claim such as "Reed is the harbour master", and the one that the quote has
    behind those words: "harbour master Ada Quill"."""
    match = _OFFICE.match(claim.text)
    if match is None:
        return None
    office = [w.lower for w in claim.words if w.start >= match.start("office")]
    theirs = evidence.words
    holders: list[str] = []
    for at in range(len(theirs) - len(office)):
        end = at + len(office)
        if [w.lower for w in theirs[at:end]] != office or not _touch(evidence, end - 1, end):
            continue
        size = next((i for i, w in enumerate(theirs[end:]) if _kind(w) != "name"), 9)
        name = theirs[end : end + size]
        if not name or any(word.lower in claim.lowers for word in name):
            return None
        holders.append(evidence.text[name[0].start : name[-1].end])
    return (match["name"], holders[0]) if len(office) > 1 and holders else None


def _misplaced(claim: Wording, evidence: Wording) -> tuple[str, str] | None:
    """A word of the claim beside a row of shared words, and the one that the quote has there."""
    mine, theirs = claim.words, evidence.words
    places: dict[str, list[int]] = {}
    for at, word in enumerate(theirs):
        places.setdefault(word.lower, []).append(at)
    for i, word in enumerate(mine):
        for j in places.get(word.lower, ()):
            if i and j and mine[i - 1].lower == theirs[j - 1].lower:
                continue  # not the beginning of a row
            size = _row(mine[i:], theirs[j:])
            row = theirs[j : j + size]
            if size < MIN_BLOCK or not any(_is_content(w) for w in row):
                continue
            if _is_other(claim, evidence, i + size, j + size, right=True):
                return mine[i + size].text, theirs[j + size].text
            before = _antecedent(evidence, j)
            if _is_other(claim, evidence, i - 1, before, right=False):
                return mine[i - 1].text, theirs[before].text
    return None


def _row(one: Sequence[Word], other: Sequence[Word]) -> int:
    size = 0
    for a, b in zip(one, other, strict=False):
        if a.lower != b.lower:
            break
        size += 1
    return size


def _antecedent(evidence: Wording, start: int) -> int:
    """The word before word ``start``: of "Quill, who", it is Quill. -1 if there is none."""
    at = start - 1
    if at > 0 and evidence.words[at].lower in _RELATIVES:
        return at - 1
    return at if at >= 0 and _touch(evidence, at, start) else -1


def _touch(text: Wording, one: int, other: int) -> bool:
    """Whether nothing but space stands between two neighbouring words."""
    return not text.text[text.words[one].end : text.words[other].start].strip()


def _is_other(claim: Wording, evidence: Wording, a: int, b: int, *, right: bool) -> bool:
    """Whether word ``a`` of the claim, beside a row of shared words, stands elsewhere in the
    evidence, and ``b``, which is in its place there, nowhere in the claim."""
    if not (0 <= a < len(claim.words) and 0 <= b < len(evidence.words)):
        return False
    said, quoted = claim.words[a], evidence.words[b]
    inner = -1 if right else 1
    if not _touch(claim, *sorted((a, a + inner))) or (right and not _touch(evidence, b - 1, b)):
        return False
    if not (_is_content(said) and _is_content(quoted)) or _kind(said) != _kind(quoted):
        return False
    if _kind(said) == "word" and claim.words[a + inner].lower not in (
        _BEFORE if right else _BEHIND
    ):
        return False
    if quoted.stem in claim.stems or said.lower[:4] == quoted.lower[:4]:
        return False
    elsewhere = [at for at, word in enumerate(evidence.words) if word.lower == said.lower]
    # "the director said" may leave out of "the director of the museum said", "Wisconsin" stand for
    # "Appleton, Wisconsin"; and the same row may stand in the quote twice.
    near = [
        at
        for at in elsewhere
        if abs(at - b) <= NEAR
        or evidence.same_clause(evidence.words[at].start, quoted.start)
        or (
            0 <= at + inner < len(evidence.words)
            and evidence.words[at + inner].lower == claim.words[a + inner].lower
            and not right
        )
    ]
    if right and any(_goes_on(claim, evidence, a, at) for at in elsewhere):
        return False  # "for three days in the refrigerator and for two months in the freezer"
    return bool(elsewhere) and not near


def _goes_on(claim: Wording, evidence: Wording, a: int, at: int) -> bool:
    """Whether what stands behind word ``a`` of the claim, or behind the name that it begins, stands
    behind word ``at`` of the evidence, too."""
    mine, theirs = claim.words[a:], evidence.words[at:]
    size = _row(mine, theirs)
    name = next((i for i, w in enumerate(mine) if _kind(w) != "name"), len(mine))
    return size > max(1, name)
