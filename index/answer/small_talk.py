"""What a greeting, thanks or "what can you do?" gets."""

from __future__ import annotations

from collections.abc import Sequence

from index.types import Document

#: ``Answer.engine`` of an answer that is help.
HELP_ENGINE = "help"
_MAX_TITLES = 3


def help_text(documents: Sequence[Document]) -> str:
    """A few lines on what can be asked, naming the documents."""
    titles = [f"“{document.title}”" for document in documents[:_MAX_TITLES]]
    more = len(documents) - len(titles)
    if more > 0:
        titles.append(f"{more} more")
    listed = " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
    return (
        f"Hello! Ask me about {listed}: who, what, when, where, how many, why. "
        "I answer with a sentence quoted letter for letter from the text, "
        "and when it is not in there, I say so."
    )
