"""Reading a ledger beside the bot that keeps it. Nothing is written, whatever the file is."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.errors import LedgerError
from bot.ledger import codec
from bot.ledger.schema import VERSION
from index.types import Answer

_CURE = "Set FOOTNOTE_LEDGER to the bot's ledger."


def kept_answers(path: Path) -> Iterator[Answer]:
    """Every answer that the ledger at ``path`` keeps, newest first. Raises LedgerError if there is
    none there, or it is another program's or another version's."""
    if not path.exists():
        raise LedgerError(
            f"There is no ledger at {path}: the bot has not answered yet.", cure=_CURE
        )
    try:
        with closing(sqlite3.connect(_read_only(path), uri=True)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version != VERSION:
                raise LedgerError(
                    f"{path} is no ledger of this version of Footnote.",
                    cure="Start the bot once, which brings its ledger up to date, or correct "
                    "FOOTNOTE_LEDGER.",
                )
            for (text,) in database.execute("SELECT answer FROM answers ORDER BY at DESC, id DESC"):
                yield codec.load_answer(text)
    except sqlite3.Error as error:
        raise LedgerError(f"The ledger at {path} cannot be read ({error}).", cure=_CURE) from None


def _read_only(path: Path) -> str:
    return f"file:{quote(str(path.absolute()))}?mode=ro"
