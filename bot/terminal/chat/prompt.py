"""The line editor: history, completion, and the keys that people expect."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document as Typed
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output

from bot.terminal.chat import commands
from bot.terminal.chat.fact_commands import suggestions
from bot.terminal.chat.session import Session
from bot.terminal.safety import visible, whole

#: Some ten thousand questions.
MOST_BYTES = 1_000_000


class ChatCompleter(Completer):
    """Completes commands, the numbers of the last answer's sources, and document names."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(
        self,
        document: Typed,
        complete_event: CompleteEvent,
    ) -> Iterable[Completion]:
        typed = document.text_before_cursor.lstrip()
        if not typed.startswith("/"):
            return
        name, blank, argument = typed.partition(" ")
        if not blank:
            for command in commands.COMMANDS:
                if command.name.startswith(name.lower()):
                    usage = f"{command.name} {command.argument}".strip()
                    yield Completion(
                        command.name,
                        start_position=-len(name),
                        display=usage,
                        display_meta=command.help,
                    )
            return
        for value in suggestions(self._session, name, argument):
            yield Completion(visible(value), start_position=-len(argument))
        for value, meaning in self._arguments(name):
            if argument.casefold() in value.casefold():
                yield Completion(value, start_position=-len(argument), display_meta=meaning)

    def _arguments(self, name: str) -> Iterable[tuple[str, str]]:
        if name == "/source" and self._session.last is not None:
            quotes = {c.number: visible(c.quote) for c in self._session.last.citations}
            for number in commands.places(self._session.last):
                yield str(number), quotes.get(number, "")
        elif name == "/sources":
            for document in self._session.engine.documents:
                yield visible(document.id), visible(document.title)


class ChatHistory(FileHistory):
    """Earlier questions, in a file. A file that cannot be written costs only the memory.

    The file holds at most ``MOST_BYTES`` and one session: what is older goes when it is loaded.
    """

    def load_history_strings(self) -> Iterable[str]:
        try:
            self._shorten(Path(os.fsdecode(self.filename)))
            yield from super().load_history_strings()
        except OSError:
            return

    @staticmethod
    def _shorten(file: Path) -> None:
        """Raises OSError."""
        if not file.exists() or file.stat().st_size <= MOST_BYTES:
            return
        # An entry is a blank line, its time behind a "#", and its lines behind a "+" each.
        _, _, kept = file.read_bytes()[-MOST_BYTES // 2 :].partition(b"\n\n")
        shorter = file.with_name(f"{file.name}.new")
        shorter.write_bytes(b"\n" + kept)
        shorter.replace(file)

    def store_string(self, string: str) -> None:
        try:
            # The keyboard can yield lone surrogates, which no file takes.
            super().store_string(whole(string))
        except OSError:
            return


def open_prompt(
    session: Session,
    history_file: Path,
    *,
    keyboard: Input | None = None,
    display: Output | None = None,
) -> Callable[[], str]:
    """A function that asks for one line. It raises KeyboardInterrupt for Ctrl-C and EOFError for
    Ctrl-D on an empty line. ``keyboard`` and ``display`` default to the terminal."""
    history: History = InMemoryHistory()
    if history_file.parent.is_dir():
        history = ChatHistory(str(history_file))
    prompt: PromptSession[str] = PromptSession(
        [("bold", "› " if _encodes("›") else "> ")],
        history=history,
        completer=ChatCompleter(session),
        complete_while_typing=True,
        auto_suggest=AutoSuggestFromHistory(),
        enable_history_search=False,
        reserve_space_for_menu=6,
        input=keyboard,
        output=display,
    )
    return prompt.prompt


def _encodes(character: str) -> bool:
    try:
        character.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True
