from __future__ import annotations

from typing import Any, cast

import aiohttp
import discord
import pytest

from bot.discord_app.refusals import explained


class _Socket:
    def __init__(self, close_code: int) -> None:
        self.close_code = close_code


def closed(code: int) -> discord.ConnectionClosed:
    return discord.ConnectionClosed(cast(Any, _Socket(code)), shard_id=None, code=code)


class _Answer:
    reason = "No"

    def __init__(self, status: int) -> None:
        self.status = status


def refused(status: int) -> discord.HTTPException:
    return discord.HTTPException(cast(Any, _Answer(status)), {"message": "No", "code": 0})


@pytest.mark.parametrize(
    ("error", "what", "cure"),
    [
        (discord.LoginFailure("401"), "does not accept the token", "Reset Token"),
        (discord.PrivilegedIntentsRequired(None), "Message Content", "MESSAGE_CONTENT"),
        (closed(4004), "the token any more", "DISCORD_TOKEN"),
        (closed(4010), "so many servers", "fewer servers"),
        (closed(4011), "so many servers", "fewer servers"),
        (closed(4012), "(code 4012)", "Update Footnote"),
        (closed(4013), "(code 4013)", "Update Footnote"),
        (discord.RateLimited(120.5), "too many logins", "in 3 minutes"),
        (refused(429), "status 429", "Wait some minutes"),
        (refused(503), "cannot be reached", "firewall"),
        (aiohttp.ClientConnectionError(), "cannot be reached", "proxy"),
        (TimeoutError(), "cannot be reached", "discordstatus.com"),
    ],
)
def test_each_refusal_says_what_to_change(error: Exception, what: str, cure: str) -> None:
    told = explained(error)
    assert what in told.what and cure in told.cure
