"""The whole program as its own process: real engine, real pipes, a real pseudo-terminal."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.bot.terminal.fakes import ARTICLE
from tests.bot.terminal.test_contract import KEYS

pytestmark = pytest.mark.e2e

FOOTNOTE = [sys.executable, "-m", "bot.terminal.main"]
QUESTION = "Who will Witkoff meet?"
TEXT = ARTICLE.read_text("utf-8")
TIMEOUT_S = 30


def run(
    environment: dict[str, str], *argv: str, given: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*FOOTNOTE, *argv], env=environment, input=given, capture_output=True, check=False
    )


def test_ask_shows_the_answer_and_the_quote_that_proves_it(
    program_environment: dict[str, str],
) -> None:
    done = run(program_environment, "ask", *QUESTION.split())

    assert (done.returncode, done.stderr) == (0, b"")
    answer, sources = done.stdout.decode().split("\n\nSources\n")
    assert "Macron" in answer and answer.endswith("[1]")
    assert answer.removesuffix(" [1]") in TEXT
    assert sources.startswith(f"[1] {TEXT.partition(chr(10))[0]}\n")
    assert "\x1b" not in done.stdout.decode()


def test_ask_json_proves_its_quotes_by_their_offsets(program_environment: dict[str, str]) -> None:
    done = run(program_environment, "ask", "--json", QUESTION)

    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout)
    assert list(answer) == KEYS
    assert answer["status"] == "answered"
    assert answer["short_answer"] in answer["text"]
    for citation in answer["citations"]:
        assert TEXT[citation["start"] : citation["end"]] == citation["quote"]


def test_nothing_is_written_outside_the_configured_paths(
    program_environment: dict[str, str], tmp_path: Path
) -> None:
    homes = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")
    environment = program_environment | dict.fromkeys((*homes, "TMPDIR"), str(tmp_path))
    environment.pop("ORT_DISABLE_TELEMETRY", None)

    assert run(environment, "ask", QUESTION).returncode == 0
    assert run(environment, "index", "--force").returncode == 0

    assert list(tmp_path.iterdir()) == []


def test_what_the_document_does_not_say_ends_with_1(program_environment: dict[str, str]) -> None:
    done = run(program_environment, "ask", "What is the boiling point of mercury?")

    assert done.returncode == 1
    assert b"The nearest passages\n1. " in done.stdout


def test_a_question_that_cannot_be_asked_ends_with_2(program_environment: dict[str, str]) -> None:
    done = run(program_environment, "ask", "--json", "?!")

    assert done.returncode == 2
    value = json.loads(done.stdout)
    assert list(value) == [*KEYS, "error"]
    assert done.stderr.decode().strip() == value["text"]


def test_a_pipe_into_chat_is_answered_in_plain_text(program_environment: dict[str, str]) -> None:
    done = run(program_environment, "chat", given=f"{QUESTION}\n\nWho is Barrot?\n".encode())

    assert (done.returncode, done.stderr) == (0, b"")
    shown = done.stdout.decode()
    assert shown.startswith(f"> {QUESTION}\n\n")
    assert shown.count("\n\nSources\n") == 2
    assert "\x1b" not in shown


def test_lines_are_answered_while_the_pipe_is_open(program_environment: dict[str, str]) -> None:
    lines = [b'{"question": "Who is Barrot?", "conversation": "a"}', b"{bad", b"\xff\xfe", b"",
             QUESTION.encode()]  # fmt: skip
    with subprocess.Popen(
        [*FOOTNOTE, "ask", "--json", "--lines"],
        env=program_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        values = []
        for text in lines:
            process.stdin.write(text + b"\n")
            process.stdin.flush()
            values.append(json.loads(process.stdout.readline()))
        process.stdin.close()
        assert process.stdout.read() == b""
    assert process.returncode == 0
    assert ["error" in value for value in values] == [False, True, True, True, False]
    assert values[-1]["status"] == "answered"


def test_a_reader_that_leaves_is_no_error(program_environment: dict[str, str]) -> None:
    with subprocess.Popen(
        [*FOOTNOTE, "chat"],
        env=program_environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        process.stdin.write(f"{QUESTION}\n".encode() * 3)
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
def test_an_output_without_utf_8_is_no_error(
    program_environment: dict[str, str], encoding: str
) -> None:
    environment = program_environment | {"PYTHONIOENCODING": encoding}

    done = run(environment, "ask", "Who is Barrot?")

    assert (done.returncode, done.stderr) == (0, b"")
    assert "Barrot" in done.stdout.decode(encoding)


@pytest.fixture
def terminal(
    program_environment: dict[str, str], request: pytest.FixtureRequest
) -> Iterator[pexpect.spawn[str]]:
    """``footnote chat`` at 40 columns, with the extra environment that the test names."""
    extra: dict[str, str] = request.param
    child = pexpect.spawn(
        FOOTNOTE[0],
        [*FOOTNOTE[1:], "chat"],
        env=program_environment | {"TERM": "xterm-256color"} | extra,
        dimensions=(40, 40),
        encoding="utf-8",
        timeout=TIMEOUT_S,
    )
    yield child
    child.close(force=True)


def rows(shown: str) -> list[str]:
    """The rows of what was printed, without the codes that style them."""
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown).replace("\r", "").split("\n")


@pytest.mark.parametrize("terminal", [{}, {"NO_COLOR": "1"}, {"TERM": "dumb"}], indirect=True)
def test_a_conversation_at_forty_columns(
    terminal: pexpect.spawn[str], request: pytest.FixtureRequest
) -> None:
    extra = request.node.callspec.params["terminal"]
    terminal.expect_exact("Ctrl-D leaves.")
    welcome = rows(terminal.before or "")
    assert "Footnote answers from" in welcome
    assert sum("› " in row for row in welcome) == 3

    terminal.expect_exact("›")
    terminal.sendline(QUESTION)
    terminal.expect_exact("Sources")
    terminal.expect_exact("reader")
    answer = terminal.before or ""
    assert all(len(row) <= 40 for row in rows(answer))

    colours = re.findall(r"\x1b\[[0-9;]*(?:3[0-7]|38;5;\d+)m", answer)
    assert bool(colours) is not bool(extra)
    if "TERM" in extra:
        assert "\x1b" not in answer

    terminal.sendline("/source 1")
    terminal.expect_exact("characters")
    terminal.sendline("/sorces")
    terminal.expect_exact("mean /sources?")
    terminal.expect_exact("›")  # keys that come before the prompt are the terminal's own
    terminal.send("half a line\x03")
    terminal.expect_exact("/quit leaves.")
    terminal.expect_exact("›")
    terminal.send("\x04")
    terminal.expect(pexpect.EOF)
    terminal.close()
    assert terminal.exitstatus == 0


@pytest.mark.parametrize("terminal", [{}], indirect=True)
def test_a_terminated_conversation_ends_in_order(terminal: pexpect.spawn[str]) -> None:
    terminal.expect_exact("Ctrl-D leaves.")
    terminal.expect_exact("›")
    terminal.sendline("/help")
    terminal.expect_exact("/quit")
    terminal.expect_exact("›")

    terminal.kill(15)
    terminal.expect(pexpect.EOF)
    terminal.close()

    assert terminal.exitstatus == 143


def test_a_bar_shows_that_the_index_is_built(
    program_environment: dict[str, str], tmp_path: Path
) -> None:
    child = pexpect.spawn(
        FOOTNOTE[0],
        [*FOOTNOTE[1:], "index"],
        env=program_environment
        | {"TERM": "xterm-256color", "FOOTNOTE_INDEX_DIR": str(tmp_path / "index")},
        dimensions=(40, 40),
        encoding="utf-8",
        timeout=TIMEOUT_S,
    )
    child.expect_exact("Embedding")
    child.expect_exact("Indexed")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
