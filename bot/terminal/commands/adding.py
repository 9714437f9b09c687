"""How a command is added to the command line.

A command is a module with ``register(subparsers)``. It imports nothing heavy at the top: what it
needs it imports when it runs.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.terminal.exits import Exit

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Subparsers = object

Run = Callable[[argparse.Namespace], Exit]


def add(
    subparsers: Subparsers, name: str, run: Run, *, help: str, description: str, epilog: str
) -> argparse.ArgumentParser:
    """A parser for the command ``name`` that ends in ``run``; ``epilog`` shows examples."""
    parser = subparsers.add_parser(
        name,
        help=help,
        description=description,
        epilog=epilog,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    return parser
