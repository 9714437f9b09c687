"""Where log records go. Configured once, at the start of a command."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from bot.terminal.safety import visible

#: Faults of the program itself, with their tracebacks; see :mod:`bot.terminal.faults`.
FAULTS = "bot.terminal.faults"
#: Libraries that report their inner life; from them only warnings are passed on.
_TALKATIVE = frozenset({"chromadb", "httpx", "httpcore", "llama_index", "bm25s", "asyncio"})


class _OneLine(logging.Formatter):
    """Messages made harmless: a file name or a document may be part of one."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))


class _FaultFile(logging.FileHandler):
    """Opened at the first fault; a directory that cannot be written costs only the traceback."""

    def handleError(self, record: logging.LogRecord) -> None:
        pass

    def emit(self, record: logging.LogRecord) -> None:
        if Path(self.baseFilename).parent.is_dir():
            super().emit(record)


def configure(level: str, fault_file: Path) -> None:
    """Records of ``level`` and above go to standard error; tracebacks of faults go to
    ``fault_file``, and to standard error only at DEBUG."""
    form = _OneLine("%(asctime)s %(levelname)s %(name)s: %(message)s")
    debug = level == "DEBUG"
    errors = logging.StreamHandler(sys.stderr)
    errors.setFormatter(form)
    if level != "DEBUG":
        errors.addFilter(_without_chatter)
    root = logging.getLogger()
    for handler in tuple(root.handlers):
        root.removeHandler(handler)
    root.addHandler(errors)
    root.setLevel(level)

    faults = logging.getLogger(FAULTS)
    faults.propagate = debug
    for handler in tuple(faults.handlers):
        faults.removeHandler(handler)
        handler.close()
    file = _FaultFile(fault_file, encoding="utf-8", delay=True)
    file.setFormatter(form)
    faults.addHandler(file)


def _without_chatter(record: logging.LogRecord) -> bool:
    """A filter, because bm25s sets the level of its own logger when it is imported."""
    library = record.name.partition(".")[0]
    return library not in _TALKATIVE or record.levelno >= logging.WARNING


def fault_file(index_dir: Path) -> Path:
    """Beside the index, because nothing is written elsewhere."""
    return index_dir / "faults.log"
