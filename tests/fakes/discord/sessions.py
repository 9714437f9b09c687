"""Sessions, which outlive a connection, and the connections that carry them."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.fakes.discord.gateway_codes import Op
from tests.fakes.discord.payload_types import Event, Intent, JsonObject


@dataclass(eq=False)
class Session:
    """What survives a connection: the intents asked for and the dispatches to replay."""

    id: str
    intents: Intent
    shard: tuple[int, int]
    replay: deque[tuple[int, str]]
    sequence: int = 0
    connection: Connection | None = None

    def wants(self, event: Event) -> bool:
        if event.intents and not event.intents & self.intents:
            return False
        number, count = self.shard
        # What belongs to no server goes to the first shard.
        return ((event.guild_id or 0) >> 22) % count == number

    def dispatch(self, name: str, data: JsonObject) -> None:
        self.sequence += 1
        frame = json.dumps(
            {"op": Op.DISPATCH, "t": name, "s": self.sequence, "d": data}, ensure_ascii=False
        )
        self.replay.append((self.sequence, frame))
        if self.connection is not None:
            self.connection.send_text(frame)


@dataclass(eq=False)
class Connection:
    """One websocket. Frames leave it in order, through one writer."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    deflater: Any = None
    outgoing: asyncio.Queue[str | int | None] = field(default_factory=asyncio.Queue)
    session: Session | None = None
    heard_s: float = 0.0
    is_closing: bool = False
    frames: deque[float] = field(default_factory=deque)

    def send(self, op: Op, data: Any = None) -> None:
        self.send_text(json.dumps({"op": op, "d": data, "t": None, "s": None}))

    def send_text(self, frame: str) -> None:
        self.outgoing.put_nowait(frame)

    def close(self, code: int) -> None:
        """Sends what is waiting, then closes with ``code``."""
        self.is_closing = True
        self.outgoing.put_nowait(code)

    def abort(self) -> None:
        """Cuts the wire without a close frame."""
        self.is_closing = True
        self.outgoing.put_nowait(None)
        self.transport.abort()

    async def write(self) -> None:
        """Sends queued frames until told to close."""
        while (item := await self.outgoing.get()) is not None:
            if isinstance(item, int):
                await self.socket.close(code=item)
                return
            if self.deflater is None:
                await self.socket.send_str(item)
            else:
                packed = self.deflater.compress(item.encode())
                await self.socket.send_bytes(packed + self.deflater.flush(zlib.Z_SYNC_FLUSH))
