"""/reload and /channel, for those who manage the server."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord_app.client import FootnoteBot
from bot.discord_app.failures import describe
from bot.discord_app.managers import ProgressTeller, for_managers, is_manager
from bot.discord_app.pages import reload_line
from bot.discord_app.permissions import granted_to_us, missing
from bot.discord_app.rendering import CONTENT_LIMIT, escape, escape_name, fit
from bot.ledger import ChannelSettings, Store
from index import BuildReport, Progress
from index.errors import FootnoteError

_MOST_PROBLEMS = 5
NEEDS_CONTENT = (
    "This needs the Message Content intent, which I do not ask for by default. Whoever runs me "
    "can switch it on in the developer portal and with FOOTNOTE_DISCORD_MESSAGE_CONTENT=true."
)


class _Channel(app_commands.Transformer):
    """A text channel or a forum. Written out, because the library's own annotation of a forum
    offers media channels too, which Discord's published schema does not know."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.forum]

    async def transform(
        self, interaction: discord.Interaction[Any], value: Any, /
    ) -> discord.abc.GuildChannel | None:
        guild = interaction.guild
        return None if guild is None else guild.get_channel(value.id)


class Administration(commands.Cog):
    def __init__(self, bot: FootnoteBot) -> None:
        self._bot = bot

    @app_commands.command(name="reload", description="Read the documents again.")
    @for_managers
    async def reload(self, interaction: discord.Interaction[FootnoteBot]) -> None:
        if not await is_manager(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        teller = ProgressTeller(interaction)

        def step(progress: Progress) -> None:
            teller.tell(reload_line(progress.stage, progress.done, progress.total))

        try:
            told = _reloaded(await self._bot.service.rebuild(step))
        except FootnoteError as error:
            # Whoever manages the server can put this right, so they see the cure too.
            told = f"{describe(error, 'Reading the documents again').line} {escape(error.cure)}"
        finally:
            await teller.stop()
        await interaction.edit_original_response(content=fit(told, CONTENT_LIMIT))

    @app_commands.command(name="channel", description="What I do in a channel without being asked.")
    @app_commands.describe(
        channel="The channel or forum; this one if you leave it out.",
        answer_all="Answer every message there.",
        forum="Answer each new post once.",
        threads="Open a thread for each answer to a mention.",
    )
    @app_commands.rename(answer_all="answer-all")
    @for_managers
    async def channel(
        self,
        interaction: discord.Interaction[FootnoteBot],
        channel: app_commands.Transform[discord.abc.GuildChannel, _Channel] | None = None,
        answer_all: bool | None = None,
        forum: bool | None = None,
        threads: bool | None = None,
    ) -> None:
        if not await is_manager(interaction):
            return
        await interaction.response.defer(ephemeral=True)
        target: Any = channel or interaction.channel
        if isinstance(target, discord.Thread):
            target = target.parent
        if interaction.guild_id is None or not isinstance(
            target, (discord.TextChannel, discord.ForumChannel)
        ):
            line = "Please name a text channel or a forum."
            await interaction.edit_original_response(content=line)
            return
        if refusal := _without_effect(target, answer_all=answer_all, forum=forum, threads=threads):
            await interaction.edit_original_response(content=refusal)
            return
        settings = self._bot.channels.get(target.id) or ChannelSettings(
            target.id, interaction.guild_id
        )
        changes = {"answer_all": answer_all, "forum": forum, "threads": threads}
        changed = replace(settings, **{k: v for k, v in changes.items() if v is not None})
        if (answer_all or forum) and not self._bot.intents.message_content:
            await interaction.edit_original_response(content=NEEDS_CONTENT)
            return
        if changed != settings:
            await self._bot.ledger.write(Store.set_channel, changed)
            self._bot.channels[target.id] = changed
        told = _settings_text(changed, target)
        if (changed.answer_all or changed.forum) and not self._bot.intents.message_content:
            told += f"\nWhat is on has no effect at the moment. {NEEDS_CONTENT}"
        await interaction.edit_original_response(content=told)


def _reloaded(report: BuildReport) -> str:
    lines = [
        f"Done in {report.seconds:.1f} s: {report.documents} documents, {report.passages} "
        f"passages, {report.reused_passages} of them unchanged."
    ]
    if not report.changed:
        lines.append("Nothing had changed.")
    lines.extend(
        f"- {escape(problem.what)} {escape(problem.cure)}"
        for problem in report.problems[:_MOST_PROBLEMS]
    )
    if len(report.problems) > _MOST_PROBLEMS:
        lines.append(f"- and {len(report.problems) - _MOST_PROBLEMS} more problems")
    return "\n".join(lines)


def _without_effect(
    channel: discord.TextChannel | discord.ForumChannel,
    *,
    answer_all: bool | None,
    forum: bool | None,
    threads: bool | None,
) -> str | None:
    """The line that refuses switches which do nothing on that kind of channel, if one is on."""
    name = escape_name(channel.name)
    if isinstance(channel, discord.ForumChannel):
        idle = {"answer-all": answer_all, "threads": threads}
        cure = f"#{name} is a forum, where each post is a thread of its own; use forum there."
    else:
        idle = {"forum": forum}
        cure = f"#{name} is a text channel; use answer-all there."
    refused = [switch for switch, on in idle.items() if on]
    if not refused:
        return None
    return f"I changed nothing: {' and '.join(refused)} would have no effect. {cure}"


def _settings_text(
    settings: ChannelSettings, channel: discord.TextChannel | discord.ForumChannel
) -> str:
    def switch(on: bool) -> str:
        return "on" if on else "off"

    lines = [
        f"**#{escape_name(channel.name)}**",
        f"Answer every message: {switch(settings.answer_all)}",
        f"Answer new forum posts: {switch(settings.forum)}",
        f"Open a thread for each answer: {switch(settings.threads)}",
    ]
    granted = granted_to_us(channel)
    if granted is not None and (lacking := missing(granted)):
        lines.append(f"I lack permissions there: {', '.join(lacking)}.")
    return "\n".join(lines)
