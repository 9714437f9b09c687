"""The console script ``footnote``.

This module and the ``register`` functions of the commands import next to nothing, so that
``footnote --help`` is immediate; a command imports what it uses when it runs.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from bot.terminal import faults
from bot.terminal.commands import ask, chat, check, discord, doctor, evaluate, facts, index, verify
from bot.terminal.commands.adding import Command
from bot.terminal.exits import Exit
from bot.terminal.output import OutputError, write_line
from bot.terminal.safety import register_plain_type, visible
from bot.terminal.screen import open_screen
from index.errors import FootnoteError

#: In the order of ``footnote --help``.
COMMANDS: tuple[Command, ...] = (chat, ask, check, facts, verify, evaluate, index, doctor, discord)

_EXAMPLES = """\
examples:
  footnote chat                             ask in a conversation
  footnote ask "Who will Witkoff meet?"     one answer, with its proof
  footnote check "Witkoff met Macron."      is it so? supported, contradicted or not found
  footnote facts                            who, when, where, how much: the fact sheet
  footnote doctor                           is everything in place?

Your own documents: put them into seeds/, or name them in FOOTNOTE_SOURCES.
exit codes: 0 done, 1 not found or a failed check, 2 wrong usage or configuration
"""


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that suggests the word that was meant."""

    def error(self, message: str) -> NoReturn:
        hint = _did_you_mean(message)
        self.exit(Exit.WRONG, visible(f"{self.prog}: {message}{hint}") + f"\n{self.format_usage()}")


def main(argv: Sequence[str] | None = None, commands: Sequence[Command] = COMMANDS) -> int:
    """Runs one command; returns its exit code (see :mod:`bot.terminal.exits`)."""
    _prepare_streams()
    try:
        code = _run(argv, commands)
        sys.stdout.flush()
    except SystemExit as request:  # argparse: help or wrong usage
        return request.code if isinstance(request.code, int) else Exit.WRONG
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return Exit.BROKEN_PIPE
    except OSError as error:
        sys.stderr.write(f"The output cannot be written ({error.strerror}).\n")
        _give_up_stdout()
        return Exit.WRONG
    return code


def build_parser(commands: Sequence[Command] = COMMANDS) -> Parser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="footnote",
        description="Answers questions about your documents and proves every answer with a quote.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    subparsers = parser.add_subparsers(metavar="COMMAND", title="commands")
    for command in commands:
        command.register(subparsers)
    return parser


def _run(argv: Sequence[str] | None, commands: Sequence[Command]) -> Exit:
    parser = build_parser(commands)
    args = parser.parse_args(argv)
    try:
        return _dispatch(parser, args)
    except FootnoteError as error:
        open_screen(sys.stderr).show(faults.error_page(error))
        return Exit.WRONG
    except OutputError as error:
        raise error.reason from None
    except Exception as error:  # noqa: BLE001 - the edge of the program
        open_screen(sys.stderr).show((faults.fault_line(error),))
        return Exit.FAULT


def _dispatch(parser: Parser, args: argparse.Namespace) -> Exit:
    if args.version:
        return _print_version()
    if "run" not in args:
        parser.print_help(sys.stderr)
        return Exit.WRONG
    code: Exit = args.run(args)
    return code


def _print_version() -> Exit:
    from importlib.metadata import version

    write_line(f"footnote {version('footnote')}")
    return Exit.DONE


def _did_you_mean(message: str) -> str:
    """A suggestion for argparse's "invalid choice: 'x' (choose from 'a', 'b')"."""
    from difflib import get_close_matches

    wrong, _, choices = message.partition(" (choose from ")
    if "invalid choice: " not in wrong or not choices:
        return ""
    word = wrong.rpartition("invalid choice: ")[2].strip("'\"")
    known = [choice.strip(" '\")") for choice in choices.split(",")]
    matches = get_close_matches(word, known, n=1)
    return f". Did you mean {matches[0]}?" if matches else ""


def _prepare_streams() -> None:
    """Output never fails on a character: what the encoding lacks is spelt another way. A stream
    that was closed before the start is nothing."""
    errors = register_plain_type()
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def _give_up_stdout() -> None:
    """Points standard output at nothing, so that the interpreter's own flush stays silent."""
    try:
        target = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, target)
    os.close(null)


if __name__ == "__main__":
    sys.exit(main())
