"""All checks of the guard on one claim and one quote."""

from __future__ import annotations

from collections.abc import Iterator

from index.answer.guard.amounts import check_amounts
from index.answer.guard.arrangement import check_arrangement
from index.answer.guard.comparison import check_comparison
from index.answer.guard.copies import check_copies
from index.answer.guard.dates import check_dates, dates
from index.answer.guard.finding import Finding
from index.answer.guard.modality import check_modality
from index.answer.guard.names import check_names
from index.answer.guard.polarity import check_polarity
from index.answer.guard.quantities import quantities
from index.answer.guard.roles import check_roles, clauses
from index.answer.guard.wording import wording
from index.types import Verdict


def examine(claim: str, evidence: str, context: str = "") -> Finding | None:
    """The gravest objection to saying that ``evidence`` bears ``claim`` out, or None.

    ``context`` is text around the evidence (title, heading, the sentence before): names and years
    that the evidence only points at may stand there. Contradictions come before what is missing.
    """
    first: Finding | None = None
    for finding in findings(claim, evidence, context):
        if finding.verdict is Verdict.CONTRADICTED:
            return finding
        first = first or finding
    return first


def findings(claim: str, evidence: str, context: str = "") -> Iterator[Finding]:
    """Everything that the guard has against ``claim``, in the order of the checks."""
    mine, theirs, around = wording(claim), wording(evidence), wording(context)
    if claim == evidence:
        return
    said, quoted = dates(claim), dates(evidence)
    yield from check_amounts(
        mine,
        theirs,
        quantities(claim, [when.span for when in said]),
        quantities(evidence, [when.span for when in quoted]),
    )
    yield from check_dates(mine, theirs, said, quoted, dates(context))
    yield from check_names(mine, theirs, around)
    for part in clauses(claim):
        yield from check_roles(wording(part), theirs)
    yield from check_polarity(mine, theirs)
    yield from check_modality(mine, theirs)
    yield from check_comparison(mine, theirs)
    yield from check_copies(mine, theirs)
    yield from check_arrangement(mine, theirs)
