"""What the exit codes of every command mean."""

from __future__ import annotations

from enum import IntEnum

from index.errors import FootnoteError


class Exit(IntEnum):
    DONE = 0
    #: The document does not say, or a check failed.
    NOT_FOUND = 1
    #: Wrong usage or configuration: something that the user can change.
    WRONG = 2
    #: A fault of the program; the message carries a reference to the log.
    FAULT = 70
    INTERRUPTED = 130
    #: The reader of our output went away (``| head -1``).
    BROKEN_PIPE = 141


class UsageError(FootnoteError):
    """The command line makes no sense. Ends with :attr:`Exit.WRONG`, like every FootnoteError."""
