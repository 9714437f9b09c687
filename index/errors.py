"""Every error that Footnote raises on purpose.

FootnoteError
├── SettingsError    a setting is unknown, malformed or contradicts another
├── QuestionError    the question cannot be asked: empty, too long, no words
├── SourceError      a document cannot be read
├── ModelError       a model file is missing, altered or unusable
├── LlmError         the language model does not answer
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


class LlmError(FootnoteError):
    """The language model does not answer. ``cure`` is for the operator, and names the model."""

    def __init__(
        self,
        what: str,
        *,
        cure: str,
        retryable: bool = False,
        lasting: bool = False,
        retry_after_s: float | None = None,
    ) -> None:
        super().__init__(what, cure=cure)
        #: Whether the same call may succeed a moment later.
        self.retryable = retryable
        #: Whether it fails until somebody changes something.
        self.lasting = lasting
        self.retry_after_s = retry_after_s


class IndexBuildError(FootnoteError):
    """An index cannot be written, read or found."""


class StoreUnreachable(IndexBuildError):
    """The server that holds the vectors does not answer; the index itself may be sound."""
