"""The tables, and how an older ledger becomes a new one. ``PRAGMA user_version`` counts."""

from __future__ import annotations

import sqlite3

_FIRST = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE claims (
    key TEXT PRIMARY KEY, at REAL NOT NULL, channel_id INTEGER, token TEXT,
    digest TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX claims_open ON claims (done, at);
CREATE TABLE answers (
    id TEXT PRIMARY KEY, at REAL NOT NULL, user TEXT NOT NULL, guild_id INTEGER,
    channel_id INTEGER, conversation TEXT NOT NULL, private INTEGER NOT NULL,
    surface TEXT NOT NULL, status TEXT NOT NULL, answer TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX answers_at ON answers (at);
CREATE INDEX answers_user ON answers (user);
CREATE TABLE answer_messages (
    message_id INTEGER PRIMARY KEY, ordinal INTEGER NOT NULL,
    answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE
);
CREATE INDEX answer_messages_answer ON answer_messages (answer_id);
CREATE TABLE votes (
    answer_id TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
    user TEXT NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (answer_id, user)
) WITHOUT ROWID;
CREATE TABLE gaps (
    answer_id TEXT PRIMARY KEY REFERENCES answers (id) ON DELETE CASCADE,
    at REAL NOT NULL, guild_id INTEGER, question TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE turns (
    conversation TEXT NOT NULL, at REAL NOT NULL, user TEXT NOT NULL, answer_id TEXT NOT NULL,
    turn TEXT NOT NULL, PRIMARY KEY (conversation, at, answer_id)
) WITHOUT ROWID;
CREATE TABLE channels (
    channel_id INTEGER PRIMARY KEY, guild_id INTEGER NOT NULL, answer_all INTEGER NOT NULL,
    forum INTEGER NOT NULL, threads INTEGER NOT NULL
);
CREATE TABLE drafts (
    message_id INTEGER PRIMARY KEY, at REAL NOT NULL, user TEXT NOT NULL,
    question TEXT NOT NULL, conversation TEXT
);
"""

#: Whose claims there were so far is not known, so what is not needed of them goes.
_OWNERS = """
ALTER TABLE claims ADD COLUMN user TEXT NOT NULL DEFAULT '';
CREATE INDEX claims_user ON claims (user);
UPDATE claims SET channel_id = NULL, token = NULL, digest = '' WHERE done = 1;
ALTER TABLE answers ADD COLUMN shown_in INTEGER;
"""

#: Entry n brings a ledger from version n to n + 1. Entries are never changed, only added.
MIGRATIONS: tuple[str, ...] = (_FIRST, _OWNERS)
VERSION = len(MIGRATIONS)


class NewerLedger(Exception):
    """The file was written by a later version of the program."""


def refuse_newer(connection: sqlite3.Connection) -> None:
    """Raises NewerLedger for a database of a later version. Changes nothing."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > VERSION:
        raise NewerLedger(f"version {version}, this program knows {VERSION}")


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the open database to :data:`VERSION`, each step in one transaction."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    for number in range(version, VERSION):
        connection.executescript(
            f"BEGIN IMMEDIATE;{MIGRATIONS[number]}PRAGMA user_version = {number + 1};COMMIT;"
        )
