"""Which documents may be shown where.

A document whose metadata names ``discord_servers`` or ``discord_channels`` (ids, separated by
commas or spaces) is answered from and shown there only; all others everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.types import Document

SERVERS = "discord_servers"
CHANNELS = "discord_channels"


@dataclass(frozen=True, slots=True)
class Where:
    """Where somebody asks. ``parent_id`` is the channel that a thread belongs to."""

    guild_id: int | None
    channel_id: int | None
    parent_id: int | None = None


def may_see(document: Document, where: Where) -> bool:
    servers, channels = _ids(document, SERVERS), _ids(document, CHANNELS)
    if not servers and not channels and not {SERVERS, CHANNELS} & set(document.metadata):
        return True
    return where.guild_id in servers or bool(channels & {where.channel_id, where.parent_id})


def visible(documents: Iterable[Document], where: Where) -> tuple[Document, ...]:
    """Those of ``documents`` that may be shown at ``where``, in order."""
    return tuple(document for document in documents if may_see(document, where))


def _ids(document: Document, key: str) -> set[int | None]:
    return {int(number) for number in re.findall(r"\d+", document.metadata.get(key, ""))}
