"""Layouts that only one person sees: an opened source, and pages such as help and status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import discord

from bot.discord_app.rendering import SourceText


def _text(content: str) -> discord.ui.TextDisplay[Any]:
    return discord.ui.TextDisplay(content)


def source_view(source: SourceText) -> discord.ui.LayoutView:
    """Title; before, quote, after; a small line; a link where the document has an address."""
    container: discord.ui.Container[Any] = discord.ui.Container()
    container.add_item(_text(source.title))
    container.add_item(discord.ui.Separator())
    for piece in (source.before, source.quote, source.after):
        if piece:
            container.add_item(_text(piece))
    container.add_item(discord.ui.Separator())
    container.add_item(_text(f"-# {source.note}"))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    if source.url is not None:
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
        row.add_item(discord.ui.Button(label="Open the document", url=source.url))
        view.add_item(row)
    return view


def panel_view(title: str, sections: Sequence[str]) -> discord.ui.LayoutView:
    """A page: a title, and sections with a line between them."""
    container: discord.ui.Container[Any] = discord.ui.Container()
    container.add_item(_text(f"## {title}"))
    for section in sections:
        container.add_item(discord.ui.Separator())
        container.add_item(_text(section))
    view = discord.ui.LayoutView(timeout=None)
    view.add_item(container)
    return view
