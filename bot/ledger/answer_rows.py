"""The answers in the ledger: what was said, where it is shown, what it left open."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import Any

from bot.ledger import codec
from bot.ledger.records import AnswerRecord, Gap
from index.answer.readings import CHOICE_ENGINE
from index.types import Status, Turn

#: Exchanges that are kept of one conversation.
MOST_TURNS = 8
_ANSWERS = (
    "SELECT id, at, user, guild_id, channel_id, conversation, private, surface, answer, shown_in"
    " FROM answers"
)


def storable(text: str) -> str:
    """``text`` without lone surrogates, which SQLite cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


class AnswerRows:
    """The part of :class:`bot.ledger.Store` that reads and writes answers."""

    _db: sqlite3.Connection

    def save_answer(self, record: AnswerRecord) -> None:
        """Keep an answer, as a turn of its conversation, and as a gap if nothing was found."""
        answer = record.answer
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._db.execute(
                "INSERT OR REPLACE INTO answers VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (
                    record.id,
                    record.at,
                    record.user,
                    record.guild_id,
                    record.channel_id,
                    record.conversation,
                    record.private,
                    record.surface,
                    answer.status.value,
                    codec.dump(answer),
                    record.shown_in,
                ),
            )
            self._add_messages(record.id, record.message_ids)
            if answer.engine == "help" or record.surface == "check":
                return
            # Close questions are offered, not asked: what comes next is no choice among them.
            turn = answer.turn
            if answer.engine != CHOICE_ENGINE:
                turn = replace(turn, choices=())
            self._db.execute(
                "INSERT OR REPLACE INTO turns VALUES (?,?,?,?,?)",
                (record.conversation, record.at, record.user, record.id, codec.dump(turn)),
            )
            self._db.execute(
                "DELETE FROM turns WHERE conversation = ? AND at NOT IN (SELECT at FROM turns"
                " WHERE conversation = ? ORDER BY at DESC LIMIT ?)",
                (record.conversation, record.conversation, MOST_TURNS),
            )
            if answer.status is Status.NOT_FOUND and answer.engine != CHOICE_ENGINE:
                self._db.execute(
                    "INSERT OR REPLACE INTO gaps VALUES (?,?,?,?)",
                    (record.id, record.at, record.guild_id, storable(answer.question)),
                )

    def add_messages(
        self, answer_id: str, message_ids: tuple[int, ...], shown_in: int | None
    ) -> None:
        """Note which messages show an answer, and in which channel the first of them is."""
        with self._db:
            self._db.execute("BEGIN IMMEDIATE")
            self._add_messages(answer_id, message_ids)
            self._db.execute("UPDATE answers SET shown_in = ? WHERE id = ?", (shown_in, answer_id))

    def answer(self, answer_id: str) -> AnswerRecord | None:
        row = self._db.execute(f"{_ANSWERS} WHERE id = ?", (answer_id,)).fetchone()
        return None if row is None else self._record(row)

    def answers_before(
        self, guild_id: int | None, before: AnswerRecord | None, most: int
    ) -> tuple[AnswerRecord, ...]:
        """``most`` answers given in a server (None: anywhere), newest first, from the one that
        follows ``before``."""
        at, last_id = (before.at, before.id) if before is not None else (float("inf"), "")
        rows = self._db.execute(
            f"{_ANSWERS} WHERE (?1 IS NULL OR guild_id = ?1) AND (at < ?2 OR at = ?2 AND id < ?3)"
            " ORDER BY at DESC, id DESC LIMIT ?4",
            (guild_id, at, last_id, most),
        )
        return tuple(self._record(row) for row in rows.fetchall())

    def conversation_of(self, message_id: int) -> str | None:
        """The conversation that a message of ours belongs to."""
        row = self._db.execute(
            "SELECT conversation FROM answers JOIN answer_messages ON answer_id = id"
            " WHERE message_id = ?",
            (message_id,),
        ).fetchone()
        return None if row is None else str(row[0])

    def forget_turns(self, conversation: str) -> bool:
        """Begin a conversation anew; its answers stay. False if nothing was said in it."""
        cursor = self._db.execute("DELETE FROM turns WHERE conversation = ?", (conversation,))
        return cursor.rowcount > 0

    def turns(self, conversation: str, since: float = 0.0) -> tuple[Turn, ...]:
        """The last exchanges of a conversation from ``since`` on, oldest first."""
        rows = self._db.execute(
            "SELECT turn FROM turns WHERE conversation = ? AND at >= ? ORDER BY at",
            (conversation, since),
        )
        return tuple(codec.load_turn(turn) for (turn,) in rows)

    def gaps(self, guild_id: int) -> tuple[Gap, ...]:
        """Questions asked openly in a server that found nothing, newest first."""
        rows = self._db.execute(
            "SELECT question, gaps.at, channel_id FROM gaps JOIN answers ON answer_id = id"
            " WHERE gaps.guild_id = ? AND NOT private ORDER BY gaps.at DESC",
            (guild_id,),
        )
        return tuple(Gap(*row) for row in rows)

    def _record(self, row: tuple[Any, ...]) -> AnswerRecord:
        """A row of :data:`_ANSWERS`, and the messages that show it."""
        messages = self._db.execute(
            "SELECT message_id FROM answer_messages WHERE answer_id = ? ORDER BY ordinal",
            (row[0],),
        )
        return AnswerRecord(
            id=row[0],
            at=row[1],
            user=row[2],
            guild_id=row[3],
            channel_id=row[4],
            conversation=row[5],
            private=bool(row[6]),
            surface=row[7],
            answer=codec.load_answer(row[8]),
            message_ids=tuple(message for (message,) in messages),
            shown_in=row[9],
        )

    def _add_messages(self, answer_id: str, message_ids: tuple[int, ...]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO answer_messages SELECT ?,?,? WHERE EXISTS"
            " (SELECT 1 FROM answers WHERE id = ?)",
            [(m, n, answer_id, answer_id) for n, m in enumerate(message_ids)],
        )
