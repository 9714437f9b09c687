"""What the bot remembers between restarts. See :class:`Ledger`."""

from __future__ import annotations

from bot.ledger.ledger import Ledger, LedgerHealth
from bot.ledger.records import AnswerRecord, ChannelSettings, Claim, Draft, Gap, Vote
from bot.ledger.store import Store

__all__ = [
    "AnswerRecord",
    "ChannelSettings",
    "Claim",
    "Draft",
    "Gap",
    "Ledger",
    "LedgerHealth",
    "Store",
    "Vote",
]
