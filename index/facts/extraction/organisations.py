"""Organisations, by the words in their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.facts.extraction.names import Run
from index.facts.extraction.places import Gazetteer
from index.facts.extraction.vocabulary import (
    KNOWN_ORGANISATIONS,
    ORGANISATION_ENDS,
    ORGANISATION_STARTS,
)


def is_organisation_name(run: Run) -> bool:
    """Whether the words of a run name an organisation."""
    words = run.words
    if run.text in KNOWN_ORGANISATIONS:
        return True
    if len(words) < 2:
        return False
    if words[-1] in ORGANISATION_ENDS:
        return True
    return any(
        word in ORGANISATION_STARTS and following == "of" for word, following in pairwise(words)
    )


def find_organisations(runs: Sequence[Run], gazetteer: Gazetteer) -> Iterator[Run]:
    """The runs that name organisations, unions of countries among them."""
    for run in runs:
        part = _inside(run)
        named = is_organisation_name(part) and not gazetteer.knows(part.text)
        if named or part.text in gazetteer.unions:
            yield part


def _inside(run: Run) -> Run:
    """The organisation in "Noor Haddad of the Fjord Security Lab"."""
    words = run.words
    if words[:2] != ("Port", "of") and "of" in words:
        at = words.index("of")
        behind = at + 2 if words[at + 1 : at + 2] == ("the",) else at + 1
        is_own = any(word in ORGANISATION_STARTS for word in words[:at])
        if not is_own and behind < len(words) and words[-1] in ORGANISATION_ENDS:
            return run.part(behind)
    return run
