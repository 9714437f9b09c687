"""``footnote discord``: the bot."""

from __future__ import annotations

import argparse

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

_EXAMPLES = """\
examples:
  footnote discord             run the bot until Ctrl-C
  footnote discord --invite    print the link that adds the bot to a server

The bot needs DISCORD_TOKEN, in the environment or in .env. docs/discord-setup.md leads from
Discord's developer portal to the first answer.
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "discord",
        run,
        help="run the Discord bot",
        description="Runs the Discord bot, which answers from the same documents.",
        epilog=_EXAMPLES,
    )
    parser.add_argument(
        "--invite", action="store_true", help="print the link that invites the bot, and exit"
    )


def run(args: argparse.Namespace) -> Exit:
    from bot.discord_app import app
    from bot.terminal import startup
    from bot.terminal.output import write_line

    settings = startup.begin()
    if args.invite:
        write_line(app.invite(settings))
        return Exit.DONE
    return Exit(app.run(settings))
