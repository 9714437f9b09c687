"""Faults that a test injects: answers that fail, connections that break, tokens that die."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from tests.fakes.discord.interaction import Interaction
from tests.fakes.discord.payload_types import JsonObject, Reply
from tests.fakes.discord.rate_limits import VIA, limited
from tests.fakes.discord.transcript import Transcript

if TYPE_CHECKING:
    from tests.fakes.discord.gateway import Gateway


class Break(Enum):
    """How a connection ends without an answer."""

    BEFORE = auto()
    AFTER = auto()


@dataclass(slots=True)
class Fault:
    """Strikes requests that match ``route`` until ``times`` (None: for ever) are used up."""

    route: str
    times: int | None
    probability: float
    reply: Callable[[], tuple[dict[str, str], Reply]] | None = None
    breaks: Break | None = None
    delay_s: float = 0.0
    struck: int = 0

    def strikes(self, route: str, rng: random.Random) -> bool:
        if self.times is not None and self.struck >= self.times:
            return False
        if not (self.route == route or fnmatchcase(route, self.route)):
            return False
        if self.probability < 1 and rng.random() >= self.probability:
            return False
        self.struck += 1
        return True


class Faults:
    """Routes are written ``POST /channels/{channel_id}/messages``; ``*`` matches anything.

    Every method that strikes requests takes ``times`` (None: for ever) and ``probability``, and
    returns the Fault, whose ``struck`` counts how often it did.
    """

    def __init__(self, gateway: Gateway, transcript: Transcript, seed: int = 0) -> None:
        self._gateway = gateway
        self._transcript = transcript
        self._rng = random.Random(seed)
        self._faults: list[Fault] = []

    # REST --------------------------------------------------------------------------------

    def fail(
        self,
        route: str = "*",
        status: int = 500,
        times: int | None = 1,
        *,
        code: int = 0,
        message: str = "Injected failure",
        probability: float = 1.0,
    ) -> Fault:
        """Answers ``status`` in place of doing what was asked."""
        body: JsonObject = {"message": message, "code": code}
        return self._add(
            Fault(route, times, probability, reply=lambda: (dict(VIA), Reply(status, body)))
        )

    def rate_limit(
        self,
        route: str = "*",
        retry_after_s: float = 0.2,
        times: int | None = 1,
        *,
        via: bool = True,
        is_global: bool = False,
        probability: float = 1.0,
    ) -> Fault:
        """Answers 429. Without ``via`` it looks like a ban by Cloudflare."""

        def reply() -> tuple[dict[str, str], Reply]:
            return limited(retry_after_s, is_global=is_global, via=via)

        return self._add(Fault(route, times, probability, reply=reply))

    def drop(
        self,
        route: str = "*",
        times: int | None = 1,
        *,
        after: bool = False,
        probability: float = 1.0,
    ) -> Fault:
        """Cuts the connection before the request is carried out, or ``after`` it has been."""
        breaks = Break.AFTER if after else Break.BEFORE
        return self._add(Fault(route, times, probability, breaks=breaks))

    def delay(
        self, route: str, seconds: float, times: int | None = 1, *, probability: float = 1.0
    ) -> Fault:
        """Lets requests wait before they are carried out."""
        return self._add(Fault(route, times, probability, delay_s=seconds))

    def heal(self) -> None:
        """Ends all faults of REST."""
        self._faults.clear()

    def struck(self, route: str) -> list[Fault]:
        """The faults that this request meets; the server asks once for each."""
        found = [fault for fault in self._faults if fault.strikes(route, self._rng)]
        if found:
            self._transcript.note(f"{len(found)} faults strike {route}")
        return found

    def _add(self, fault: Fault) -> Fault:
        self._faults.append(fault)
        return fault

    # Interactions ------------------------------------------------------------------------

    def expire_token(self, interaction: Interaction) -> None:
        """As if its 15 minutes were over: 50027 from now on, or 10062 before any response."""
        self._transcript.note(f"expired {interaction}")
        interaction.is_expired = True

    # Gateway -----------------------------------------------------------------------------

    def disconnect(self, code: int | None = None) -> None:
        """Closes every gateway connection with ``code``, or cuts them without a close frame."""
        self._transcript.note(f"gateway disconnected, code {code}")
        self._gateway.disconnect(code)

    def reconnect(self) -> None:
        """Asks the client to reconnect (op 7)."""
        self._gateway.ask_to_reconnect()

    def invalid_session(self, *, resumable: bool = False) -> None:
        """Declares the sessions invalid (op 9); unless ``resumable``, they are forgotten."""
        self._gateway.invalidate_sessions(resumable=resumable)

    def forget_sessions(self) -> None:
        """Lets the next RESUME fail with op 9."""
        self._gateway.forget_sessions()

    def refuse_connections(self, refuse: bool = True) -> None:
        """While set, the gateway answers 503 to every new connection."""
        self._gateway.is_refusing = refuse

    def stop_acknowledging_heartbeats(self, stop: bool = True) -> None:
        self._gateway.acknowledges_heartbeats = not stop

    def dispatch(self, name: str, data: JsonObject) -> None:
        """Sends an event of the test's own making, however malformed."""
        self._gateway.dispatch_raw(name, data)
