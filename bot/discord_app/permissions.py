"""What the bot may do: the rights it asks for, and the check that names what is missing."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import discord

log = logging.getLogger(__name__)

#: What each right is for; docs/discord-setup.md says the same.
NEEDED: dict[str, str] = {
    "view_channel": "see the channel",
    "send_messages": "answer",
    "send_messages_in_threads": "answer in threads",
    "read_message_history": "reply to the question",
    "attach_files": "attach very long answers",
    "create_public_threads": "open a thread for an answer, where that is switched on",
}
#: Channels named in one line of the log.
_MOST_NAMED = 12
INVITE_PAGE = "https://discord.com/oauth2/authorize"


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing in one channel."""

    channel: str
    permissions: tuple[str, ...]

    def __str__(self) -> str:
        return f"#{self.channel}: {', '.join(self.permissions)}"


def wanted() -> discord.Permissions:
    return discord.Permissions(**dict.fromkeys(NEEDED, True))


def invite_url(application_id: int | str) -> str:
    """The link that adds the bot to a server, with the scopes and rights it needs."""
    query = {
        "client_id": str(application_id),
        "scope": "bot applications.commands",
        "permissions": str(wanted().value),
        "integration_type": "0",
    }
    return f"{INVITE_PAGE}?{urlencode(query)}"


def readable(flag: str) -> str:
    """A right as Discord's settings call it: "Send Messages in Threads"."""
    words = flag.split("_")
    return " ".join(word if word in {"in", "to"} else word.capitalize() for word in words)


def missing(granted: discord.Permissions, *, thread: bool = False) -> tuple[str, ...]:
    """Rights that answering needs and ``granted`` lacks, as Discord's settings call them."""
    talk = "send_messages_in_threads" if thread else "send_messages"
    flags = ["view_channel", talk, "read_message_history", "attach_files"]
    return tuple(readable(flag) for flag in flags if not getattr(granted, flag))


def granted_to_us(
    channel: discord.abc.GuildChannel | discord.Thread,
) -> discord.Permissions | None:
    """What we may do in a channel; None while Discord has not told us about ourselves or the
    channel a thread belongs to."""
    me: discord.Member | None = channel.guild.me
    if me is None or (isinstance(channel, discord.Thread) and channel.parent is None):
        return None
    return channel.permissions_for(me)


def lacks(guild: discord.Guild) -> Iterator[Lack]:
    """Channels in which the bot is seen but cannot answer properly. One it may not see at all
    is the server's decision and not reported."""
    for channel in guild.text_channels:
        granted = granted_to_us(channel)
        if granted is not None and granted.view_channel and (names := missing(granted)):
            yield Lack(channel.name, names)


def report(guilds: Iterable[discord.Guild]) -> None:
    """Log what is missing, a line for each server."""
    for guild in guilds:
        if guild.unavailable:
            continue
        found = list(lacks(guild))
        if found:
            named = "; ".join(str(lack) for lack in found[:_MOST_NAMED])
            more = f"; and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
            log.warning("Missing permissions in %s: %s%s", guild.name, named, more)
