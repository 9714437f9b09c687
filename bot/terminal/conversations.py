"""Bounded memories of what was asked before, one for each conversation."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable

from index.answer.small_talk import HELP_ENGINE
from index.types import Answer, Turn

#: Turns that a conversation keeps.
MAX_TURNS = 8
#: Conversations kept in one process; the one that was silent longest goes first.
MAX_CONVERSATIONS = 1000

History = tuple[Turn, ...]


def extended(history: History, answer: Answer) -> History:
    """``history`` with ``answer`` as its last turn. Small talk leaves no trace."""
    if answer.engine == HELP_ENGINE:
        return history
    return (*history, answer.turn)[-MAX_TURNS:]


class Conversations:
    """Histories by key, at most ``MAX_CONVERSATIONS``."""

    def __init__(self) -> None:
        self._histories: OrderedDict[Hashable, History] = OrderedDict()

    def history(self, key: Hashable) -> History:
        return self._histories.get(key, ())

    def remember(self, key: Hashable, answer: Answer) -> None:
        self._histories[key] = extended(self.history(key), answer)
        self._histories.move_to_end(key)
        while len(self._histories) > MAX_CONVERSATIONS:
            self._histories.popitem(last=False)
