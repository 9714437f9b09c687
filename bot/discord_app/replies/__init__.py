"""Ways to answer: as a message in a channel, or as the response to an interaction."""

from __future__ import annotations

from bot.discord_app.replies.drafts import Drafts
from bot.discord_app.replies.interaction_reply import InteractionReply
from bot.discord_app.replies.message_reply import MessageReply
from bot.discord_app.replies.reply import Reply, Undeliverable

__all__ = ["Drafts", "InteractionReply", "MessageReply", "Reply", "Undeliverable"]
