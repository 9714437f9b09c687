"""The gateway: connections, sessions, heartbeats, resuming."""

from __future__ import annotations

import asyncio
import json
import secrets
import zlib
from collections import deque
from collections.abc import Callable
from typing import Any

from aiohttp import WSMsgType, web

from tests.fakes.discord import gateway_payloads, payloads
from tests.fakes.discord.findings import Findings
from tests.fakes.discord.gateway_codes import Close, Op
from tests.fakes.discord.payload_types import KNOWN_INTENTS, Event, Intent, JsonObject
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.schema import Schema
from tests.fakes.discord.sessions import Connection, Session
from tests.fakes.discord.transcript import Transcript
from tests.fakes.discord.waiting import Watchable
from tests.fakes.discord.world import World

#: The client may send so many frames a minute.
FRAMES_A_MINUTE = 120
#: The parts of an event that the OpenAPI document also describes.
CHECKED = {
    "MESSAGE_CREATE": "MessageResponse",
    "MESSAGE_UPDATE": "MessageResponse",
    "THREAD_CREATE": "ThreadResponse",
    "THREAD_UPDATE": "ThreadResponse",
    "CHANNEL_CREATE": "GuildChannelResponse",
    "CHANNEL_UPDATE": "GuildChannelResponse",
    "GUILD_MEMBER_ADD": "GuildMemberResponse",
}


class Gateway(Watchable):
    """``identifies``, ``resumes`` and ``close_codes`` record what clients have done."""

    def __init__(
        self,
        world: World,
        rules: Rules,
        transcript: Transcript,
        findings: Findings,
        schema: Schema,
    ) -> None:
        super().__init__()
        self._world = world
        self._rules = rules
        self._transcript = transcript
        self._findings = findings
        self._schema = schema
        self._sessions: dict[str, Session] = {}
        self._connections: set[Connection] = set()
        self.address = ""
        self.is_refusing = False
        self.acknowledges_heartbeats = True
        self.identifies = 0
        self.resumes = 0
        self.heartbeats = 0
        #: The codes with which clients have closed of their own accord; None for a cut wire.
        self.close_codes: list[int | None] = []
        self._handlers: dict[int, Callable[[Connection, Any], None]] = {
            Op.HEARTBEAT: self._heartbeat,
            Op.IDENTIFY: self._identify,
            Op.RESUME: self._resume,
            Op.REQUEST_MEMBERS: self._request_members,
            Op.PRESENCE: lambda connection, data: None,
            Op.VOICE_STATE: lambda connection, data: None,
        }

    # What the rest of the server does ----------------------------------------------------

    @property
    def ready(self) -> list[Session]:
        """Sessions that have a connection now."""
        return [each for each in self._sessions.values() if each.connection is not None]

    def emit(self, event: Event) -> None:
        if event.name in CHECKED:
            self._check(f"{event.name} to the client", CHECKED[event.name], event.data)
        self._transcript.sent(event.name, event.data)
        for session in self._sessions.values():
            if session.wants(event):
                hidden = event.stripped is not None and not session.intents & Intent.MESSAGE_CONTENT
                session.dispatch(event.name, event.stripped or {} if hidden else event.data)

    def dispatch_raw(self, name: str, data: JsonObject) -> None:
        self._transcript.note(f"dispatch made by the test: {name}")
        for session in self._sessions.values():
            session.dispatch(name, data)

    def disconnect(self, code: int | None) -> None:
        for connection in list(self._connections):
            if code is None:
                connection.abort()
            else:
                connection.close(code)

    def ask_to_reconnect(self) -> None:
        for connection in self._connections:
            self._transcript.sent("op 7 RECONNECT")
            connection.send(Op.RECONNECT)

    def invalidate_sessions(self, *, resumable: bool) -> None:
        for connection in self._connections:
            self._transcript.sent(f"op 9 INVALID_SESSION {resumable}")
            connection.send(Op.INVALID_SESSION, resumable)
        if not resumable:
            self.forget_sessions()

    def forget_sessions(self) -> None:
        self._sessions.clear()

    def _check(self, where: str, name: str, body: JsonObject) -> None:
        problem = self._schema.check_object(name, body)
        if problem is not None:
            self._findings.add(f"{where}: {problem}")

    # One connection ----------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        if self.is_refusing:
            return web.Response(status=503)
        socket = web.WebSocketResponse(max_msg_size=4096 * 4)
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        connection = Connection(socket, request.transport)
        if self._rules.compress and request.query.get("compress") == "zlib-stream":
            connection.deflater = zlib.compressobj()
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        watchdog = asyncio.create_task(self._watch_heartbeats(connection))
        connection.heard_s = asyncio.get_running_loop().time()
        try:
            self._hello(connection, request)
            await self._read(connection)
        finally:
            self._detach(connection)
            if connection.is_closing:
                # The writer may still be exchanging close frames.
                await asyncio.wait((writer,), timeout=1.0)
            for task in (writer, watchdog):
                task.cancel()
            await asyncio.gather(writer, watchdog, return_exceptions=True)
        return socket

    def _hello(self, connection: Connection, request: web.Request) -> None:
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            connection.close(Close.INVALID_VERSION)
            return
        interval_ms = int(self._rules.heartbeat_interval_s * 1000)
        connection.send(Op.HELLO, {"heartbeat_interval": interval_ms, "_trace": []})

    async def _read(self, connection: Connection) -> None:
        while True:
            frame = await connection.socket.receive()
            if frame.type is WSMsgType.TEXT:
                self._receive(connection, frame.data)
            elif frame.type is WSMsgType.CLOSE:
                self._closed_by_client(connection, frame.data)
                return
            elif frame.type in (WSMsgType.CLOSED, WSMsgType.CLOSING, WSMsgType.ERROR):
                if not connection.is_closing:
                    self.close_codes.append(None)
                return
            else:
                connection.close(Close.DECODE_ERROR)

    def _closed_by_client(self, connection: Connection, code: int) -> None:
        self._transcript.received(f"gateway close {code}")
        self.close_codes.append(code)
        if code in (1000, 1001) and connection.session is not None:
            self._sessions.pop(connection.session.id, None)

    def _detach(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if connection.session is not None and connection.session.connection is connection:
            connection.session.connection = None
        self.changed()

    async def _watch_heartbeats(self, connection: Connection) -> None:
        """Closes with 4009 when a client has gone silent."""
        loop = asyncio.get_running_loop()
        longest_s = self._rules.heartbeat_interval_s * 1.5
        silent_s = 0.0
        while silent_s < longest_s:
            await asyncio.sleep(longest_s - silent_s)
            silent_s = loop.time() - connection.heard_s
        connection.close(Close.SESSION_TIMED_OUT)

    def _receive(self, connection: Connection, text: str) -> None:
        now = asyncio.get_running_loop().time()
        connection.frames.append(now)
        while connection.frames[0] < now - 60:
            connection.frames.popleft()
        if len(connection.frames) > FRAMES_A_MINUTE:
            connection.close(Close.RATE_LIMITED)
            return
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError, AttributeError):
            connection.close(Close.DECODE_ERROR)
            return
        if op != Op.HEARTBEAT:
            self._transcript.received(f"gateway op {op}", _without_token(data))
        handler = self._handlers.get(op)
        if handler is None:
            connection.close(Close.UNKNOWN_OPCODE)
        elif op != Op.HEARTBEAT and not isinstance(data, dict):
            connection.close(Close.DECODE_ERROR)
        elif connection.session is None and op not in (Op.HEARTBEAT, Op.IDENTIFY, Op.RESUME):
            connection.close(Close.NOT_AUTHENTICATED)
        else:
            handler(connection, data)

    # What a client may send --------------------------------------------------------------

    def _heartbeat(self, connection: Connection, sequence: Any) -> None:
        connection.heard_s = asyncio.get_running_loop().time()
        self.heartbeats += 1
        if self.acknowledges_heartbeats:
            connection.send(Op.HEARTBEAT_ACK)

    def _identify(self, connection: Connection, data: JsonObject) -> None:
        if connection.session is not None:
            connection.close(Close.ALREADY_AUTHENTICATED)
            return
        self.identifies += 1
        refusal = self._refusal(data)
        if refusal is not None:
            connection.close(refusal)
            return
        number, count = data.get("shard") or (0, 1)
        session = Session(
            secrets.token_hex(16),
            Intent(data["intents"]),
            (number, count),
            deque(maxlen=self._rules.replay_buffer),
            connection=connection,
        )
        self._sessions[session.id] = session
        connection.session = session
        self._welcome(session)
        self.changed()

    def _refusal(self, data: JsonObject) -> Close | None:
        """Why this IDENTIFY is turned away, if it is."""
        if data.get("token") != self._rules.token:
            return Close.AUTHENTICATION_FAILED
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS
        if intents & self._rules.refused_intents:
            return Close.DISALLOWED_INTENTS
        number, count = data.get("shard") or (0, 1)
        return None if 0 <= number < count else Close.INVALID_SHARD

    def _welcome(self, session: Session) -> None:
        world = self._world
        guilds = [
            guild
            for guild in world.guilds.values()
            if guild.has_bot and session.wants(Event("GUILD_CREATE", {}, guild_id=guild.id))
        ]
        ready = gateway_payloads.ready_json(world, guilds, session.id, self.address, session.shard)
        self._transcript.sent("READY")
        session.dispatch("READY", ready)
        for guild in guilds:
            data = payloads.guild_create_json(guild)
            self._check_guild(data)
            self._transcript.sent(f"GUILD_CREATE {guild.name}")
            session.dispatch("GUILD_CREATE", {**data, "unavailable": False})

    def _check_guild(self, data: JsonObject) -> None:
        parts = {
            "channels": "GuildChannelResponse",
            "threads": "ThreadResponse",
            "members": "GuildMemberResponse",
            "roles": "GuildRoleResponse",
        }
        for key, name in parts.items():
            for each in data[key]:
                self._check(f"GUILD_CREATE {key} to the client", name, each)

    def _resume(self, connection: Connection, data: JsonObject) -> None:
        self.resumes += 1
        if data.get("token") != self._rules.token:
            connection.close(Close.AUTHENTICATION_FAILED)
            return
        session = self._sessions.get(str(data.get("session_id")))
        after = data.get("seq")
        oldest = session.replay[0][0] if session and session.replay else 1
        if session is None or not isinstance(after, int) or after + 1 < oldest:
            self._transcript.sent("op 9 INVALID_SESSION False")
            connection.send(Op.INVALID_SESSION, False)
            return
        if after > session.sequence:
            connection.close(Close.INVALID_SEQUENCE)
            return
        missed = [frame for sequence, frame in session.replay if sequence > after]
        for frame in missed:
            connection.send_text(frame)
        connection.session = session
        session.connection = connection
        self._transcript.sent(f"RESUMED after {len(missed)} missed events")
        session.dispatch("RESUMED", {"_trace": []})
        self.changed()

    def _request_members(self, connection: Connection, data: JsonObject) -> None:
        assert connection.session is not None
        guild = self._world.guilds.get(int(data["guild_id"]))
        if guild is None:
            return
        chunk = gateway_payloads.members_chunk_json(guild, data)
        connection.session.dispatch("GUILD_MEMBERS_CHUNK", chunk)


def _without_token(data: Any) -> Any:
    return {**data, "token": "…"} if isinstance(data, dict) and "token" in data else data
