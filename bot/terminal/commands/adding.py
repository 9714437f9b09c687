"""How a command is added to the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from bot.terminal.exits import Exit

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[Any]
else:
    Subparsers = object


class Command(Protocol):
    """A module with this function. It imports nothing heavy at the top: what the command needs
    it imports when it runs."""

    def register(self, subparsers: Subparsers) -> None:
        """Calls :func:`add`."""
        ...


Run = Callable[[argparse.Namespace], Exit]


def add(
    subparsers: Subparsers, name: str, run: Run, *, help: str, description: str, epilog: str
) -> argparse.ArgumentParser:
    """A parser for the command ``name`` that ends in ``run``; ``epilog`` shows examples."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser
