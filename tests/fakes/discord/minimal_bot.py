"""The smallest discord.py bot that uses every surface which the loopback Discord serves."""

from __future__ import annotations

import asyncio
import io
from typing import Any

import discord
from discord import app_commands

LATE_S = 0.05


class Reason(discord.ui.Modal, title="Why?"):
    reason: discord.ui.TextInput[Reason] = discord.ui.TextInput(
        label="Reason", custom_id="reason", max_length=20
    )

    def __init__(self) -> None:
        super().__init__(custom_id="why")

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_message(f"noted: {self.reason.value}", ephemeral=True)


class Controls(discord.ui.View):
    """Persistent buttons."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Open", custom_id="open")
    async def open(
        self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]
    ) -> None:
        await interaction.response.send_message("opened", ephemeral=True)

    @discord.ui.button(label="Change", custom_id="change")
    async def change(
        self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]
    ) -> None:
        await interaction.response.edit_message(content="changed", view=None)

    @discord.ui.button(label="Why", custom_id="why")
    async def why(
        self, interaction: discord.Interaction[Any], button: discord.ui.Button[Any]
    ) -> None:
        await interaction.response.send_modal(Reason())

    @discord.ui.select(
        custom_id="pick", options=[discord.SelectOption(label=each) for each in ("red", "blue")]
    )
    async def pick(
        self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]
    ) -> None:
        await interaction.response.send_message(f"picked {select.values[0]}")


class MinimalBot(discord.Client):
    """Repeats what mentions it; ``heard`` keeps every message that it received from others.

    ``errors`` keeps what its commands raised; ``resumed`` counts resumes.
    """

    def __init__(
        self,
        *,
        intents: discord.Intents | None = None,
        allowed_mentions: discord.AllowedMentions | None = None,
    ) -> None:
        super().__init__(
            intents=intents or discord.Intents.default(),
            allowed_mentions=allowed_mentions,
            guild_ready_timeout=0.1,
        )
        self.tree = app_commands.CommandTree(self)
        self.tree.error(self._on_command_error)
        self.heard: list[discord.Message] = []
        self.errors: asyncio.Queue[BaseException] = asyncio.Queue()
        self.readies = 0
        self.resumed = 0
        self.go_on = asyncio.Event()

    async def setup_hook(self) -> None:
        for command in _commands(self):
            self.tree.add_command(command)
        self.add_view(Controls())
        await self.tree.sync()

    async def on_ready(self) -> None:
        self.readies += 1

    async def on_resumed(self) -> None:
        self.resumed += 1

    async def on_message(self, message: discord.Message) -> None:
        if message.author == self.user:
            return
        self.heard.append(message)
        if self.user in message.mentions or message.guild is None:
            async with message.channel.typing():
                await message.reply(message.content, mention_author=False)

    async def _on_command_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError
    ) -> None:
        self.errors.put_nowait(getattr(error, "original", error))


def _commands(
    bot: MinimalBot,
) -> list[app_commands.Command[Any, ..., Any] | app_commands.ContextMenu | app_commands.Group]:
    @app_commands.command(description="Answers at once")
    async def echo(interaction: discord.Interaction[Any], text: str, private: bool = False) -> None:
        await interaction.response.send_message(text, ephemeral=private, view=Controls())

    @app_commands.command(description="Defers, then edits")
    async def ask(
        interaction: discord.Interaction[Any], question: str, private: bool = False
    ) -> None:
        await interaction.response.defer(ephemeral=private)
        await interaction.edit_original_response(content=f"answer to {question}", view=Controls())
        await interaction.followup.send("and more", ephemeral=True)

    @app_commands.command(description="Answers when the test says so")
    async def late(interaction: discord.Interaction[Any], defer: bool = False) -> None:
        if defer:
            await interaction.response.defer()
        await bot.go_on.wait()
        if defer:
            await interaction.edit_original_response(content="late")
        else:
            await interaction.response.send_message("late")

    @app_commands.command(description="Sends a file, an embed and components v2")
    async def rich(interaction: discord.Interaction[Any]) -> None:
        file = discord.File(io.BytesIO("Zürich".encode()), "notes.txt")
        embed = discord.Embed(title="Title", description="Described")
        embed.add_field(name="Name", value="Value").set_footer(text="Foot")
        await interaction.response.send_message("with a file", file=file, embed=embed)
        layout = discord.ui.LayoutView()
        box: discord.ui.Container[Any] = discord.ui.Container()
        box.add_item(discord.ui.TextDisplay("shown in a box")).add_item(discord.ui.Separator())
        row: discord.ui.ActionRow[Any] = discord.ui.ActionRow()
        row.add_item(discord.ui.Button(label="Inside", custom_id="inside"))
        layout.add_item(box.add_item(row))
        await interaction.followup.send(view=layout)

    @app_commands.command(description="Completes")
    async def fact(interaction: discord.Interaction[Any], topic: str) -> None:
        await interaction.response.send_message(topic)

    @fact.autocomplete("topic")
    async def topics(
        interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        found = [each for each in ("trade", "travel", "peace") if each.startswith(current)]
        return [app_commands.Choice(name=each.title(), value=each) for each in found]

    @app_commands.context_menu(name="Shout")
    async def shout(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await interaction.response.send_message(message.content.upper(), ephemeral=True)

    group = app_commands.Group(
        name="channel",
        description="Settings",
        default_permissions=discord.Permissions(manage_guild=True),
        guild_only=True,
    )

    @group.command(name="show", description="Shows a channel's settings")
    async def show(
        interaction: discord.Interaction[Any], where: discord.TextChannel | None = None
    ) -> None:
        await interaction.response.send_message(f"settings of {where}")

    everywhere = app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    by_anyone = app_commands.allowed_installs(guilds=True, users=True)
    return [by_anyone(everywhere(echo)), ask, late, rich, fact, shout, group]
