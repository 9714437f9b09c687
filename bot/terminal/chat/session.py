"""A conversation in the terminal: a typed line in, pages out. Knows no keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.terminal.chat import commands
from bot.terminal.conversations import History, extended
from bot.terminal.documents_view import welcome_page
from bot.terminal.examples import find_examples
from bot.terminal.faults import error_page, fault_line
from bot.terminal.output import OutputError
from bot.terminal.page import BLANK, Page
from bot.terminal.rendering import answer_page, draft_page
from bot.terminal.safety import whole
from bot.terminal.screen import Screen
from index.errors import FootnoteError
from index.types import Answer

if TYPE_CHECKING:
    from bot.terminal.asking import Asker


class Session:
    """One conversation: the engine, what was said, and the last answer, which ``/source`` and
    ``/why`` are about."""

    def __init__(self, engine: Asker, screen: Screen) -> None:
        self.engine = engine
        self.last: Answer | None = None
        self._screen = screen
        self._history: History = ()

    def show(self, page: Page) -> None:
        """Shows ``page`` with a blank line below it."""
        self._screen.show((*page, BLANK))

    def welcome(self) -> None:
        """Says what is answered from and shows questions that it does answer."""
        self.show(welcome_page(self.engine.documents, find_examples(self.engine)))

    def reveal(self, answer: Answer) -> None:
        """Shows an answer that is no turn of the conversation; ``/source`` opens its quotes."""
        self.last = answer
        self.show(answer_page(answer))

    def forget(self) -> None:
        """Begins a new conversation."""
        self._history = ()
        self.last = None

    def handle(self, text: str) -> bool:
        """Answers ``text`` or obeys it, if it is a command. False means: leave."""
        text = whole(text).strip()
        if not text:
            return True
        try:
            command = commands.find(text)
            if command is not None:
                return command(self)
            self._ask(text)
        except FootnoteError as error:
            self.show(error_page(error))
        except OutputError:
            raise
        except Exception as error:  # noqa: BLE001 - the edge: the conversation goes on
            self.show((fault_line(error),))
        return True

    def _ask(self, question: str) -> None:
        self.engine.refresh()
        with self._screen.preview() as show:
            self.last = answer = self.engine.ask(
                question, self._history, on_settled=lambda text: show(draft_page(text))
            )
        self._history = extended(self._history, answer)
        self.show(answer_page(answer))
