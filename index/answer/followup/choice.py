"""What somebody chose when asked which of several readings they meant."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.followup.phrases import words_of
from index.answer.followup.vocabulary import WH

_ORDINALS = ("first", "second", "third")


def chosen_of(reply: str, choices: Sequence[str]) -> str | None:
    """The one of ``choices`` that ``reply`` names, by its number or by words that only it has;
    None if it names none."""
    plain = reply.strip(" .!?()#").casefold()
    for number, choice in enumerate(choices):
        names = {str(number + 1), choice.strip(" .!?").casefold()}
        if number < len(_ORDINALS):
            ordinal = _ORDINALS[number]
            names |= {ordinal, f"the {ordinal}", f"the {ordinal} one"}
        if plain in names:
            return choice
    wanted = {word.lower for word in words_of(plain)}
    if wanted & WH:
        return None  # another question
    fitting = [c for c in choices if wanted <= {word.lower for word in words_of(c.casefold())}]
    return fitting[0] if wanted and len(fitting) == 1 else None
