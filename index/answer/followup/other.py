"""What "the other one" is: of the kind of what was asked about or answered, and named beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answer.followup.candidates import Candidate, capital, sentence
from index.answer.followup.cues import Cue
from index.answer.followup.mentions import same
from index.answer.followup.names import Names
from index.answer.followup.phrases import words_of
from index.types import Turn

_OTHER = re.compile(r"\bother\b(?!\s+than)", re.IGNORECASE)
_THE_OTHER = re.compile(r"\b(?:the\s+)?other(?:\s+(?:ones?|\w+))?\b", re.IGNORECASE)
#: Turns back whose names are looked at.
REACH = 3
_NAME = re.compile(r"(?<![.!?:]\s)(?<!^)\b[A-ZÄÖÜ][\w’'-]+(?:\s+[A-ZÄÖÜ][\w’'-]+)*")


def asks_for_other(question: str) -> bool:
    """Whether another thing than the one that was said is asked about."""
    return bool(_OTHER.search(question))


def other_candidates(cue: Cue, history: Sequence[Turn], names: Names) -> list[Candidate]:
    """The question, or the one before it, with the others that "the other one" may be, the
    likeliest first; none if nothing was named beside what was talked of."""
    last = history[-1]
    asked = names.within(last.resolved_question)
    answered = (last.short_answer,) if last.short_answer else ()
    quoted = [c.quote for turn in reversed(history[-REACH:]) for c in turn.citations]
    found: list[Candidate] = []
    for focus in (*asked, *answered):
        for other in _beside(focus, quoted, names):
            if any(same(other, known) for known in (*asked, *answered)):
                continue
            found.append(Candidate(_put(cue, last, focus, other), 1.0 - 0.2 * len(found)))
    return found


def _beside(focus: str, quotes: Sequence[str], names: Names) -> list[str]:
    """The names in ``quotes`` that are of the kind of ``focus``, if it is a name."""
    kind = names.kind_of(focus)
    if not any(part[:1].isupper() for part in focus.split()):
        return []
    named = [name for quote in quotes for name in (*names.within(quote), *_NAME.findall(quote))]
    return list(dict.fromkeys(name for name in named if names.kind_of(name) == kind))


def _put(cue: Cue, last: Turn, focus: str, other: str) -> str:
    if len(words_of(cue.text)) > 3:
        return sentence(capital(_THE_OTHER.sub(other, cue.text)))
    swapped = last.resolved_question.replace(focus, other)
    return swapped if swapped != last.resolved_question else f"What about {other}?"
