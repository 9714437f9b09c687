"""Tells Discord our commands, but only when they changed: it counts and limits that."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging

import aiohttp
import discord
from discord import app_commands

from bot.discord_app.failures import new_reference
from bot.ledger import Ledger, Store

log = logging.getLogger(__name__)

#: Longest pause before another try.
_MOST_PATIENCE_S = 3600.0
_TRIES = 5


async def fingerprint(tree: app_commands.CommandTree[discord.Client]) -> str:
    """A hash of all that Discord would be told."""
    translator = tree.translator
    payload = [
        command.to_dict(tree)
        if translator is None
        else await command.get_translated_payload(tree, translator)
        for command in sorted(tree.get_commands(), key=lambda c: (type(c).__name__, c.name))
    ]
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def sync_commands(
    tree: app_commands.CommandTree[discord.Client], ledger: Ledger, *, place: str
) -> bool:
    """Tell Discord the commands if they are not those of last time; True when it was told.

    ``place`` names the application and the Discord it lives on. Meant for a task of its own: a
    limit that Discord imposes may make it wait, up to an hour, which nothing else waits for.
    """
    key = f"commands:{place}"
    wanted = await fingerprint(tree)
    if await ledger.read(Store.value, key) == wanted:
        return False
    for attempt in range(1, _TRIES + 1):
        try:
            await tree.sync()
        except discord.RateLimited as error:
            pause_s = error.retry_after
        except app_commands.CommandSyncFailure as error:
            log.error("%s: Discord refused the commands: %s", new_reference(), error)
            return False
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("The commands could not be synchronised: %s", error)
            pause_s = 10.0 * 3**attempt
        else:
            await ledger.write(Store.set_value, key, wanted)
            return True
        log.warning("The commands will be synchronised in %.0f s", min(pause_s, _MOST_PATIENCE_S))
        await asyncio.sleep(min(pause_s, _MOST_PATIENCE_S))
    log.error("%s: the commands could not be synchronised; restart to try again", new_reference())
    return False
