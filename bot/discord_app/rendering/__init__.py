"""What people see in Discord, as plain text: answers and notices in, message parts out.

Nothing here knows a Discord object, and nothing here does anything but compute.
"""

from __future__ import annotations

from bot.discord_app.rendering.answer import Message, SourceLabel, render_answer, render_draft
from bot.discord_app.rendering.escape import escape, escape_name, marked
from bot.discord_app.rendering.source import SourceText, render_source
from bot.discord_app.rendering.split import CONTENT_LIMIT, fit, length, split

__all__ = [
    "CONTENT_LIMIT",
    "Message",
    "SourceLabel",
    "SourceText",
    "escape",
    "escape_name",
    "fit",
    "length",
    "marked",
    "render_answer",
    "render_draft",
    "render_source",
    "split",
]
