"""Text that means harm, by Hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

PIECES = (
    "@everyone", "@here", "@", "<@123456789012345678>", "<@&123456789012345678>", "<@!1>",
    "<#123456789012345678>", "</ask:123456789012345678>", "<t:1700000000:R>",
    "<:boom:123456789012345678>", ":smile:", ":", "https://evil.example/x", "http://", "//",
    "[a](https://evil.example)", "](", "[1]", "[1](", "discord.gg/abcdef", "```", "```py\n", "`",
    "||", "|", "**", "*", "__", "_", "~~", "~", "\n# ", "\n-# ", "\n> ", "\n>>> ", "\n- ", "\n1. ",
    "\n* ", "\n", "\n\n", "\r\n", "\r", "\t", "\\", "\\\\", "\u200b", "\u200d", "\u2060", "\ufeff",
    "\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u00ad", "\u0301", "\u0000", "\x1b[31m",
    "\u2028", "\x85", "\ud800", "\U000e0041", "\U0001f468\u200d\U0001f469", "\U0001f3fb",
    "שלום", "مرحبا", "नमस्ते", "漢字", "e\u0301", "word", " ", "A sentence here. ", "9. ", "2) ",
)  # fmt: skip


def nasty_text(max_size: int = 600) -> st.SearchStrategy[str]:
    """Pieces that are markup somewhere, prose, and any other character; now and then huge."""
    characters = st.characters()  # lone surrogates too
    piece = st.one_of(st.sampled_from(PIECES), characters, st.text(max_size=8))
    small = st.lists(piece, max_size=40).map("".join)
    huge = st.tuples(small, st.integers(1, 200)).map(lambda made: made[0] * made[1])
    return st.one_of(small, small, huge).map(lambda text: text[:max_size])
