"""Where questions are answered: on this machine, or by whom."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from index.settings import Settings

#: The providers that are elsewhere unless an address says otherwise, as they call themselves.
_ELSEWHERE = {"openai": "OpenAI", "anthropic": "Anthropic", "google": "Google"}


def asked_elsewhere(settings: Settings) -> str | None:
    """The provider or host that a language model's questions go to; None when there is no model
    or it is on this machine."""
    if settings.llm is None:
        return None
    if settings.llm_base_url is not None:
        host = urlsplit(settings.llm_base_url).hostname or settings.llm_base_url
        return None if _is_loopback(host) else host
    provider = settings.llm.partition(":")[0].strip().lower()
    return _ELSEWHERE.get(provider)


def _is_loopback(host: str) -> bool:
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:  # any other name may be anywhere
        return False
