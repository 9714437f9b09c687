"""``footnote ask``: one question, or many on standard input."""

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
  footnote ask "Who will Witkoff meet?"
  footnote ask --json "Who will Witkoff meet?" | python -m json.tool
  footnote ask --json --lines < questions.txt > answers.jsonl

With --lines a line is a question, or a JSON object such as
  {"question": "And Rubio?", "conversation": "any name"}
Lines with the same conversation share a history.
exit codes: 0 answered, 1 not in the document, 2 the question cannot be asked
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "ask",
        run,
        help="answer one question, with the quote that proves it",
        description="Answers a question from your documents and shows the quote that proves it.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("question", nargs="*", help="the question, in quotes or not")
    parser.add_argument("--json", action="store_true", help="print the answer as a JSON object")
    parser.add_argument(
        "--lines",
        action="store_true",
        help="with --json: read questions from standard input, one a line, "
        "and print one object a line",
    )


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.safety import whole

    _check_usage(args)
    engine = startup.open_reporting(startup.begin())
    try:
        if args.lines:
            return _answer_lines(engine)
        question = whole(" ".join(args.question))
        return ask_json(engine, question) if args.json else ask_plainly(engine, question)
    finally:
        engine.close()


def ask_plainly(engine: Asker, question: str) -> Exit:
    """Shows one answer to people. Raises QuestionError."""
    from bot.terminal.rendering import answer_page, draft_page
    from bot.terminal.screen import open_screen
    from index.types import Status

    screen = open_screen()
    with screen.preview() as show:
        answer = engine.ask(question, on_settled=lambda text: show(draft_page(text)))
    screen.show(answer_page(answer))
    return Exit.DONE if answer.status is Status.ANSWERED else Exit.NOT_FOUND


def ask_json(engine: Asker, question: str) -> Exit:
    """Prints one object, whatever the question is; then raises QuestionError for a bad one."""
    from bot.terminal.contract import answer_json, dumps, error_json
    from bot.terminal.output import write_line
    from index.errors import QuestionError
    from index.types import Status

    try:
        answer = engine.ask(question)
    except QuestionError as error:
        write_line(dumps(error_json(question, str(error), error.what, build=engine.build_id)))
        raise
    write_line(dumps(answer_json(answer)))
    return Exit.DONE if answer.status is Status.ANSWERED else Exit.NOT_FOUND


def _answer_lines(engine: Asker) -> Exit:
    from bot.terminal.contract import dumps
    from bot.terminal.lines import answer_lines
    from bot.terminal.output import write_line

    answer_lines(engine, sys.stdin.buffer, lambda answer: write_line(dumps(answer)))
    return Exit.DONE


def _check_usage(args: argparse.Namespace) -> None:
    if args.lines and not args.json:
        raise UsageError("--lines prints JSON.", cure="Say: footnote ask --json --lines")
    if args.lines and args.question:
        raise UsageError(
            "--lines reads its questions from standard input.",
            cure="Leave the question out, or leave --lines out.",
        )
    if not args.lines and not args.question:
        raise UsageError("There is no question.", cure='Say: footnote ask "Who will Witkoff meet?"')
