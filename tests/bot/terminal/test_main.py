"""Usage, exit codes and the edge of the program."""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit, UsageError
from bot.terminal.main import COMMANDS, main

NAMES = ["chat", "ask", "check", "facts", "verify", "eval", "index", "doctor", "discord"]


@dataclass
class FakeCommand:
    """A command ``go`` that does what it is told."""

    act: Callable[[], Exit]

    def register(self, subparsers: Subparsers) -> None:
        add(subparsers, "go", self.run, help="go", description="Goes.", epilog="")

    def run(self, _: argparse.Namespace) -> Exit:
        return self.act()


def go(act: Callable[[], Exit]) -> int:
    return main(["go"], (FakeCommand(act),))


def failing(error: BaseException) -> Callable[[], Exit]:
    def act() -> NoReturn:
        raise error

    return act


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(f"\n    {name} " in shown for name in NAMES)
    assert len(COMMANDS) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([name, "--help"]) == 0
    shown = capsys.readouterr().out
    assert f"\n  footnote {name}" in shown.partition("examples:")[2]
    assert max(map(len, shown.splitlines())) <= 100


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("footnote ")


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "usage: footnote"),
        (["aks", "Who?"], "Did you mean ask?"),
        (["zebra"], "invalid choice: 'zebra'"),
        (["ask"], "There is no question."),
        (["ask", "--lines"], "--lines prints JSON."),
        (["ask", "--json", "--lines", "Who?"], "--lines reads its questions from standard input."),
        (["ask", "--jsn", "Who?"], "unrecognized arguments: --jsn"),
        (["a\x1b[2Jk"], "invalid choice"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(
    argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv) == 2
    captured = capsys.readouterr()
    assert message in captured.err
    assert captured.out == ""
    assert "\x1b" not in captured.err


def test_a_wrong_setting_ends_with_2_and_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FOOTNOTE_TOPK", "5")

    assert main(["ask", "Who?"]) == 2

    captured = capsys.readouterr()
    assert captured.err == "There is no setting FOOTNOTE_TOPK. Did you mean FOOTNOTE_TOP_K?\n"
    assert captured.out == ""


def test_exit_codes_pass_through() -> None:
    for code in Exit:
        assert main(["go"], (FakeCommand(partial(Exit, code)),)) == code


def test_an_error_of_ours_is_what_and_cure(capsys: pytest.CaptureFixture[str]) -> None:
    assert go(failing(UsageError("It is \x1b[31mred.", cure="Paint it."))) == 2
    assert capsys.readouterr().err == "It is ␛[31mred. Paint it.\n"


def test_a_fault_is_one_line_with_a_reference(capsys: pytest.CaptureFixture[str]) -> None:
    assert go(failing(RuntimeError("inside"))) == Exit.FAULT
    shown = capsys.readouterr().err
    assert shown.startswith("Something went wrong (reference ")
    assert shown.count("\n") == 1
    assert "Traceback" not in shown


def test_ctrl_c_is_130_and_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert go(failing(KeyboardInterrupt())) == 130
    assert capsys.readouterr() == ("", "")


def test_a_broken_pipe_is_silent() -> None:
    code = (
        "import sys; from bot.terminal.main import main; from tests.bot.terminal.test_main import "
        "FakeCommand, failing; from bot.terminal.output import OutputError;"
        "sys.exit(main(['go'], (FakeCommand(failing(OutputError(BrokenPipeError()))),)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (141, b"", b"")


def test_a_full_disk_is_said() -> None:
    command = [sys.executable, "-m", "bot.terminal.main", "--version"]
    with Path("/dev/full").open("w") as target:
        done = subprocess.run(command, stdout=target, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"The output cannot be written (No space left on device).\n"


@pytest.mark.parametrize("argv", [["--help"], ["ask", "--help"], ["aks"]])
def test_help_loads_no_model_and_no_library(argv: list[str]) -> None:
    code = (
        "import sys; from bot.terminal.main import main; main(sys.argv[1:]); "
        "print(*sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.splitlines()[-1].split())
    heavy = {"chromadb", "onnxruntime", "llama_index", "numpy", "rich", "prompt_toolkit"}
    assert "argparse" in loaded
    assert not loaded & (heavy | {"pydantic", "discord", "nltk", "tokenizers"})
