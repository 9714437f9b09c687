"""What the two layout readers (plain text and Markdown) share."""

from __future__ import annotations

import re
from typing import NamedTuple

from index.types import BlockKind, Span

#: A photo credit at the end of a caption: "(Evelyn Hockstein/AFP)", "(Photo: A. Smith)".
CREDIT = re.compile(
    r"\((?:[^()]{2,80}/\s?[^()/]{2,40}|(?:photo|image|picture|credit|foto|bild)\b[^()]{2,80}"
    r"|(?:reuters|afp|ap photo|getty images)[^()]{0,40})\)\.?$",
    re.IGNORECASE,
)
CAPTION_LABEL = re.compile(
    r"(?:photo|image|picture|caption|fig(?:ure|\.)?\s*\d+|foto|bild)\s*[:.]", re.IGNORECASE
)
#: The attribution line of an embedded post: "— Financial Times (@FT) March 27, 2025".
ATTRIBUTION = re.compile(r"[—–-]{1,2}\s*\S.{0,80}\(@\w{1,30}\)")
MAX_CAPTION_CHARS = 500


class Piece(NamedTuple):
    """A block's kind and rough extent, before it is cut into sentences."""

    kind: BlockKind
    span: Span


def is_caption(text: str) -> bool:
    """Whether a block of its own reads like the caption of a picture."""
    return len(text) <= MAX_CAPTION_CHARS and bool(
        CREDIT.search(text.rstrip()) or CAPTION_LABEL.match(text)
    )
