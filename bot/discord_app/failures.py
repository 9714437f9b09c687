"""What a user is told when something fails, and what the log says about it."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass

import aiohttp
import discord

from bot.discord_app.rendering import escape
from bot.errors import ServiceError, TookTooLong
from index.errors import FootnoteError, QuestionError

log = logging.getLogger(__name__)

#: What a request raises when Discord or the network fails. A dropped connection is no OSError.
TROUBLE = (discord.HTTPException, discord.RateLimited, aiohttp.ClientError, OSError)
#: Without letters and digits that are mistaken for one another.
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class Failure:
    """One line for the user; ``reference`` stands in it and in the log, where there is one."""

    line: str
    reference: str | None = None


def new_reference() -> str:
    return "F-" + "".join(secrets.choice(_ALPHABET) for _ in range(6))


def describe(error: BaseException, doing: str) -> Failure:
    """The line for ``error``, which happened while ``doing``. Everything but a user's own
    mistake is logged, with a reference that the line carries too."""
    if isinstance(error, QuestionError) or (
        isinstance(error, ServiceError) and not isinstance(error, TookTooLong)
    ):
        return Failure(escape(f"{error.what} {error.cure}"))
    reference = new_reference()
    if isinstance(error, FootnoteError):
        log.error("%s: %s failed: %s", reference, doing, error)
        told = error.cure if isinstance(error, ServiceError) else ""
        line = escape(f"{error.what} {told}".strip())
        return Failure(f"{line} (Reference {reference}.)", reference)
    log.error("%s: %s failed", reference, doing, exc_info=error)
    return Failure(
        "Something went wrong on my side, and your request was not completed. "
        f"Please try again; if it happens again, tell whoever runs me: reference {reference}.",
        reference,
    )
