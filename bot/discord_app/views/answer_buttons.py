"""The buttons under an answer. A ``custom_id`` reads "fn1:kind:answer:number"; "fn1" is the
form's version, so that a later one can tell buttons of this one."""

from __future__ import annotations

import re
from typing import Any

import discord

from bot.discord_app.rendering import Message, SourceLabel
from bot.ledger import AnswerRecord

#: Discord's limits.
_MOST_IN_ROW = 5
_LABEL_CHARS = 80
_ANSWER = r"(?P<answer>[0-9a-f]{12})"


class _AnswerButton(discord.ui.DynamicItem[discord.ui.Button[Any]], template=rf"fn1:_:{_ANSWER}"):
    """What the buttons share: made anew from the ``custom_id`` at every click."""

    def __init__(self, button: discord.ui.Button[Any], match: re.Match[str]) -> None:
        super().__init__(button)
        self.match = match

    @classmethod
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
    ) -> _AnswerButton:
        assert isinstance(item, discord.ui.Button)
        return cls(item, match)

    @classmethod
    def make(cls, custom_id: str, label: str | None, **look: Any) -> _AnswerButton:
        button: discord.ui.Button[Any] = discord.ui.Button(custom_id=custom_id, label=label, **look)
        match = cls.__discord_ui_compiled_template__.fullmatch(custom_id)
        assert match is not None
        return cls(button, match)


class SourceButton(_AnswerButton, template=rf"fn1:(?P<kind>[sn]):{_ANSWER}:(?P<number>\d{{1,2}})"):
    """Opens a source for whoever clicks, and for nobody else."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.open_source(
            interaction, self.match["answer"], self.match["kind"], int(self.match["number"])
        )


class ChoiceButton(_AnswerButton, template=rf"fn1:c:{_ANSWER}:(?P<number>\d)"):
    """Asks one of the questions that an answer offers."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.choose(
            interaction, self.match["answer"], int(self.match["number"])
        )


class FollowUpButton(_AnswerButton, template=rf"fn1:f:{_ANSWER}"):
    """Asks for the next question in a modal."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.ask_follow_up(interaction, self.match["answer"])


class VoteButton(_AnswerButton, template=rf"fn1:(?P<vote>[ud]):{_ANSWER}"):
    """Helpful, or not; the latter asks why."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.vote(
            interaction, self.match["answer"], helpful=self.match["vote"] == "u"
        )


class DeleteButton(_AnswerButton, template=rf"fn1:x:{_ANSWER}"):
    """Deletes the answer's messages, for the asker and for moderators."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.delete(interaction, self.match["answer"])


class AskAgainButton(_AnswerButton, template=r"fn1:e:(?P<message>\d{1,20})"):
    """Asks an edited question again, for its author."""

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.client.desk.ask_again(interaction, int(self.match["message"]))


DYNAMIC_ITEMS: tuple[type[_AnswerButton], ...] = (
    SourceButton,
    ChoiceButton,
    FollowUpButton,
    VoteButton,
    DeleteButton,
    AskAgainButton,
)


def button_of(custom_id: str) -> _AnswerButton | None:
    """The button that answers to ``custom_id``; None when no button here does."""
    for item in DYNAMIC_ITEMS:
        if item.__discord_ui_compiled_template__.fullmatch(custom_id):
            return item.make(custom_id, label=None)
    return None


def answer_view(record: AnswerRecord, message: Message) -> discord.ui.View | None:
    """Sources in the first rows, then questions to choose from, then what to do about the
    answer."""
    choices = record.answer.choices[:_MOST_IN_ROW]
    if not message.votable and not message.sources and not choices:
        return None
    view = discord.ui.View(timeout=None)
    for index, source in enumerate(message.sources):
        view.add_item(_source(record.id, source, row=index // _MOST_IN_ROW))
    row = -(-len(message.sources) // _MOST_IN_ROW)
    for number, choice in enumerate(choices, start=1):
        view.add_item(_choice(record.id, number, choice, row))
    row += bool(choices)
    for kind, label in (
        ("f", "Follow-up"),
        ("u", "👍 Helpful"),
        ("d", "👎 Not helpful"),
        ("x", "Delete"),
    ):
        if kind == "x" and record.private:
            continue  # Discord lets everybody dismiss what only they can see
        view.add_item(_action(record.id, kind, label, row))
    return view


def _choice(answer_id: str, number: int, choice: str, row: int) -> _AnswerButton:
    label = " ".join(choice.split())
    if len(label) > _LABEL_CHARS:
        label = label[: _LABEL_CHARS - 1].rstrip() + "…"
    return ChoiceButton.make(
        f"fn1:c:{answer_id}:{number}", label, style=discord.ButtonStyle.secondary, row=row
    )


def _source(answer_id: str, source: SourceLabel, row: int) -> _AnswerButton:
    return SourceButton.make(
        f"fn1:{source.kind}:{answer_id}:{source.number}",
        source.label,
        style=discord.ButtonStyle.primary,
        row=row,
    )


def _action(answer_id: str, kind: str, label: str, row: int) -> _AnswerButton:
    button = {"f": FollowUpButton, "u": VoteButton, "d": VoteButton, "x": DeleteButton}[kind]
    return button.make(f"fn1:{kind}:{answer_id}", label, row=row)


def ask_again_view(message_id: int) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    view.add_item(AskAgainButton.make(f"fn1:e:{message_id}", "Ask the edited question"))
    return view
