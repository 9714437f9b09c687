"""Organisations, by the words in their names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.facts.extraction.names import Run
from index.facts.extraction.places import Gazetteer
from index.facts.extraction.sentences import Sentence
from index.facts.extraction.vocabulary import (
    COMPANY_FORMS,
    HUMAN_VERBS,
    KNOWN_ORGANISATIONS,
    ORGANISATION_ENDS,
    ORGANISATION_OPENINGS,
    ORGANISATION_STARTS,
    SPEECH_VERBS,
)


def is_organisation_name(run: Run) -> bool:
    """Whether the words of a run name an organisation."""
    words = run.words
    if run.text in KNOWN_ORGANISATIONS or any(word in COMPANY_FORMS for word in words[1:]):
        return True
    if len(words) < 2:
        return False
    if words[-1] in ORGANISATION_ENDS or words[0] in ORGANISATION_OPENINGS:
        return True
    return any(
        word in ORGANISATION_STARTS and following == "of" for word, following in pairwise(words)
    )


def find_organisations(
    runs: Sequence[Run],
    sentences: Sequence[Sentence],
    gazetteer: Gazetteer,
    *,
    nouns_have_capitals: bool,
) -> Iterator[Run]:
    """The runs that name organisations, unions of countries among them, and the agencies that
    ``sentences`` credit a picture to."""
    parts = [_behind_article(run) if nouns_have_capitals else _inside(run) for run in runs]
    firms = {part.text for part in parts if "&" in part.words and _is_firm(part)}
    for part in parts:
        named = part.text in firms or (
            is_organisation_name(part)
            and not gazetteer.knows(part.text)
            and not _DESCRIBED.search(part.before)
        )
        speaks = bool(_SHORT.fullmatch(part.text)) and bool(_SAYS.match(part.after))
        if named or speaks or part.text in gazetteer.unions:
            yield part
    for sentence in sentences:
        for match in _CREDITED.finditer(sentence.text):
            yield Run(sentence, *match.span("agency"))


#: "an American Major League baseball team".
_DESCRIBED = re.compile(r"\b[Aa]n?\s+\Z")
_ACTS = re.compile(
    rf"\s+(?:plc\b|(?:(?:has|had|will)\s+)?(?:{'|'.join(sorted(SPEECH_VERBS | HUMAN_VERBS))})\b)"
)
_WITH_FIRM = re.compile(r"\b(?:by|from|of|with|at|to)\s+(?:the\s+)?\Z")


def _is_firm(run: Run) -> bool:
    """Whether "Brunel & Hart" does, or has done to it, what a firm does; "Black & White" may be
    a whisky."""
    return bool(_WITH_FIRM.search(run.before) or _ACTS.match(run.after))


#: "SNTM called the plan a cold shower".
_SHORT = re.compile(r"[A-Z]{2,6}")
_SAYS = re.compile(rf"\s+(?:(?:has|had)\s+)?(?:{'|'.join(sorted(SPEECH_VERBS))})\b")
#: "(Evelyn Hockstein/AFP)".
_CREDITED = re.compile(r"\([A-ZÀ-Þ][^()/\d]{3,40}/(?P<agency>[A-Z][\w ]{1,30})\)")


def _behind_article(run: Run) -> Run:
    """ "Nordlicht Energie AG" of the German "Prozent der Nordlicht Energie AG"."""
    words = run.words
    articles = [at for at, word in enumerate(words[:-1]) if word in {"der", "des", "den", "von"}]
    return run.part(articles[-1] + 1) if articles else run


def _inside(run: Run) -> Run:
    """The organisation in "Noor Haddad of the Fjord Security Lab", in "Partner GmbH of Graz"."""
    words = run.words
    if words[:2] != ("Port", "of") and "of" in words:
        at = words.index("of")
        if at >= 2 and words[at - 1] in COMPANY_FORMS:
            return run.part(0, at)
        behind = at + 2 if words[at + 1 : at + 2] == ("the",) else at + 1
        is_own = any(word in ORGANISATION_STARTS for word in words[:at])
        if not is_own and behind < len(words) and words[-1] in ORGANISATION_ENDS:
            return run.part(behind)
    return run
