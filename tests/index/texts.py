"""Texts that tests index, and the nastiest ones that Hypothesis can think of."""

from __future__ import annotations

from hypothesis import strategies as st

from index.ingest.load import load_document
from index.ingest.sources import SourceFile
from index.types import Document
from tests.data.cases import ARTICLE

GARDEN = """The garden in Ulmstrasse
The garden was planted by Hanna Petersen in 1987. Its oldest tree is a walnut.
Visitors are welcome on Sundays. A ticket costs 4 euros.
"""
BOATS = """Boats of the lake
The ferry Aurora carries 220 passengers. It was built in Genoa in 1931.
Captain Ruiz has steered it since 2004.
"""

#: Characters that break naive splitters: every kind of line end and space, marks that join or
#: turn, quotes, stops of many scripts, letters outside the Basic Multilingual Plane.
_SPICE = (
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    "\u2028",
    "\u2029",
    "\x85",
    "\v",
    "\f",
    "\x1c",
    "\0",
    "\x1b",
    "\u00a0",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u202e",
    "\u2066",
    "e\u0301",
    "\u0308",
    "🇫🇷",
    "👩‍👩‍👧",
    "𝔘",
    "𐐷",
    "“",
    "”",
    "‘",
    "’",
    "«",
    "»",
    "。",
    "！",
    "؟",
    "।",
    ". ",
    "! ",
    "? ",
    "... ",
    "…",
    "Mr. ",
    "U.S. ",
    "e.g. ",
    "3.5",
    "1. ",
    "- ",
    "* ",
    "# ",
    "## 1. ",
    "> ",
    "```\n",
    "    ",
    "\t",
    "| a | b |\n|---|---|\n",
    "---\n",
    "===\n",
    "<!-- ",
    " -->",
    "<b>",
    "[a]: b\n",
    "![a](b)",
    "— X (@x) May 1, 2020",
    "(A. Smith/AFP)",
    "Photo: ",
    "https://t.co/x",
    "$",
    "\\",
    "a" * 700,
)
_CHARS = st.characters(exclude_categories=["Cs"])
nasty_texts = st.lists(
    st.one_of(
        st.sampled_from(_SPICE),
        st.text(_CHARS, max_size=12),
        st.from_regex(r"[A-Z][a-z]{1,8}( [a-z]{1,8}){0,6}[.!?]? ?", fullmatch=True),
    ),
    max_size=40,
).map("".join)


def plain(text: str, name: str = "a.txt", language: str | None = None) -> Document:
    """A document of ``text`` as it stands, without a file."""
    return Document(id=name, source=name, title="A title", text=text, sha256="0", language=language)


def article() -> Document:
    """The article in ``seeds/``."""
    return load_document(SourceFile(ARTICLE.name, ARTICLE))
