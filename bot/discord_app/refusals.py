"""What Discord's refusals mean, and what to change."""

from __future__ import annotations

import math
from urllib.parse import urlsplit

import discord

from bot.errors import DiscordError
from index.errors import FootnoteError

PORTAL = "https://discord.com/developers/applications"


def explained(error: BaseException) -> FootnoteError:
    """What went wrong with Discord, and what to change."""
    if isinstance(error, discord.LoginFailure):
        return DiscordError(
            "Discord does not accept the token.",
            cure=f"Make a new one at {PORTAL}, under Bot, Reset Token, and put it into .env as "
            "DISCORD_TOKEN.",
        )
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return DiscordError(
            "Discord refuses the Message Content intent.",
            cure=f"Switch it on at {PORTAL}, under Bot, Privileged Gateway Intents, or remove "
            "FOOTNOTE_DISCORD_MESSAGE_CONTENT from the settings.",
        )
    if isinstance(error, discord.ConnectionClosed):
        return _closed(error.code)
    if isinstance(error, discord.RateLimited):
        return DiscordError(
            "Discord wants us to wait: the token was used for too many logins.",
            cure=f"Start again in {math.ceil(error.retry_after / 60)} minutes.",
        )
    if isinstance(error, discord.HTTPException) and error.status < 500:
        return DiscordError(
            f"Discord refused the login (status {error.status}, code {error.code}).",
            cure="Wait some minutes and try again; if it stays, make a new token.",
        )
    host = urlsplit(discord.http.Route.BASE).netloc
    return DiscordError(
        f"Discord cannot be reached at {host}.",
        cure="Check this machine's connection, proxy and firewall, and discordstatus.com.",
    )


def _closed(code: int) -> FootnoteError:
    """https://discord.com/developers/docs/topics/opcodes-and-status-codes, closing codes."""
    if code == 4004:
        return DiscordError(
            "Discord does not accept the token any more.",
            cure=f"Make a new one at {PORTAL} and put it into .env as DISCORD_TOKEN.",
        )
    if code in {4010, 4011}:
        return DiscordError(
            "The bot is in so many servers that Discord wants its connection divided.",
            cure="Run it with fewer servers; Footnote does not divide its connection.",
        )
    return DiscordError(
        f"Discord closed the connection for good (code {code}).",
        cure="Update Footnote; if it stays, report this code.",
    )
