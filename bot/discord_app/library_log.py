"""Keeps discord.py's own log lines to what an operator can use."""

from __future__ import annotations

import logging

import discord


def quiet_library() -> None:
    """Drop warnings about voice, which Footnote does not use, and tracebacks of failed
    reconnects, which happen whenever Discord is away."""
    discord.VoiceClient.warn_nacl = False
    discord.VoiceClient.warn_dave = False
    logger = logging.getLogger("discord.client")
    if not any(isinstance(each, _ReconnectFilter) for each in logger.filters):
        logger.addFilter(_ReconnectFilter())


class _ReconnectFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        if record.msg == "Attempting a reconnect in %.2fs" and record.exc_info:
            reason = record.exc_info[1]
            record.msg = "Discord cannot be reached (%s); trying again in %.0f s"
            record.args = (reason, *(record.args or ()))
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True
