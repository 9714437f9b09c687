"""A scripted language model with known sins, and a real small one; both on loopback."""

from __future__ import annotations

from tests.fakes.llm.replies import Reply, breaks_off, hangs, raw, refuses, says
from tests.fakes.llm.server import ScriptedLlm

__all__ = ["Reply", "ScriptedLlm", "breaks_off", "hangs", "raw", "refuses", "says"]
