"""What a piece of layout is called by those who ask about it, but not in its own text."""

from __future__ import annotations

from index.types import BlockKind, Passage

#: "Who took the photo?" and "When was the tweet posted?" share no word with what they ask about.
_CUES = {
    BlockKind.CAPTION: "Photo caption: ",
    BlockKind.POST: "Social media post (tweet): ",
}


def cue(passage: Passage) -> str:
    """What to read before ``passage``; empty for running text."""
    return _CUES.get(passage.kind, "")
