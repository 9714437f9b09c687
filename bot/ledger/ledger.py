"""The ledger as the bot uses it: off the event loop, and never a reason to stop answering.

When the file is locked, full or unwritable, the bot goes on in memory, tries the file again
every half minute, and copies over what it gathered. A file of a newer version is left alone. A
corrupt one is set aside under another name and a new one begun.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import secrets
import sqlite3
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.ledger.records import AnswerRecord, Claim
from bot.ledger.schema import NewerLedger
from bot.ledger.set_aside import drop_set_aside, set_aside
from bot.ledger.store import Store
from bot.workers import Workers

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

#: Seconds after which a file that could not be used is tried again.
RETRY_S = 30.0
#: Answers kept at hand: buttons are mostly clicked on fresh ones.
MOST_RECENT = 256
#: A clock that gains or loses more than this between two purges has jumped, or the machine slept;
#: nothing is deleted then. If it still says so at the next purge, it is believed.
CLOCK_JUMP_S = 2 * 86_400.0
_CORRUPT = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@dataclass(frozen=True, slots=True)
class LedgerHealth:
    """``problem`` is None when all is well; otherwise what is wrong and since when it matters."""

    path: Path
    problem: str | None
    #: Where a corrupt file was put, if there was one.
    set_aside: Path | None = None


class Ledger:
    """Open with :meth:`open`; ``read`` and ``write`` run one operation of :class:`Store`."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path = path
        self._clock = clock
        self._monotonic = monotonic
        #: What both clocks said at the last purge, at first when the ledger was made.
        self._compared = (clock(), monotonic())
        self._thread = Workers(1, name="footnote-ledger")
        # When a caller is cancelled its thread goes on, and another takes its place. SQLite
        # crashes the process if one closes the connection that the other is using.
        self._alone = threading.Lock()
        self._disk: Store | None = None
        self._memory = Store()
        self._problem: str | None = "not opened yet"
        self._set_aside: Path | None = None
        self._retry_at = 0.0
        self._salt = b""
        self._recent: OrderedDict[str, AnswerRecord] = OrderedDict()

    @property
    def health(self) -> LedgerHealth:
        return LedgerHealth(self._path, self._problem, self._set_aside)

    def now(self) -> float:
        """Seconds since 1970, as rows are dated."""
        return self._clock()

    async def open(self) -> None:
        """Open or create the file. Never raises for the file's sake: see :attr:`health`."""
        await self._run(self._open)

    async def close(self) -> None:
        await self._run(self._close)
        self._thread.close()

    async def read(
        self, operation: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The result of one reading operation, from memory first while the file is unusable."""
        work = partial(self._read, lambda store: operation(store, *args, **kwargs))
        return await self._run(work)

    async def write(
        self, operation: Callable[Concatenate[Store, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The result of one writing operation, on the file if possible, else in memory."""
        work = partial(self._write, lambda store: operation(store, *args, **kwargs))
        return await self._run(work)

    # what the bot asks most

    async def claim(self, claim: Claim) -> bool:
        """True for exactly one caller for each key, across restarts."""
        if await self.read(Store.is_claimed, claim.key):
            return False
        return await self.write(Store.claim, claim)

    async def save_answer(self, record: AnswerRecord) -> None:
        self._remember(record)
        await self.write(Store.save_answer, record)

    async def shown(
        self, answer_id: str, message_ids: tuple[int, ...], shown_in: int | None
    ) -> None:
        """Note the messages that show an answer, and in which channel the first of them is."""
        if (record := self._recent.get(answer_id)) is not None:
            self._remember(replace(record, message_ids=message_ids, shown_in=shown_in))
        await self.write(Store.add_messages, answer_id, message_ids, shown_in)

    def recent(self, answer_id: str) -> AnswerRecord | None:
        """The answer, if it is at hand; for those who cannot wait."""
        return self._recent.get(answer_id)

    async def answer(self, answer_id: str) -> AnswerRecord | None:
        record = self._recent.get(answer_id)
        if record is None:
            record = await self.read(Store.answer, answer_id)
            if record is not None:
                self._remember(record)
        return record

    async def forget(self, user: str) -> int:
        """Delete all that is kept of a user, here and in the file."""
        for answer_id in [i for i, record in self._recent.items() if record.user == user]:
            del self._recent[answer_id]
        return await self.write(Store.forget, user)

    async def purge(self, keep_days: int) -> int:
        """Delete what is older than ``keep_days``; 0 and a warning when the clock has jumped."""
        wall, ticks = self._compared
        now, ticking = self._compared = (self._clock(), self._monotonic())
        drift = (now - wall) - (ticking - ticks)
        if abs(drift) > CLOCK_JUMP_S:
            log.warning("The clock moved by %.0f s; nothing is deleted this time", drift)
            return 0
        before = now - keep_days * 86_400.0
        await self._run(partial(drop_set_aside, self._path, before))
        return await self.write(Store.purge, before)

    def pseudonym(self, user_id: int) -> str:
        """A user's name in the ledger: keyed with this installation's salt, so that nobody
        without the ledger can tell who it is."""
        return hmac.new(self._salt, str(user_id).encode(), hashlib.sha256).hexdigest()[:32]

    async def _run(self, work: Callable[[], T]) -> T:
        def alone() -> T:
            with self._alone:
                return work()

        return await self._thread.run(alone)

    # in a thread of the ledger's own, one at a time

    def _open(self) -> None:
        self._try_disk()
        if not self._salt:  # the file cannot be read: a salt for as long as that lasts
            self._salt = secrets.token_bytes(32)

    def _close(self) -> None:
        if self._problem is not None and self._retry_at < float("inf"):
            self._try_disk()
        if self._disk is not None:
            self._disk.close()
            self._disk = None
            self._problem = "closed"
        self._retry_at = float("inf")
        self._memory.close()
        self._memory = Store()  # for what comes too late, and is not kept

    def _try_disk(self) -> None:
        """Open the file if need be, and copy over what was gathered in memory."""
        self._retry_at = self._monotonic() + RETRY_S
        try:
            if self._disk is None:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._disk = self._open_file()
            self._disk.absorb(self._memory)
            self._share_salt(self._disk)
        except NewerLedger as error:
            self._fail(f"it was written by a newer version of Footnote ({error})", retry=False)
        except (sqlite3.Error, OSError) as error:
            self._fail(f"it cannot be used ({error})")
        else:
            if self._problem not in {None, "not opened yet"}:
                log.warning("The ledger %s can be used again", self._path)
            self._memory.close()
            self._memory = Store()
            self._problem = None

    def _share_salt(self, store: Store) -> None:
        """The file's salt is the one that counts; a new file gets ours."""
        if (kept := store.value("salt")) is not None:
            self._salt = bytes.fromhex(kept)
            return
        self._salt = self._salt or secrets.token_bytes(32)
        store.set_value("salt", self._salt.hex())

    def _open_file(self) -> Store:
        try:
            return Store(self._path)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF not in _CORRUPT:
                raise
        self._set_aside = set_aside(self._path, self._clock())
        return Store(self._path)

    def _fail(self, problem: str, *, retry: bool = True) -> None:
        if not retry:
            self._retry_at = float("inf")
        if self._problem != problem:
            log.error("The ledger %s is out of use: %s. Going on in memory.", self._path, problem)
        self._problem = problem

    def _read(self, operation: Callable[[Store], T]) -> T:
        if self._problem is None and self._disk is not None:
            try:
                return operation(self._disk)
            except sqlite3.Error as error:
                self._lose_disk(error)
        found = operation(self._memory)
        if found or self._disk is None:
            return found
        try:  # a locked file can still be read
            return operation(self._disk)
        except sqlite3.Error:
            return found

    def _write(self, operation: Callable[[Store], T]) -> T:
        if self._problem is not None and self._monotonic() >= self._retry_at:
            self._try_disk()
        if self._problem is None and self._disk is not None:
            try:
                return operation(self._disk)
            except sqlite3.Error as error:
                self._lose_disk(error)
            if self._problem is None:  # a new file took the place of a corrupt one
                return operation(self._disk)
        return operation(self._memory)

    def _lose_disk(self, error: sqlite3.Error) -> None:
        """Decide what an error of the open file means."""
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _CORRUPT and self._disk is not None:
            self._disk.close()
            self._disk = None
            try:
                self._set_aside = set_aside(self._path, self._clock())
            except OSError as reason:
                self._fail(f"it is corrupt and cannot be set aside ({reason})")
                return
            self._try_disk()
            return
        self._retry_at = self._monotonic() + RETRY_S
        self._fail(f"it cannot be used ({error})")

    def _remember(self, record: AnswerRecord) -> None:
        self._recent[record.id] = record
        self._recent.move_to_end(record.id)
        while len(self._recent) > MOST_RECENT:
            self._recent.popitem(last=False)
