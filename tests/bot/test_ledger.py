from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.ledger import AnswerRecord, ChannelSettings, Claim, Draft, Gap, Ledger, Store, Vote
from bot.ledger.codec import dump, load_answer, load_turn
from bot.ledger.schema import MIGRATIONS, VERSION
from index import Engine
from index.answer.readings import CHOICE_ENGINE
from index.types import Answer, RejectedClaim, Span, Turn
from tests.bot.scripted import answered, document, not_found

Open = Callable[..., object]


class Clock:
    def __init__(self) -> None:
        self.wall = 1_800_000_000.0
        self.ticks = 50.0

    def passes(self, seconds: float) -> None:
        self.wall += seconds
        self.ticks += seconds


@pytest_asyncio.fixture
async def ledger(tmp_path: Path, clock: Clock) -> AsyncIterator[Ledger]:
    ledger = Ledger(tmp_path / "l.sqlite3", clock=lambda: clock.wall, monotonic=lambda: clock.ticks)
    await ledger.open()
    yield ledger
    await ledger.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


def record(
    answer: Answer | None = None, *, id: str = "a" * 12, user: str = "u", at: float = 1.8e9
) -> AnswerRecord:
    return AnswerRecord(
        id=id,
        at=at,
        user=user,
        guild_id=1,
        channel_id=2,
        conversation="m:3",
        private=False,
        surface="mention",
        answer=answer or answered(document(), short=Span(26, 30)),
        message_ids=(9, 10),
    )


@pytest.mark.parametrize("question", ["Who will Witkoff meet?", "Who is the king of Spain?", "hi"])
def test_real_answers_survive_as_json(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert load_answer(dump(answer)) == replace(answer, timings_ms=dict(answer.timings_ms))


def test_rejected_claims_and_lone_surrogates_survive() -> None:
    answer = replace(
        answered(document()), question="\ud800?", rejected=(RejectedClaim("x", "no quote"),)
    )
    assert load_answer(dump(answer)) == answer


async def test_an_answer_is_found_again_by_id_and_message(tmp_path: Path, ledger: Ledger) -> None:
    await ledger.save_answer(record())
    again = Ledger(tmp_path / "l.sqlite3")
    await again.open()
    assert await again.answer("a" * 12) == record()
    assert await again.read(Store.conversation_of, 10) == "m:3"
    assert await again.answer("b" * 12) is None
    await again.close()


async def test_a_question_is_claimed_once_across_restarts(tmp_path: Path, ledger: Ledger) -> None:
    claim = Claim("m:1", 5.0, 2, digest="d")
    assert await ledger.claim(claim) is True
    assert await ledger.claim(claim) is False
    again = Ledger(tmp_path / "l.sqlite3")
    await again.open()
    assert await again.claim(claim) is False
    assert await again.read(Store.unfinished, 0.0, 6.0) == (claim,)
    await again.write(Store.finish, "m:1")
    assert await again.read(Store.unfinished, 0.0, 6.0) == ()
    await again.close()


async def test_the_token_of_an_interaction_is_not_kept_longer_than_needed(
    tmp_path: Path, ledger: Ledger
) -> None:
    await ledger.claim(Claim("i:1", 5.0, 2, token="s3cret-token"))
    await ledger.write(Store.finish, "i:1")
    rows = sqlite3.connect(tmp_path / "l.sqlite3").execute("SELECT token FROM claims").fetchall()
    assert rows == [(None,)]


async def test_histories_are_bounded_and_in_order(ledger: Ledger) -> None:
    for number in range(12):
        answer = answered(document(), question=f"q{number}")
        await ledger.save_answer(record(answer, id=f"{number:012x}", at=1.8e9 + number))
    turns = await ledger.read(Store.turns, "m:3")
    assert [turn.question for turn in turns] == [f"q{n}" for n in range(4, 12)]
    assert turns[0].citations == answered(document()).citations
    turn = Turn("q", "r", None, ())
    assert load_turn(dump(turn)) == turn


async def test_votes_count_once_for_each_user_and_need_an_answer(ledger: Ledger) -> None:
    vote = Vote("a" * 12, "u", False, "wrong \ud800", 1.0)
    assert await ledger.write(Store.vote, vote) is False
    await ledger.save_answer(record())
    assert await ledger.write(Store.vote, vote) is True
    assert await ledger.write(Store.vote, replace(vote, helpful=True, reason="")) is True
    assert await ledger.read(Store.votes, "a" * 12) == (replace(vote, helpful=True, reason=""),)


async def test_what_was_not_found_is_a_gap(ledger: Ledger) -> None:
    await ledger.save_answer(record())
    open_ = record(not_found(document()), id="b" * 12)
    await ledger.save_answer(open_)
    await ledger.save_answer(replace(open_, id="c" * 12, private=True))
    assert await ledger.read(Store.gaps, 1) == (Gap("Who painted it?", 1.8e9, 2),)
    assert await ledger.read(Store.gaps, 7) == ()


async def test_questions_that_are_merely_offered_are_no_choice_to_make(ledger: Ledger) -> None:
    offering = replace(not_found(document()), choices=("Who is Ada Quill?",))
    await ledger.save_answer(record(offering))
    (turn,) = await ledger.read(Store.turns, "m:3")
    assert turn.choices == ()
    asked_back = replace(offering, engine=CHOICE_ENGINE)
    await ledger.save_answer(record(asked_back))
    (turn,) = await ledger.read(Store.turns, "m:3")
    assert turn.choices == ("Who is Ada Quill?",)


async def test_answers_are_read_in_pages_newest_first(ledger: Ledger) -> None:
    for letter, at in zip("abcd", (1.0, 2.0, 2.0, 3.0), strict=True):
        await ledger.save_answer(record(id=letter * 12, at=at))
    first = await ledger.read(Store.answers_before, 1, None, 2)
    rest = await ledger.read(Store.answers_before, None, first[-1], 9)
    assert [each.id[0] for each in (*first, *rest)] == ["d", "c", "b", "a"]
    assert await ledger.read(Store.answers_before, 7, None, 9) == ()


async def test_forget_me_deletes_everything_of_one_user(ledger: Ledger) -> None:
    await ledger.save_answer(record())
    await ledger.save_answer(record(not_found(document()), id="b" * 12, user="v"))
    await ledger.write(Store.vote, Vote("b" * 12, "u", True, "", 1.0))
    await ledger.write(Store.save_draft, Draft(5, 1.0, "u", "q", None))
    assert await ledger.forget("u") == 2
    assert await ledger.answer("a" * 12) is None
    assert await ledger.read(Store.draft, 5) is None
    assert await ledger.read(Store.votes, "b" * 12) == ()
    assert (await ledger.answer("b" * 12)) is not None
    assert [turn.question for turn in await ledger.read(Store.turns, "m:3")] == ["Who painted it?"]


async def test_what_comes_after_the_end_does_no_harm(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.sqlite3")
    await ledger.open()
    await ledger.claim(Claim("m:1", 1.0, 2))
    await ledger.close()
    await ledger.write(Store.finish, "m:1")
    assert await ledger.read(Store.is_claimed, "m:1") is False


async def kept(ledger: Ledger) -> list[str]:
    """The ids of all answers."""
    return [each.id for each in await ledger.read(Store.answers_before, None, None, 99)]


async def test_retention_deletes_the_old_and_keeps_the_new(ledger: Ledger, clock: Clock) -> None:
    await ledger.save_answer(record(at=clock.wall))
    await ledger.claim(Claim("m:1", clock.wall, 2))
    clock.passes(89 * 86_400)
    await ledger.save_answer(record(id="b" * 12, at=clock.wall))
    assert await ledger.purge(90) == 0
    clock.passes(2 * 86_400)
    assert await ledger.purge(90) == 1
    assert await kept(ledger) == ["b" * 12]
    assert await ledger.read(Store.is_claimed, "m:1") is False


async def test_a_clock_that_jumps_deletes_nothing(ledger: Ledger, clock: Clock) -> None:
    await ledger.save_answer(record(at=clock.wall))
    clock.wall += 400 * 86_400
    assert await ledger.purge(90) == 0
    assert await kept(ledger) == ["a" * 12]


async def test_a_machine_that_slept_deletes_again_at_the_next_purge(
    ledger: Ledger, clock: Clock
) -> None:
    await ledger.save_answer(record(at=clock.wall))
    clock.passes(89 * 86_400)
    clock.wall += 5 * 86_400  # asleep: the monotonic clock stands still
    assert await ledger.purge(90) == 0
    clock.passes(86_400)
    assert await ledger.purge(90) == 1


async def test_corrupt_ledgers_that_were_set_aside_are_deleted_in_time(
    tmp_path: Path, clock: Clock
) -> None:
    path = tmp_path / "l.sqlite3"
    path.write_bytes(b"this is no database at all" * 200)
    ledger = Ledger(path, clock=lambda: clock.wall, monotonic=lambda: clock.ticks)
    await ledger.open()
    aside = ledger.health.set_aside
    assert aside is not None
    write_ahead = aside.with_name(f"{aside.name}-wal")
    write_ahead.touch()
    clock.passes(89 * 86_400)
    await ledger.purge(90)
    assert aside.exists()
    clock.passes(2 * 86_400)
    await ledger.purge(90)
    assert not aside.exists() and not write_ahead.exists()
    assert path.exists()
    await ledger.close()


async def test_pseudonyms_need_the_salt_and_stay_the_same(tmp_path: Path, ledger: Ledger) -> None:
    name = ledger.pseudonym(123456789012345678)
    assert "123456789012345678" not in name and len(name) == 32
    again = Ledger(tmp_path / "l.sqlite3")
    await again.open()
    assert again.pseudonym(123456789012345678) == name
    await again.close()
    other = Ledger(tmp_path / "other.sqlite3")
    await other.open()
    assert other.pseudonym(123456789012345678) != name
    await other.close()


async def test_channel_settings_are_kept(ledger: Ledger) -> None:
    settings = ChannelSettings(4, 1, answer_all=True, threads=True)
    await ledger.write(Store.set_channel, settings)
    assert await ledger.read(Store.channel, 4) == settings
    assert await ledger.read(Store.channels) == (settings,)


async def test_a_corrupt_file_is_set_aside_and_a_new_one_begun(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    path.write_bytes(b"this is no database at all" * 200)
    ledger = Ledger(path)
    await ledger.open()
    aside = ledger.health.set_aside
    assert ledger.health.problem is None and aside is not None
    assert aside.read_bytes().startswith(b"this is no database")
    await ledger.save_answer(record())
    await ledger.close()
    again = Ledger(path)
    await again.open()
    assert await again.answer("a" * 12) == record()
    await again.close()


async def test_a_file_that_is_damaged_while_open_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    ledger = Ledger(path)
    await ledger.open()
    name = ledger.pseudonym(7)
    for number in range(30):
        await ledger.save_answer(record(id=f"{number:012x}"))
    await ledger.close()
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * 200_000)
    ledger = Ledger(path)
    await ledger.open()
    await ledger.save_answer(record(id="c" * 12))
    assert await ledger.answer("c" * 12) is not None
    assert ledger.health.problem is None
    assert len(ledger.pseudonym(7)) == len(name)
    await ledger.close()


async def test_a_newer_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
        newer.execute("CREATE TABLE future (x)")
    newer.close()
    before = path.read_bytes()
    ledger = Ledger(path)
    await ledger.open()
    assert "newer version" in (ledger.health.problem or "")
    await ledger.save_answer(record())
    assert await ledger.answer("a" * 12) == record()
    assert await ledger.claim(Claim("m:1", 1.0, 2)) is True
    assert await ledger.claim(Claim("m:1", 1.0, 2)) is False
    await ledger.close()
    assert path.read_bytes() == before


async def test_a_locked_ledger_is_worked_around_and_caught_up(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "l.sqlite3"
    ledger = Ledger(path, clock=lambda: clock.wall, monotonic=lambda: clock.ticks)
    await ledger.open()
    await ledger.claim(Claim("m:1", 1.0, 2))
    name = ledger.pseudonym(7)
    lock = sqlite3.connect(path, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    await ledger.save_answer(record())
    assert "locked" in (ledger.health.problem or "")
    assert await ledger.claim(Claim("m:1", 1.0, 2)) is False  # still read from the file
    assert await ledger.claim(Claim("m:2", 1.0, 2)) is True
    assert await ledger.claim(Claim("m:2", 1.0, 2)) is False
    assert await ledger.answer("a" * 12) == record()
    lock.execute("ROLLBACK")
    lock.close()
    clock.passes(60)
    await ledger.claim(Claim("m:3", 1.0, 2))
    assert ledger.health.problem is None
    assert ledger.pseudonym(7) == name
    await ledger.close()
    store = Store(path)
    assert store.answer("a" * 12) == record()
    assert all(store.is_claimed(f"m:{n}") for n in (1, 2, 3))
    store.close()


async def test_a_full_disk_is_worked_around_and_caught_up(tmp_path: Path, clock: Clock) -> None:
    path = tmp_path / "l.sqlite3"
    ledger = Ledger(path, clock=lambda: clock.wall, monotonic=lambda: clock.ticks)
    await ledger.open()
    disk = ledger._disk
    assert disk is not None
    # SQLite's own limit raises what a full disk does: SQLITE_FULL.
    disk._db.execute("PRAGMA max_page_count = 1")
    records = [replace(record(id=f"{n:012x}"), message_ids=(n + 1,)) for n in range(40)]
    for each in records:
        await ledger.save_answer(each)
    assert "full" in (ledger.health.problem or "")
    assert await kept(ledger)
    assert await ledger.claim(Claim("m:1", 1.0, 2)) is True
    assert await ledger.claim(Claim("m:1", 1.0, 2)) is False
    disk._db.execute("PRAGMA max_page_count = 100000")
    clock.passes(60)
    await ledger.claim(Claim("m:2", 1.0, 2))
    assert ledger.health.problem is None
    await ledger.close()
    store = Store(path)
    assert [store.answer(each.id) for each in records] == records
    assert store.is_claimed("m:1") and store.is_claimed("m:2")
    store.close()


async def test_a_ledger_in_an_impossible_place_does_not_stop_the_bot(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    ledger = Ledger(tmp_path / "file" / "l.sqlite3")
    await ledger.open()
    assert ledger.health.problem is not None
    await ledger.save_answer(record())
    assert await ledger.answer("a" * 12) == record()
    await ledger.close()


@pytest.mark.e2e
def test_kill_9_loses_nothing_that_was_written(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    script = textwrap.dedent(
        f"""
        from bot.ledger import Claim, Store
        store = Store({str(path)!r})
        for number in range(100_000):
            store.claim(Claim(f"m:{{number}}", 1.0, 2))
            print(number, flush=True)
        """
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    assert writer.stdout is not None
    last = 0
    for line in writer.stdout:
        last = int(line)
        if last >= 200:
            os.kill(writer.pid, signal.SIGKILL)
            break
    writer.stdout.close()
    writer.wait()
    store = Store(path)
    assert all(store.is_claimed(f"m:{number}") for number in range(last + 1))
    store.close()


async def test_migration_starts_from_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    sqlite3.connect(path).close()
    store = Store(path)
    store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()


def test_a_ledger_of_the_first_version_keeps_what_is_needed(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite3"
    old = sqlite3.connect(path)
    old.executescript(f"{MIGRATIONS[0]}PRAGMA user_version = 1;")
    old.execute("INSERT INTO claims VALUES ('m:1', 1.0, 2, NULL, 'd', 1)")
    old.execute("INSERT INTO claims VALUES ('m:2', 1.0, 2, NULL, 'd', 0)")
    old.commit()
    old.close()
    store = Store(path)
    assert store.digest("m:1") == "" and store.is_claimed("m:1")
    assert store.unfinished(0.0, 2.0) == (Claim("m:2", 1.0, 2, digest="d"),)
    store.close()


async def test_closing_waits_for_an_operation_whose_caller_was_cancelled(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite3")
    await ledger.open()
    entered, release = threading.Event(), threading.Event()
    found: list[bool] = []

    def slow(store: Store) -> None:
        entered.set()
        release.wait(10)
        found.append(store.is_claimed("m:1"))  # the connection must still be open

    writing = asyncio.create_task(ledger.write(slow))
    await asyncio.to_thread(entered.wait, 10)
    writing.cancel()
    await asyncio.gather(writing, return_exceptions=True)
    closing = asyncio.create_task(ledger.close())
    done, _ = await asyncio.wait([closing], timeout=0.2)
    assert not done
    release.set()
    await closing
    assert found == [False]
