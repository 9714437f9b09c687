"""``footnote chat``: a conversation, or one question a line from a pipe."""

from __future__ import annotations

import argparse
import sys

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

_EXAMPLES = """\
examples:
  footnote chat
  echo "Who will Witkoff meet?" | footnote chat

In the conversation, /help lists the commands, /source 1 opens a quote where it stands,
/why shows how an answer was found. Ctrl-C clears the line, Ctrl-D leaves.
What you type is kept in the file chat-history beside the index.
"""


def register(subparsers: Subparsers) -> None:
    add(
        subparsers,
        "chat",
        run,
        help="ask in a conversation",
        description="Opens a conversation about your documents.\n"
        "With input from a pipe it answers one question a line in plain text.",
        epilog=_EXAMPLES,
    )


def run(_: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.chat import loops
    from bot.terminal.chat.session import Session
    from bot.terminal.screen import is_terminal, open_screen

    settings = startup.begin()
    engine = startup.open_reporting(settings)
    try:
        if is_terminal(sys.stdin):
            session = Session(engine, open_screen())
            loops.converse(session, settings.index_dir / "chat-history")
        else:
            session = Session(engine, open_screen(styled=False))
            loops.read_pipe(session, sys.stdin.buffer)
    finally:
        engine.close()
    return Exit.DONE
