"""The two forms: a follow-up question, and why an answer did not help.

discord.py forgets its modals at a restart, and keeps each one that nobody submits. These are
only drawn with it; their values are read from the interaction itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import discord

#: "fn1:F:answer" and "fn1:R:answer".
MODAL_ID = re.compile(r"fn1:(?P<kind>[FR]):(?P<answer>[0-9a-f]{12})")
_TEXT_INPUT = 4
_MOST_CHARS = 4000


def follow_up_modal(answer_id: str, max_chars: int) -> discord.ui.Modal:
    modal = discord.ui.Modal(title="Follow-up question", custom_id=f"fn1:F:{answer_id}")
    modal.add_item(
        discord.ui.Label(
            text="What else do you want to know?",
            component=discord.ui.TextInput(
                custom_id="text",
                style=discord.TextStyle.paragraph,
                max_length=min(max_chars, _MOST_CHARS),
            ),
        )
    )
    return _loose(modal)


def reason_modal(answer_id: str) -> discord.ui.Modal:
    modal = discord.ui.Modal(title="What was wrong?", custom_id=f"fn1:R:{answer_id}")
    modal.add_item(
        discord.ui.Label(
            text="Your vote is counted. Add why, if you like.",
            component=discord.ui.TextInput(
                custom_id="text",
                style=discord.TextStyle.paragraph,
                required=False,
                max_length=500,
                placeholder="Wrong passage, wrong fact, not what I asked, ...",
            ),
        )
    )
    return _loose(modal)


def _loose(modal: discord.ui.Modal) -> discord.ui.Modal:
    """A stopped modal is sent like any other, but not kept in the library's memory."""
    modal.stop()
    return modal


def modal_values(components: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """What was typed, by ``custom_id``; in the present form of modals and in the classic one."""
    return dict(_values(components))


def _values(components: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for component in components:
        if component.get("type") == _TEXT_INPUT:
            yield str(component.get("custom_id", "")), str(component.get("value") or "")
        if isinstance(component.get("component"), Mapping):
            yield from _values([component["component"]])
        yield from _values(component.get("components") or ())
