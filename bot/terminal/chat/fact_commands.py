"""Quick facts in a conversation: ``/who Witkoff``, ``/figures tariffs`` and so on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from bot.terminal.documents_view import find_document
from index.facts.types import Topic

if TYPE_CHECKING:
    from bot.terminal.chat.session import Session

#: Restricts a command to one document: "/who Witkoff --in minutes".
DOCUMENT_OPTION = "--in"


class FactCommand(NamedTuple):
    """A topic, what may follow its name, and one line of meaning."""

    topic: Topic
    argument: str
    help: str

    @property
    def name(self) -> str:
        return f"/{self.topic.value}"


FACT_COMMANDS = (
    FactCommand(Topic.WHO, "[name]", "the people, or one of them"),
    FactCommand(Topic.WHEN, "[what]", "the dates, and what happened"),
    FactCommand(Topic.WHERE, "[place]", "the places, or one of them"),
    FactCommand(Topic.FIGURES, "[about]", "the figures, and what they measure"),
    FactCommand(Topic.QUOTES, "[speaker]", "who said what, word for word"),
    FactCommand(Topic.TIMELINE, "[about]", "what happened, in order"),
    FactCommand(Topic.SUMMARY, "[length]", "short, medium or long, word for word"),
    FactCommand(Topic.FACT, "[anything]", f"look up anything; {DOCUMENT_OPTION} NAME: only there"),
)


def runner(topic: Topic) -> Callable[[Session, str], bool]:
    """What to do for the command of ``topic``. Raises UsageError for an unknown document."""

    def run(session: Session, argument: str) -> bool:
        wanted, _, document = argument.partition(DOCUMENT_OPTION)
        documents = None
        if document.strip():
            documents = {find_document(session.engine.documents, document.strip()).id}
        session.engine.refresh()
        session.reveal(session.engine.fact_book.answer(topic, wanted.strip(), documents))
        return True

    return run


def suggestions(session: Session, name: str, typed: str) -> list[str]:
    """What to offer behind the command ``name``; nothing for other commands."""
    command = next((known for known in FACT_COMMANDS if known.name == name), None)
    if command is None:
        return []
    return session.engine.fact_book.suggest(command.topic, typed)
