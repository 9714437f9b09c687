"""The REST side: from an HTTP request to a route and back, with everything that may go wrong."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import dataclass
from typing import Any

from aiohttp import BodyPartReader, web

from tests.fakes.discord.backend import Backend, Call
from tests.fakes.discord.errors import DiscordError, bad_form, bad_json, unauthorized
from tests.fakes.discord.faults import Break, Faults
from tests.fakes.discord.payload_types import Body, Reply, Upload
from tests.fakes.discord.rate_limits import VIA
from tests.fakes.discord.routes import ROUTES
from tests.fakes.discord.routing import Route
from tests.fakes.discord.schema import Schema
from tests.fakes.discord.waiting import Watchable

PREFIX = "/api/v10"
#: What a route raises when a request is not of the form that it counts on.
UNREADABLE = (LookupError, TypeError, ValueError, AttributeError, AssertionError)
_LONG_TOKEN = re.compile(r"[\w-]{40,}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A 4xx that the client has earned, by no injected fault."""

    route: str
    status: int
    body: Any

    @property
    def code(self) -> int:
        """Discord's own."""
        return int(self.body["code"])


class Rest(Watchable):
    """``refusals`` lists what the client was refused; ``served`` counts requests by route."""

    def __init__(self, backend: Backend, faults: Faults, schema: Schema) -> None:
        super().__init__()
        self._backend = backend
        self._faults = faults
        self._schema = schema
        self.refusals: list[Refusal] = []
        self.served: dict[str, int] = {}

    def routes(self) -> list[web.RouteDef]:
        """In the order of ROUTES, and last the one that catches what is not there."""
        known = [
            web.route(route.method, PREFIX + route.path, self._handler(route)) for route in ROUTES
        ]
        return [
            *known,
            web.get("/attachments/{channel_id}/{id}/{name}", self._attachment),
            web.route("*", "/{anything:.*}", self._unknown),
        ]

    def _handler(self, route: Route) -> Any:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await self._serve(route, request)

        return handle

    async def _serve(self, route: Route, request: web.Request) -> web.StreamResponse:
        headline = _headline(request)
        self.served[route.name] = self.served.get(route.name, 0) + 1
        try:
            body = await _read(request)
        except DiscordError as error:
            return self._answer(headline, Reply(error.status, error.body), dict(VIA))
        self._backend.transcript.received(headline, body.json)
        struck = self._faults.struck(route.name)
        for fault in struck:
            if fault.delay_s:
                await asyncio.sleep(fault.delay_s)
            if fault.breaks is Break.BEFORE:
                return _cut(request)
            if fault.reply is not None:
                headers, reply = fault.reply()
                return self._answer(headline, reply, headers)
        parameters = dict(request.match_info)
        headers, limited = self._backend.rate_limits.take(
            route.name, parameters, counts_globally=route.needs_token
        )
        if limited is not None:
            return self._answer(headline, limited, headers)
        call = Call(self._backend, parameters, dict(request.query), body)
        reply = self._carry_out(route, request, call)
        self._check_answer(route, reply)
        if any(fault.breaks is Break.AFTER for fault in struck):
            return _cut(request)
        return self._answer(headline, reply, headers)

    def _carry_out(self, route: Route, request: web.Request, call: Call) -> Reply:
        try:
            token = self._backend.rules.token
            if route.needs_token and request.headers.get("Authorization") != f"Bot {token}":
                raise unauthorized()
            reply = route.handle(call)
        except UNREADABLE as error:
            self._check_request(route, call)
            self._backend.findings.add(f"{route.name} could not be read: {error!r}")
            return Reply(400, bad_form((), "BODY_UNREADABLE", repr(error)).body)
        except DiscordError as error:
            self.refusals.append(Refusal(route.name, error.status, error.body))
            self.changed()
            return Reply(error.status, error.body)
        # Only what Discord's rules have let pass is held to the schema: a client may be refused.
        self._check_request(route, call)
        return reply

    def _check_request(self, route: Route, call: Call) -> None:
        problem = self._schema.check_request(route.method, route.path, call.body.json)
        if problem is not None:
            self._backend.findings.add(f"{route.name} from the client: {problem}")

    def _check_answer(self, route: Route, reply: Reply) -> None:
        problem = self._schema.check_answer(route.method, route.path, reply.status, reply.body)
        if problem is not None:
            self._backend.findings.add(f"{route.name} to the client: {problem}")

    def _answer(self, headline: str, reply: Reply, headers: dict[str, str]) -> web.Response:
        self._backend.transcript.sent(f"{reply.status} to {headline}", reply.body)
        if reply.body is None:
            return web.Response(status=reply.status, headers=headers)
        # Not json_response: it adds a charset, which Discord does not, and clients compare.
        headers = {**headers, "Content-Type": "application/json"}
        text = json.dumps(reply.body, ensure_ascii=False).encode()
        return web.Response(status=reply.status, body=text, headers=headers)

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        attachment = self._backend.world.attachments.get(int(request.match_info["id"]))
        if attachment is None:
            return web.Response(status=404)
        return web.Response(
            body=attachment.content, headers={"Content-Type": attachment.content_type}
        )

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        headline = f"{request.method} {request.path}"
        self._backend.findings.add(f"{headline}: the loopback Discord has no such route")
        self._backend.transcript.received(headline)
        return self._answer(
            headline, Reply(501, {"message": "501: Not Implemented", "code": 0}), dict(VIA)
        )


def _headline(request: web.Request) -> str:
    """Method and path, with the tokens of interactions cut short."""
    path = request.path_qs.removeprefix(PREFIX)
    return f"{request.method} {_LONG_TOKEN.sub(_shortened, path)}"


def _shortened(token: re.Match[str]) -> str:
    return f"{token.group()[:8]}…"


def _cut(request: web.Request) -> web.StreamResponse:
    """Ends the connection without an answer."""
    assert isinstance(request.transport, asyncio.Transport)
    request.transport.abort()
    return web.Response(status=500)


async def _read(request: web.Request) -> Body:
    if request.content_type.startswith("multipart/"):
        return await _read_multipart(request)
    text = await request.read()
    if not text:
        return Body()
    return Body(_parse(text))


def _parse(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        raise bad_json() from None


async def _read_multipart(request: web.Request) -> Body:
    """The part ``payload_json`` and the parts ``files[N]``."""
    parsed: Any = {}
    files: dict[int, Upload] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        content = bytes(await part.read(decode=True))
        if part.name == "payload_json":
            parsed = _parse(content)
        elif part.name is not None and part.name.startswith("files["):
            kind = part.headers.get("Content-Type", "application/octet-stream")
            number = int(part.name.removeprefix("files[").removesuffix("]"))
            files[number] = Upload(part.filename or "unknown", content, kind)
    return Body(parsed, files)
