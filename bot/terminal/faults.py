"""What a person sees when something fails: one line, and what to do about it."""

from __future__ import annotations

import logging
import secrets

from bot.terminal import logs
from bot.terminal.page import Line, Page, faint, line, warning
from index.errors import FootnoteError

log = logging.getLogger(logs.FAULTS)
# Before logging is set up, logging's last resort would print the traceback.
log.addHandler(logging.NullHandler())


def error_page(error: FootnoteError) -> Page:
    """What happened, and the cure."""
    return (line(warning(error.what), " ", faint(error.cure)),)


def report(error: BaseException) -> str:
    """Logs an unexpected ``error`` with its traceback; returns the line for the user."""
    reference = secrets.token_hex(3)
    log.error("fault %s: %s", reference, type(error).__name__, exc_info=error)
    return (
        f"Something went wrong (reference {reference}). "
        f"{_where()}Set FOOTNOTE_LOG_LEVEL=DEBUG and try again to see the details here."
    )


def fault_line(error: BaseException) -> Line:
    return line(warning(report(error)))


def _where() -> str:
    files = [h.baseFilename for h in log.handlers if isinstance(h, logging.FileHandler)]
    return f"The details are in {files[0]}. " if files else ""
