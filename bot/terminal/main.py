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

from bot.terminal.commands import ask, chat, discord, doctor, index
from bot.terminal.exits import Exit
from bot.terminal.safety import register_plain_type, visible

#: In the order of ``footnote --help``. A command is a module with ``register(subparsers)``.
COMMANDS = (chat, ask, index, doctor, discord)

_EXAMPLES = """\
examples:
  footnote chat                             ask in a conversation
  footnote ask "Who will Witkoff meet?"     one answer, with its proof
  footnote doctor                           is everything in place?

Your own documents: put them into seeds/, or name them in FOOTNOTE_SOURCES.
exit codes: 0 done, 1 not found or a failed check, 2 wrong usage or configuration
"""


class Parser(argparse.ArgumentParser):
    """An ArgumentParser that suggests the word that was meant."""

    def error(self, message: str) -> NoReturn:
        hint = _did_you_mean(message)
        self.exit(Exit.WRONG, visible(f"{self.prog}: {message}{hint}") + f"\n{self.format_usage()}")


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (see :mod:`bot.terminal.exits`)."""
    _prepare_streams()
    try:
        code = _run(argv)
        sys.stdout.flush()
    except SystemExit as request:  # argparse: help, version or wrong usage
        return request.code if isinstance(request.code, int) else Exit.WRONG
    except KeyboardInterrupt:
        return Exit.INTERRUPTED
    except BrokenPipeError:
        _give_up_stdout()
        return Exit.BROKEN_PIPE
    return code


def build_parser() -> Parser:
    """The parser of the whole command line."""
    parser = Parser(
        prog="footnote",
        description="Answers questions about your documents and proves every answer with a quote.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    subparsers = parser.add_subparsers(metavar="COMMAND", title="commands", parser_class=Parser)
    for command in COMMANDS:
        command.register(subparsers)
    return parser


def _run(argv: Sequence[str] | None) -> Exit:
    parser = build_parser()
    args = parser.parse_args(argv)
    if args.version:
        return _print_version()
    if "run" not in args:
        parser.print_help(sys.stderr)
        return Exit.WRONG
    from index.errors import FootnoteError

    try:
        code: Exit = args.run(args)
    except FootnoteError as error:
        from bot.terminal.faults import error_page
        from bot.terminal.screen import open_screen

        open_screen(sys.stderr).show(error_page(error))
        return Exit.WRONG
    except BrokenPipeError:
        raise
    except Exception as error:  # noqa: BLE001 - the edge of the program
        from bot.terminal.faults import fault_line
        from bot.terminal.screen import open_screen

        open_screen(sys.stderr).show((fault_line(error),))
        return Exit.FAULT
    return code


def _print_version() -> Exit:
    from importlib.metadata import version

    sys.stdout.write(f"footnote {version('footnote')}\n")
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
    """Output never fails on a character: what the encoding lacks is spelt another way."""
    errors = register_plain_type()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)


def _give_up_stdout() -> None:
    """Points standard output at nothing, so that the interpreter's own flush stays silent."""
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, sys.stdout.fileno())
    os.close(null)


if __name__ == "__main__":
    sys.exit(main())
