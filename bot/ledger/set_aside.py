"""Corrupt ledgers: set aside for whoever can mend them, and deleted as old as answers may get."""

from __future__ import annotations

import logging
import time
from pathlib import Path

log = logging.getLogger(__name__)

#: Between the name of the ledger and when it was set aside.
_ASIDE = ".corrupt-"
#: A ledger, and what SQLite keeps beside it.
_PARTS = ("", "-wal", "-shm")


def set_aside(ledger: Path, at: float) -> Path:
    """Renames ``ledger`` and what belongs to it by the time ``at``; its new name."""
    aside = ledger.with_name(ledger.name + _ASIDE + _stamp(at))
    for suffix in _PARTS:
        part = ledger.with_name(ledger.name + suffix)
        if part.exists():
            part.replace(aside.with_name(aside.name + suffix))
    log.error("The ledger %s is corrupt; it was set aside as %s", ledger, aside.name)
    return aside


def drop_set_aside(ledger: Path, before: float) -> None:
    """Deletes what was set aside of ``ledger`` before that time: it holds what people asked."""
    start = ledger.name + _ASIDE
    try:
        for part in ledger.parent.iterdir():
            if part.name.startswith(start) and part.name[len(start) :] < _stamp(before):
                part.unlink()
                log.info("The corrupt ledger %s was deleted", part.name)
    except OSError as error:
        log.warning("Corrupt ledgers that were set aside cannot be deleted: %s", error)


def _stamp(at: float) -> str:
    return time.strftime("%Y%m%d-%H%M%S", time.gmtime(at))
