"""The numbers that a test may turn: deadlines, sizes, and what the application is approved for."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.discord.payload_types import NO_INTENTS, PRIVILEGED, Intent


@dataclass(slots=True)
class Rules:
    """Discord's own values by default."""

    token: str = "loopback.token.for-tests"
    #: An interaction must be answered within this time.
    first_response_s: float = 3.0
    #: How long its token can be used.
    token_life_s: float = 900.0
    heartbeat_interval_s: float = 41.25
    #: 10 MiB, the limit of a server without boosts.
    upload_bytes: int = 10 * 1024 * 1024
    #: Privileged intents switched on in the developer portal. By default none.
    approved_intents: Intent = NO_INTENTS
    #: New application commands a day.
    command_creates: int = 200
    #: Follow-up messages of an interaction that only a user's installation gives access to.
    user_install_followups: int = 5
    #: Whether the gateway compresses when the client asks for zlib-stream.
    compress: bool = True
    #: Dispatches kept for a RESUME.
    replay_buffer: int = 10_000

    @property
    def refused_intents(self) -> Intent:
        return PRIVILEGED & ~self.approved_intents
