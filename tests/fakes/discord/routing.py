"""What a route is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.discord.backend import Call
from tests.fakes.discord.payload_types import Reply


@dataclass(frozen=True, slots=True)
class Route:
    """``path`` as in the OpenAPI document. ``handle`` returns a Reply or raises DiscordError."""

    method: str
    path: str
    handle: Callable[[Call], Reply]
    #: Interaction routes carry their token in the path.
    needs_token: bool = True

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"
