"""Keeps one malformed event from ending the connection.

discord.py parses what the gateway sends without a net: an exception in a parser leaves
``Client.connect`` and ends the process. The table of parsers is the library's own and private;
all use of it is here.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable
from typing import Any

import discord

from bot.discord_app.failures import new_reference
from bot.discord_app.mending import mend

log = logging.getLogger(__name__)


def guard_parsers(client: discord.Client) -> None:
    """Make every parser of ``client`` mend what can be mended, log what it cannot read, and go
    on."""
    parsers: dict[str, Callable[[Any], Any]] = client._connection.parsers
    for event, parse in list(parsers.items()):
        parsers[event] = _guarded(event, parse)


def _guarded(event: str, parse: Callable[[Any], Any]) -> Callable[[Any], Any]:
    @functools.wraps(parse)
    def guarded(data: Any) -> Any:
        try:
            mend(event, data)
            return parse(data)
        except Exception:
            log.exception("%s: a %s event could not be read", new_reference(), event)
            return None

    return guarded
