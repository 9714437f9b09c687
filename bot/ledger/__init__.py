"""What the bot remembers between restarts. See :class:`Ledger`."""

from __future__ import annotations

from bot.ledger.ledger import Ledger, LedgerHealth
from bot.ledger.records import AnswerRecord, ChannelSettings, Claim, Draft, Vote
from bot.ledger.store import Store

__all__ = [
    "AnswerRecord",
    "ChannelSettings",
    "Claim",
    "Draft",
    "Ledger",
    "LedgerHealth",
    "Store",
    "Vote",
]
