"""What the routes work on: the world and the machinery around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.discord.clock import Clock
from tests.fakes.discord.commands import Commands
from tests.fakes.discord.findings import Findings
from tests.fakes.discord.interactions import Interactions
from tests.fakes.discord.payload_types import Body
from tests.fakes.discord.rate_limits import RateLimits
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.transcript import Transcript
from tests.fakes.discord.world import World


@dataclass(frozen=True, slots=True)
class Backend:
    rules: Rules
    clock: Clock
    world: World
    interactions: Interactions
    commands: Commands
    rate_limits: RateLimits
    transcript: Transcript
    findings: Findings


@dataclass(frozen=True, slots=True)
class Call:
    """One request, taken apart."""

    backend: Backend
    parameters: dict[str, str]
    query: dict[str, str] = field(default_factory=dict)
    body: Body = field(default_factory=Body)

    def id(self, name: str) -> int:
        """A snowflake from the path; -1, which nothing has, if it is not one."""
        text = self.parameters[name]
        return int(text) if text.isdecimal() else -1
