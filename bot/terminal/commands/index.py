"""``footnote index``: brings the index up to date."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

if TYPE_CHECKING:
    from bot.terminal.page import Page
    from index import BuildReport

_EXAMPLES = """\
examples:
  footnote index            index what is new or changed
  footnote index --force    build the index anew, whatever is there

The documents are those in seeds/, or in FOOTNOTE_SOURCES. chat, ask and discord do this by
themselves; a running bot notices a new index and changes over to it.
exit codes: 0 done, 1 some documents were left out, 2 nothing could be indexed
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "index",
        run,
        help="bring the index of your documents up to date",
        description="Reads your documents and brings the index up to date.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("--force", action="store_true", help="build anew, whatever is there")
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.contract import dumps
    from bot.terminal.output import write_line
    from bot.terminal.screen import open_screen
    from index import open_builder

    builder = open_builder(startup.begin())
    with startup.progress_bar() as progress:
        report = builder.build(progress, force=args.force)
    if args.json:
        write_line(dumps(report_json(report)))
    else:
        open_screen().show(report_page(report))
    return Exit.NOT_FOUND if report.problems else Exit.DONE


def report_json(report: BuildReport) -> dict[str, object]:
    """Every field of ``report``; a problem has ``what`` and ``cure``."""
    return {
        "build": report.build_id,
        "changed": report.changed,
        "documents": report.documents,
        "passages": report.passages,
        "reused_passages": report.reused_passages,
        "seconds": round(report.seconds, 3),
        "problems": [{"what": p.what, "cure": p.cure} for p in report.problems],
    }


def report_page(report: BuildReport) -> Page:
    """What was done, and every document that was left out."""
    from bot.terminal.faults import error_page
    from bot.terminal.page import faint, good, line
    from bot.terminal.wording import counted

    size = f"{counted(report.documents, 'document')}, {counted(report.passages, 'passage')}"
    verdict = "Indexed" if report.changed else "The index is up to date:"
    reused = f", {report.reused_passages} as before" if report.changed else ""
    return (
        line(good(verdict), f" {size}", faint(f"{reused} ({report.seconds:.1f} s)")),
        *(row for problem in report.problems for row in error_page(problem)),
    )
