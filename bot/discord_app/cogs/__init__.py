"""One cog a topic. A new topic is a new file here and a line in :data:`COGS`."""

from __future__ import annotations

from bot.discord_app.cogs.administration import Administration
from bot.discord_app.cogs.ask import Ask
from bot.discord_app.cogs.conversations import Conversations
from bot.discord_app.cogs.facts import Facts
from bot.discord_app.cogs.information import Information
from bot.discord_app.cogs.menus import Menus
from bot.discord_app.cogs.messages import Messages
from bot.discord_app.cogs.privacy import Privacy
from bot.discord_app.cogs.review import Review

COGS = (Messages, Ask, Conversations, Facts, Menus, Information, Privacy, Administration, Review)

__all__ = ["COGS"]
