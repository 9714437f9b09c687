"""Reading and writing one SQLite file. Synchronous; :class:`bot.ledger.Ledger` keeps it off the
event loop. Every method is one transaction: after a ``kill -9`` it has happened or it has not."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from bot.ledger.answer_rows import AnswerRows, storable
from bot.ledger.records import ChannelSettings, Claim, Draft, Vote
from bot.ledger.schema import migrate, refuse_newer

#: Milliseconds that a statement waits for another process to finish writing.
BUSY_MS = 500
MEMORY = ":memory:"


class Store(AnswerRows):
    """An open ledger file, or one in memory. Raises sqlite3.Error, and NewerLedger on opening."""

    def __init__(self, path: Path | str = MEMORY) -> None:
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            self._db.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
            refuse_newer(self._db)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")
            self._db.execute("PRAGMA foreign_keys = ON")
            migrate(self._db)
        except BaseException:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    # what was taken up

    def is_claimed(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM claims WHERE key = ?", (key,)).fetchone() is not None

    def claim(self, claim: Claim) -> bool:
        """True for the one caller that takes up this question; False if it is taken already."""
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO claims (key, at, channel_id, token, digest, user)"
            " VALUES (?,?,?,?,?,?)",
            (claim.key, claim.at, claim.channel_id, claim.token, claim.digest, claim.user),
        )
        return cursor.rowcount == 1

    def finish(self, key: str) -> None:
        """The question is done with; where it was asked matters no more."""
        self._db.execute(
            "UPDATE claims SET done = 1, token = NULL, channel_id = NULL WHERE key = ?", (key,)
        )

    def unfinished(self, since: float, before: float) -> tuple[Claim, ...]:
        """Questions taken up in ``since <= at < before`` and never finished."""
        rows = self._db.execute(
            "SELECT key, at, channel_id, token, digest, user FROM claims"
            " WHERE done = 0 AND at >= ? AND at < ? ORDER BY at",
            (since, before),
        )
        return tuple(Claim(*row) for row in rows)

    def digest(self, key: str) -> str | None:
        """The digest of the question that was taken up under ``key``."""
        row = self._db.execute("SELECT digest FROM claims WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    # votes, drafts, channels, settings

    def vote(self, vote: Vote) -> bool:
        """Record or change a vote. False when the answer is not kept any more."""
        cursor = self._db.execute(
            "INSERT OR REPLACE INTO votes SELECT ?,?,?,?,? WHERE EXISTS"
            " (SELECT 1 FROM answers WHERE id = ?)",
            (
                vote.answer_id,
                vote.user,
                vote.helpful,
                storable(vote.reason),
                vote.at,
                vote.answer_id,
            ),
        )
        return cursor.rowcount == 1

    def votes(self, answer_id: str) -> tuple[Vote, ...]:
        rows = self._db.execute(
            "SELECT answer_id, user, helpful, reason, at FROM votes WHERE answer_id = ?"
            " ORDER BY at",
            (answer_id,),
        )
        return tuple(Vote(row[0], row[1], bool(row[2]), row[3], row[4]) for row in rows)

    def save_draft(self, draft: Draft) -> bool:
        """Keep an edited question. True when there was none for this message before."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            known = self._db.execute(
                "SELECT 1 FROM drafts WHERE message_id = ?", (draft.message_id,)
            ).fetchone()
            self._db.execute(
                "INSERT OR REPLACE INTO drafts VALUES (?,?,?,?,?)",
                (
                    draft.message_id,
                    draft.at,
                    draft.user,
                    storable(draft.question),
                    draft.conversation,
                ),
            )
        return known is None

    def draft(self, message_id: int) -> Draft | None:
        row = self._db.execute(
            "SELECT message_id, at, user, question, conversation FROM drafts WHERE message_id = ?",
            (message_id,),
        ).fetchone()
        return None if row is None else Draft(*row)

    def channel(self, channel_id: int) -> ChannelSettings | None:
        row = self._db.execute(
            "SELECT channel_id, guild_id, answer_all, forum, threads FROM channels"
            " WHERE channel_id = ?",
            (channel_id,),
        ).fetchone()
        return None if row is None else ChannelSettings(row[0], row[1], *map(bool, row[2:]))

    def channels(self) -> tuple[ChannelSettings, ...]:
        rows = self._db.execute(
            "SELECT channel_id, guild_id, answer_all, forum, threads FROM channels"
        )
        return tuple(ChannelSettings(row[0], row[1], *map(bool, row[2:])) for row in rows)

    def set_channel(self, settings: ChannelSettings) -> None:
        self._db.execute(
            "INSERT OR REPLACE INTO channels VALUES (?,?,?,?,?)",
            (
                settings.channel_id,
                settings.guild_id,
                settings.answer_all,
                settings.forum,
                settings.threads,
            ),
        )

    def value(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def set_value(self, key: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO meta VALUES (?,?)", (key, value))

    # forgetting

    def forget(self, user: str) -> int:
        """Delete all that was kept of a user; the number of answers and votes deleted. Of the
        questions themselves the ids stay, so that none is answered twice."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute("DELETE FROM turns WHERE user = ?", (user,))
            self._db.execute("DELETE FROM drafts WHERE user = ?", (user,))
            self._db.execute("UPDATE claims SET user = '', digest = '' WHERE user = ?", (user,))
            votes = self._db.execute("DELETE FROM votes WHERE user = ?", (user,)).rowcount
            answers = self._db.execute("DELETE FROM answers WHERE user = ?", (user,)).rowcount
        return votes + answers

    def purge(self, before: float) -> int:
        """Delete what is older than ``before``; the number of answers deleted."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in ("claims", "turns", "drafts"):
                self._db.execute(f"DELETE FROM {table} WHERE at < ?", (before,))
            return self._db.execute("DELETE FROM answers WHERE at < ?", (before,)).rowcount

    def absorb(self, other: Store) -> None:
        """Take over the rows of ``other`` that are not here yet."""
        tables = ("meta", "channels", "claims", "answers", "answer_messages", "votes", "gaps")
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            for table in (*tables, "turns", "drafts"):
                # Channel settings and claims that were changed meanwhile are the newer ones.
                verb = "REPLACE" if table in {"channels", "claims"} else "IGNORE"
                for row in other._db.execute(f"SELECT * FROM {table}"):
                    marks = ",".join("?" * len(row))
                    self._db.execute(f"INSERT OR {verb} INTO {table} VALUES ({marks})", row)
