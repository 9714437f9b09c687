"""Which mentions are of one place or organisation, and which name which."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from index.facts.extraction.names import Run
from index.facts.extraction.places import IN_PLACE, PlaceMention
from index.facts.extraction.vocabulary import SPEECH_VERBS
from index.facts.types import Detail, DetailKind, Excerpt, Fact, FactKind

#: Evidence that makes a name a place's; see ``extraction.places``.
MIN_PLACE_EVIDENCE = 1.0
#: The same for the average of all mentions: where one of them shows it, and where "to Hallay" and
#: "on Hallay" only hint at it.
MIN_SHARE_SHOWN, MIN_SHARE_HINTED = 0.25, 0.4


def resolve_places(mentions: Iterable[PlaceMention], taken: Collection[str]) -> tuple[Fact, ...]:
    """One entry a place; names in ``taken`` are a person's or an organisation's."""
    groups: dict[str, list[PlaceMention]] = defaultdict(list)
    for mention in mentions:
        groups[mention.name.text].append(mention)
    facts: list[Fact] = []
    for name, group in groups.items():
        if name in taken or not _is_place(group):
            continue
        shown = next((m for m in group if m.sort), group[0])
        sorts = {m.sort.text: m for m in reversed(group) if m.sort}
        facts.append(
            _fact(
                FactKind.PLACE,
                shown.name,
                [m.name for m in group],
                [(m.sort, m.name) for m in sorts.values() if m.sort],
            )
        )
    return tuple(facts)


def _is_place(group: Sequence[PlaceMention]) -> bool:
    """Whether some mention shows it, and not only a few of many: "to believe in Islamism"."""
    evidence = sum(mention.evidence for mention in group)
    shown = any(mention.evidence >= MIN_PLACE_EVIDENCE for mention in group)
    share = MIN_SHARE_SHOWN if shown else MIN_SHARE_HINTED
    return evidence >= max(MIN_PLACE_EVIDENCE, share * len(group))


def resolve_organisations(mentions: Sequence[Run], runs: Sequence[Run]) -> tuple[Fact, ...]:
    """One entry an organisation. A single word that opens the name of just one, and elsewhere
    does what organisations do, is that one: "Norsund announced" for "Norsund Lines"."""
    groups: dict[str, list[Run]] = defaultdict(list)
    for run in mentions:
        groups[run.text].append(run)
    aliases: dict[str, list[Run]] = defaultdict(list)
    for name, whole in _whole_names(groups).items():
        aliases[whole] += groups.pop(name)
    short = short_names(groups)
    located = {run.text for run in runs if IN_PLACE.search(run.before)}
    acting = {run.text for run in runs if run.text in short and _ACTS.match(run.after)} - located
    for run in runs:
        if run.text in acting:
            aliases[short[run.text]].append(run)
    return tuple(
        _fact(
            FactKind.ORGANISATION,
            group[0],
            [*group, *aliases[name]],
            [],
            alias=aliases[name][0] if aliases[name] else None,
        )
        for name, group in groups.items()
    )


def _whole_names(names: Iterable[str]) -> dict[str, str]:
    """Names that end just one other, and that one: "Hydrographic Office" of "Royal Hydrographic
    Office"."""
    found: dict[str, str] = {}
    for name in names:
        longer = [other for other in names if other.endswith(f" {name}")]
        if len(longer) == 1 and " of " not in longer[0]:
            found[name] = longer[0]
    return {name: found.get(whole, whole) for name, whole in found.items()}


def short_names(names: Iterable[str]) -> dict[str, str]:
    """First words that open just one of ``names``, which has two words or more."""
    openings: dict[str, set[str]] = defaultdict(set)
    for name in names:
        words = name.split()
        if len(words) > 1:
            openings[words[0]].add(name)
    return {word: next(iter(owners)) for word, owners in openings.items() if len(owners) == 1}


_ACTS = re.compile(rf"[’']s\s|\s+(?:(?:has|had|will)\s+)?(?:{'|'.join(sorted(SPEECH_VERBS))})\b")


def _fact(
    kind: FactKind,
    shown: Run,
    mentions: Sequence[Run],
    sorts: Sequence[tuple[Excerpt, Run]],
    alias: Run | None = None,
) -> Fact:
    details = [Detail(DetailKind.SORT, sort, run.sentence.span) for sort, run in sorts]
    if alias is not None:
        details.append(Detail(DetailKind.ALIAS, alias.excerpt(), alias.sentence.span))
    spans = sorted({run.sentence.span for run in mentions})
    return Fact(kind, shown.excerpt(), shown.sentence.span, tuple(details), tuple(spans))
