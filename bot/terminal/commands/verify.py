"""``footnote verify``: do answers that were given still rest on what the documents say today?"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit, UsageError

if TYPE_CHECKING:
    from bot.terminal.asking import Asker
    from bot.terminal.saved_answers import SavedAnswer

_EXAMPLES = """\
examples:
  footnote ask --json "Who will Witkoff meet?" >> answers.jsonl
  footnote verify answers.jsonl            is every quote still in the documents, to the letter?
  footnote ask --json --lines < questions.txt | footnote verify -
  footnote verify                          the answers that the Discord bot keeps

A quote stands, or it has moved (the same words at another place), changed, or its document is gone.
exit codes: 0 every quote stands or has moved, 1 some do not, 2 there is nothing to verify
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "verify",
        run,
        help="check that answers given before still hold",
        description="Holds the quotes of earlier answers against the documents as they are today.",
        epilog=_EXAMPLES,
    )
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="answers from footnote ask --json, one a line; - for standard input; "
        "without any, the answers in the bot's ledger",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object an answer")


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup

    settings = startup.begin()
    answers = list(_from_files(args.files) if args.files else _from_ledger(settings.ledger))
    if not any(answer.quotes for answer in answers):
        raise UsageError(
            f"There is nothing to verify: of {len(answers)} answers, none quotes anything.",
            cure="Save answers with: footnote ask --json ... >> answers.jsonl",
        )
    engine = startup.open_reporting(settings)
    try:
        return verify(engine, answers, as_json=args.json)
    finally:
        engine.close()


def verify(engine: Asker, answers: Iterable[SavedAnswer], *, as_json: bool) -> Exit:
    """Prints how each answer fares, or, for people, those that fell and a count."""
    from collections import Counter

    from bot.terminal.contract import dumps
    from bot.terminal.output import write_line
    from bot.terminal.page import faint, good, line, strong, warning
    from bot.terminal.screen import open_screen
    from bot.verification import Standing, standing

    screen = open_screen()
    counts: Counter[Standing] = Counter()
    for answer in answers:
        found = [(q, standing(q, engine.document(q.document_id))) for q in answer.quotes]
        worst = max((each for _, each in found), default=None)
        if worst is not None:
            counts[worst] += 1
        if as_json:
            quotes = [{"number": q.number, "standing": each.name.lower()} for q, each in found]
            overall = "uncited" if worst is None else worst.name.lower()
            row = {"question": answer.question, "standing": overall, "citations": quotes}
            write_line(dumps(row))
        elif worst is not None and worst >= Standing.CHANGED:
            screen.show((line(strong(answer.question)),))
            for quote, each in found:
                if each >= Standing.CHANGED:
                    why = f"[{quote.number}] {each.name.lower()}: "
                    place = faint(f" ({quote.document_id})")
                    screen.show((line(warning(why), quote.quote, place, first="  "),))
    fallen = counts[Standing.CHANGED] + counts[Standing.GONE]
    if not as_json:
        parts = [f"{counts[each]} {each.name.lower()}" for each in Standing if counts[each]]
        told = f"Answers with quotes: {counts.total()}. {', '.join(parts).capitalize() or 'None'}."
        screen.show((line(warning(told) if fallen else good(told)),))
    return Exit.NOT_FOUND if fallen else Exit.DONE


def _from_files(names: Iterable[str]) -> Iterator[SavedAnswer]:
    from bot.terminal.saved_answers import read_saved

    for name in names:
        if name == "-":
            yield from read_saved(sys.stdin.buffer, "standard input")
            continue
        try:
            with Path(name).open("rb") as source:
                yield from read_saved(source, name)
        except OSError as error:
            raise UsageError(
                f"{name} cannot be read ({error.strerror}).",
                cure="Name a file of answers from footnote ask --json.",
            ) from None


def _from_ledger(path: Path) -> Iterator[SavedAnswer]:
    """What the bot keeps, newest first."""
    from bot.ledger.reading import kept_answers
    from bot.terminal.saved_answers import SavedAnswer, SavedQuote

    for answer in kept_answers(path):
        quotes = tuple(
            SavedQuote(c.number, c.document_id, c.start, c.end, c.quote) for c in answer.citations
        )
        yield SavedAnswer(answer.question, quotes)
