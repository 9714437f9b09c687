"""``footnote doctor``: is everything in place?"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

if TYPE_CHECKING:
    from bot.terminal.health import Check
    from bot.terminal.page import Page

_EXAMPLES = """\
examples:
  footnote doctor
  footnote doctor --json

Checks Python, packages, models, settings, documents, index, ledger, the language model and
Discord's token. Each is ok, or it says what to do. Nothing is changed.
exit codes: 0 nothing is broken, 1 something is
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "doctor",
        run,
        help="check that everything is in place",
        description="Checks that everything Footnote needs is in place.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("--json", action="store_true", help="print the checks as JSON")


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal.health import State, examine
    from bot.terminal.screen import open_screen

    checks: list[Check] = []
    screen = open_screen()
    for check in examine():
        checks.append(check)
        if not args.json:
            screen.show(check_page(check))
    broken = sum(check.state is State.BROKEN for check in checks)
    if args.json:
        _print_json(checks)
    else:
        screen.show(verdict_page(broken))
    return Exit.NOT_FOUND if broken else Exit.DONE


def check_page(check: Check) -> Page:
    """State, name and finding on one line, and what to do on the next."""
    from bot.terminal.health import State
    from bot.terminal.page import Piece, Tone, faint, item, line

    tone = {State.OK: Tone.GOOD, State.NOTE: Tone.FAINT, State.BROKEN: Tone.WARNING}[check.state]
    label = Piece(f"{check.state.value:<8}", tone)
    row = item(label, f"{check.name}: ", check.detail)
    return (row, line(faint(check.cure), first=" " * len(label.text))) if check.cure else (row,)


def verdict_page(broken: int) -> Page:
    """The last line: all is well, or how much is not."""
    from bot.terminal.page import BLANK, good, line, warning
    from bot.terminal.wording import counted

    if broken:
        verb = "needs" if broken == 1 else "need"
        return (BLANK, line(warning(f"{counted(broken, 'thing')} {verb} your attention.")))
    return (BLANK, line(good("Everything is in place.")))


def _print_json(checks: Iterable[Check]) -> None:
    from bot.terminal.contract import dumps
    from bot.terminal.health import State
    from bot.terminal.output import write_line

    listed = [
        {"name": c.name, "state": c.state.value, "detail": c.detail, "cure": c.cure or None}
        for c in checks
    ]
    ok = all(item["state"] != State.BROKEN.value for item in listed)
    write_line(dumps({"ok": ok, "checks": listed}, indent=2))
