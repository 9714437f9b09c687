"""Rate limits by bucket, with Discord's headers."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from fnmatch import fnmatchcase

from tests.fakes.discord.payload_types import JsonObject, Reply

#: The header that tells an answer of Discord's from one of the firewall before it.
VIA = {"Via": "1.1 google"}
MAJOR_PARAMETERS = ("channel_id", "guild_id", "webhook_id", "webhook_token")


@dataclass(frozen=True, slots=True)
class Limit:
    requests: int
    window_s: float


@dataclass(slots=True)
class _Window:
    limit: Limit
    ends_s: float
    used: int = 0


class RateLimits:
    """By default so wide that no test meets one; ``set`` makes a route narrow."""

    def __init__(self) -> None:
        self._limits: dict[str, Limit] = {}
        self._windows: dict[str, _Window] = {}
        self._global: Limit | None = None
        self._usual = Limit(10_000, 1.0)

    def set(self, route: str, requests: int, window_s: float) -> None:
        """``route`` such as ``POST /channels/{channel_id}/messages``; ``*`` matches anything."""
        self._limits[route] = Limit(requests, window_s)
        self._windows.clear()

    def set_global(self, requests: int, window_s: float) -> None:
        self._global = Limit(requests, window_s)

    def take(
        self, route: str, parameters: dict[str, str], *, counts_globally: bool = True
    ) -> tuple[dict[str, str], Reply | None]:
        """Counts one request: the headers to answer with, and the 429 if it was one too many.

        Interaction routes do not count towards the global limit.
        """
        now = time.time()
        if self._global is not None and counts_globally:
            window = self._window("global", self._global, now)
            window.used += 1
            if window.used > window.limit.requests:
                return limited(window.ends_s - now, is_global=True)
        major = [f"{key}={parameters[key]}" for key in MAJOR_PARAMETERS if key in parameters]
        key = " ".join((route, *major))
        window = self._window(key, self._limit(route), now)
        window.used += 1
        headers = _headers(route, window, now)
        if window.used > window.limit.requests:
            via_headers, reply = limited(window.ends_s - now)
            return headers | via_headers, reply
        return headers, None

    def _limit(self, route: str) -> Limit:
        for pattern, limit in self._limits.items():
            if pattern == route or fnmatchcase(route, pattern):
                return limit
        return self._usual

    def _window(self, key: str, limit: Limit, now: float) -> _Window:
        window = self._windows.get(key)
        if window is None or window.ends_s <= now:
            window = self._windows[key] = _Window(limit, now + limit.window_s)
        return window


def limited(
    retry_after_s: float, *, is_global: bool = False, via: bool = True
) -> tuple[dict[str, str], Reply]:
    """A 429. Without ``via`` a client takes it for a ban by Cloudflare."""
    body: JsonObject = {
        "message": "You are being rate limited.",
        "retry_after": round(max(retry_after_s, 0.001), 3),
        "global": is_global,
    }
    headers = {
        "Retry-After": str(max(1, round(retry_after_s))),
        "X-RateLimit-Scope": "global" if is_global else "user",
    }
    if is_global:
        headers["X-RateLimit-Global"] = "true"
    return headers | (VIA if via else {}), Reply(429, body)


def _headers(route: str, window: _Window, now: float) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(window.limit.requests),
        "X-RateLimit-Remaining": str(max(0, window.limit.requests - window.used)),
        "X-RateLimit-Reset": f"{window.ends_s:.3f}",
        "X-RateLimit-Reset-After": f"{window.ends_s - now:.3f}",
        "X-RateLimit-Bucket": hashlib.sha256(route.encode()).hexdigest()[:32],
        **VIA,
    }
