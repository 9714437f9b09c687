"""The two ways of talking: a person at a terminal, and a pipe."""

from __future__ import annotations

import signal
import warnings
from pathlib import Path
from types import FrameType
from typing import BinaryIO

from bot.terminal.chat.session import Session
from bot.terminal.lines import MAX_LINE_BYTES, read_lines
from bot.terminal.page import faint, line


def converse(session: Session, history_file: Path) -> None:
    """Prompts until the person leaves. Ctrl-C drops the line or the answer in the making."""
    from bot.terminal.chat.prompt import open_prompt

    # An orderly end: the line editor gives the terminal back as it was.
    signal.signal(signal.SIGTERM, _leave)
    # Ctrl-C while the line editor starts leaves its coroutine behind, which is nobody's business.
    warnings.filterwarnings("ignore", "coroutine .* was never awaited", RuntimeWarning)
    session.welcome()
    prompt = open_prompt(session, history_file)
    while True:
        try:
            if not session.handle(prompt()):
                return
        except KeyboardInterrupt:
            session.show((line(faint("Ctrl-D or /quit leaves.")),))
        except EOFError:
            return


def _leave(number: int, _: FrameType | None) -> None:
    raise SystemExit(128 + number)


def read_pipe(session: Session, source: BinaryIO) -> None:
    """Answers one question a line, under the question; blank lines are skipped."""
    for raw in read_lines(source):
        text = raw[: MAX_LINE_BYTES + 1].decode("utf-8", "replace").strip().strip("\ufeff")
        if not text:
            continue
        session.show((line(faint("> "), text),))
        if not session.handle(text):
            return
