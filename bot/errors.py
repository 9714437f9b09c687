"""Errors of the front ends' shared parts.

FootnoteError
├── ServiceError     a question was not worked on, or not to the end
│   ├── CoolingDown  this user asked too much in too short a time
│   ├── QueueFull    too many questions are waiting
│   ├── TookTooLong  the engine did not answer in time
│   └── ShuttingDown the program is about to stop
├── LedgerError      the bot's ledger is not there or cannot be read
└── DiscordError     Discord refuses us or cannot be reached
"""

from __future__ import annotations

import math

from index.errors import FootnoteError


class ServiceError(FootnoteError):
    """A question was not worked on, or not to the end. ``cure`` is for the asker."""


class CoolingDown(ServiceError):
    """This user asked too much in too short a time."""

    def __init__(self, wait_s: float) -> None:
        seconds = max(1, math.ceil(wait_s))
        super().__init__(
            "That was quick: you have asked several questions in a row.",
            cure=f"Please ask again in {seconds} second{'s' if seconds != 1 else ''}.",
        )
        self.wait_s = wait_s


class QueueFull(ServiceError):
    """Too many questions are waiting."""

    def __init__(self, waiting: int) -> None:
        super().__init__(
            f"{waiting} questions are waiting already, so I cannot take another one now.",
            cure="Please ask again in a minute.",
        )


class TookTooLong(ServiceError):
    """The engine did not answer in time."""

    def __init__(self, timeout_s: float) -> None:
        super().__init__(
            f"I did not find an answer within {timeout_s:g} seconds.",
            cure="Please ask again, perhaps with a shorter question.",
        )


class ShuttingDown(ServiceError):
    """The program is about to stop."""

    def __init__(self) -> None:
        super().__init__("I am being restarted.", cure="Please ask again in a minute.")


class LedgerError(FootnoteError):
    """The bot's ledger is not there or cannot be read. ``cure`` is for the operator."""


class DiscordError(FootnoteError):
    """Discord refuses us or cannot be reached. ``cure`` is for the operator."""
