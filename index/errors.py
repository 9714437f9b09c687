"""Every error that Footnote raises on purpose.

FootnoteError
├── SettingsError    a setting is unknown, malformed or contradicts another
├── QuestionError    the question cannot be asked: empty, too long, no words
├── SourceError      a document cannot be read
├── ModelError       a model file is missing, altered or unusable
└── IndexBuildError  an index cannot be written, read or found
    └── StoreUnreachable  the server that holds its vectors does not answer
"""

from __future__ import annotations


class FootnoteError(Exception):
    """``what`` happened, in words for the user; ``cure`` says what to change."""

    def __init__(self, what: str, *, cure: str) -> None:
        super().__init__(what, cure)
        self.what = what
        self.cure = cure

    def __str__(self) -> str:
        return f"{self.what} {self.cure}"


class SettingsError(FootnoteError):
    """A setting is unknown, malformed or contradicts another."""


class QuestionError(FootnoteError):
    """The question cannot be asked: empty, too long, no words."""


class SourceError(FootnoteError):
    """A document cannot be read."""


class ModelError(FootnoteError):
    """A model file is missing, altered or unusable."""


class IndexBuildError(FootnoteError):
    """An index cannot be written, read or found."""


class StoreUnreachable(IndexBuildError):
    """The server that holds the vectors does not answer; the index itself may be sound."""
