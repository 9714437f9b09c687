"""``footnote check``: one claim, or many on standard input."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit, UsageError

if TYPE_CHECKING:
    from bot.terminal.asking import Asker

_EXAMPLES = """\
examples:
  footnote check "Witkoff will meet Macron."
  footnote check --json "Witkoff will meet Macron." | python -m json.tool
  footnote check --json --lines < claims.txt > verdicts.jsonl

The verdict is supported, contradicted or not_found, with the quotes that tell.
With --lines a line is a claim, or a JSON object such as {"claim": "Witkoff will meet Macron."}
exit codes: 0 supported, 1 contradicted or not found, 2 the claim cannot be checked
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "check",
        run,
        help="check a claim against the documents",
        description="Says whether your documents bear a claim out, and shows the quotes that tell.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("claim", nargs="*", help="the claim, in quotes or not")
    parser.add_argument("--json", action="store_true", help="print the verdict as a JSON object")
    parser.add_argument(
        "--lines",
        action="store_true",
        help="with --json: read claims from standard input, one a line, "
        "and print one object a line",
    )


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.safety import whole

    _check_usage(args)
    engine = startup.open_reporting(startup.begin())
    try:
        if args.lines:
            return _check_lines(engine)
        claim = whole(" ".join(args.claim))
        return check_json(engine, claim) if args.json else check_plainly(engine, claim)
    finally:
        engine.close()


def check_plainly(engine: Asker, claim: str) -> Exit:
    """Shows one verdict to people. Raises QuestionError."""
    from bot.terminal.rendering import answer_page
    from bot.terminal.screen import open_screen
    from index.answer.verdicts import check_answer
    from index.types import Verdict

    check = engine.check(claim)
    open_screen().show(answer_page(check_answer(claim, [check])))
    return Exit.DONE if check.verdict is Verdict.SUPPORTED else Exit.NOT_FOUND


def check_json(engine: Asker, claim: str) -> Exit:
    """Prints one object, whatever the claim is; then raises QuestionError for a bad one."""
    from bot.terminal import contract
    from bot.terminal.output import write_line
    from index.errors import QuestionError
    from index.types import Verdict

    try:
        check = engine.check(claim)
    except QuestionError as error:
        write_line(contract.dumps(contract.check_error_json(claim, error.what)))
        raise
    write_line(contract.dumps(contract.check_json(check)))
    return Exit.DONE if check.verdict is Verdict.SUPPORTED else Exit.NOT_FOUND


def _check_lines(engine: Asker) -> Exit:
    from bot.terminal.contract import dumps
    from bot.terminal.lines import check_lines
    from bot.terminal.output import write_line

    check_lines(engine, sys.stdin.buffer, lambda verdict: write_line(dumps(verdict)))
    return Exit.DONE


def _check_usage(args: argparse.Namespace) -> None:
    if args.lines and not args.json:
        raise UsageError("--lines prints JSON.", cure="Say: footnote check --json --lines")
    if args.lines and args.claim:
        raise UsageError(
            "--lines reads its claims from standard input.",
            cure="Leave the claim out, or leave --lines out.",
        )
    if not args.lines and not args.claim:
        raise UsageError(
            "There is no claim.", cure='Say: footnote check "Witkoff will meet Macron."'
        )
