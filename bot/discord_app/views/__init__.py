"""Buttons and modals. They hold no state of their own: each carries the id of an answer in the
ledger, so that those on old messages work after a restart."""

from __future__ import annotations

from bot.discord_app.views.answer_buttons import (
    DYNAMIC_ITEMS,
    AskAgainButton,
    answer_view,
    ask_again_view,
    button_of,
)
from bot.discord_app.views.modals import follow_up_modal, modal_values, reason_modal
from bot.discord_app.views.panels import panel_view, source_view

__all__ = [
    "DYNAMIC_ITEMS",
    "AskAgainButton",
    "answer_view",
    "ask_again_view",
    "button_of",
    "follow_up_modal",
    "modal_values",
    "panel_view",
    "reason_modal",
    "source_view",
]
