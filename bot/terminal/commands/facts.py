"""``footnote facts``: the fact sheet of each document."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

if TYPE_CHECKING:
    from index import Engine
    from index.types import Document

_EXAMPLES = """\
examples:
  footnote facts                   the sheet of every document, each entry with its quote
  footnote facts minutes           of one document, by name or title
  footnote facts --json            as one JSON object, for programs

In footnote chat, /who, /when, /where, /figures, /quotes, /timeline and /summary look things up.
exit codes: 0 done, 1 nothing was found in any document, 2 wrong usage or configuration
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "facts",
        run,
        help="show people, places, dates, figures and quotations, each with its quote",
        description="Shows who, where, when, how much, who said what, and a summary, all verbatim.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("document", nargs="?", help="only this document, by name or title")
    parser.add_argument("--json", action="store_true", help="print the sheets as a JSON object")


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.documents_view import find_document

    engine = startup.open_reporting(startup.begin())
    try:
        documents = engine.documents
        if args.document:
            documents = (find_document(documents, args.document),)
        return _print_json(engine, documents) if args.json else _show(engine, documents)
    finally:
        engine.close()


def _show(engine: Engine, documents: tuple[Document, ...]) -> Exit:
    from bot.terminal.page import BLANK, line, title
    from bot.terminal.rendering import answer_page
    from bot.terminal.screen import open_screen

    screen = open_screen()
    found = False
    for document in documents:
        answer = engine.fact_book.whole_sheet(document.id)
        found = found or bool(answer.citations)
        screen.show((line(title(document.title)), *answer_page(answer), BLANK))
    return Exit.DONE if found else Exit.NOT_FOUND


def _print_json(engine: Engine, documents: tuple[Document, ...]) -> Exit:
    from bot.terminal.contract import dumps
    from bot.terminal.facts_contract import sheet_json
    from bot.terminal.output import write_line

    sheets = [(document, engine.facts(document.id)) for document in documents]
    rows = [sheet_json(document, sheet) for document, sheet in sheets if sheet is not None]
    write_line(dumps({"documents": rows, "build": engine.build_id}))
    found = any(sheet is not None and sheet.facts for _, sheet in sheets)
    return Exit.DONE if found else Exit.NOT_FOUND
