"""Reading a ledger beside the bot that keeps it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from bot.errors import LedgerError
from bot.ledger.schema import NewerLedger
from bot.ledger.store import Store
from index.types import Answer

#: Answers that are taken from the file at a time.
_CHUNK = 200


def kept_answers(path: Path) -> Iterator[Answer]:
    """Every answer that the ledger at ``path`` keeps, newest first. Raises LedgerError if there is
    none or it cannot be read; never makes one."""
    if not path.exists():
        raise LedgerError(
            f"There is no ledger at {path}: the bot has not answered yet.",
            cure="Set FOOTNOTE_LEDGER to the bot's ledger.",
        )
    try:
        store = Store(path)
        try:
            last = None
            while records := store.answers_before(None, last, _CHUNK):
                yield from (record.answer for record in records)
                last = records[-1]
        finally:
            store.close()
    except (sqlite3.Error, NewerLedger) as error:
        raise LedgerError(
            f"The ledger at {path} cannot be read ({error}).",
            cure="Set FOOTNOTE_LEDGER to the bot's ledger.",
        ) from None
