"""The table of all routes. A request that matches none is answered 501 and fails its test."""

from __future__ import annotations

from tests.fakes.discord.routes_channels import CHANNEL_ROUTES
from tests.fakes.discord.routes_identity import IDENTITY_ROUTES
from tests.fakes.discord.routes_interactions import INTERACTION_ROUTES
from tests.fakes.discord.routes_messages import MESSAGE_ROUTES
from tests.fakes.discord.routing import Route

#: Fixed paths stand before those with a parameter in the same place.
ROUTES: tuple[Route, ...] = (
    *IDENTITY_ROUTES,
    *INTERACTION_ROUTES,
    *MESSAGE_ROUTES,
    *CHANNEL_ROUTES,
)
