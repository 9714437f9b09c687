"""Which kind of block a piece of text is taken for."""

from __future__ import annotations

import pytest

from index.ingest.blocks import split_blocks
from index.types import BlockKind
from tests.index.texts import plain

H, P, L, C, S, Q, T, K = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.CAPTION,
    BlockKind.POST,
    BlockKind.QUOTE,
    BlockKind.TABLE,
    BlockKind.CODE,
)
LONG = "This is a whole sentence that says something at the length of a paragraph, and ends."


def kinds(text: str, name: str = "a.txt") -> list[tuple[BlockKind, str]]:
    return [(b.kind, text[b.span.start : b.span.end]) for b in split_blocks(plain(text, name))]


CREDITED = "A picture of a boat. (Jane Roe/Reuters)"
SHORT = "A line without a full stop"
POST = "Rain is coming\n— Met Office (@metoffice) May 3, 2024"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A title\n{LONG}", [(H, "A title"), (P, LONG)]),
        (f"{LONG}\n{SHORT}\n{LONG}", [(P, LONG), (H, SHORT), (P, LONG)]),
        (f"{LONG}\n{SHORT}", [(P, LONG), (P, SHORT)]),
        (
            "Needed:\n- 200 g flour\n- 3 eggs",
            [(H, "Needed:"), (L, "- 200 g flour"), (L, "- 3 eggs")],
        ),
        (CREDITED, [(C, CREDITED)]),
        ("Photo: the harbour at dusk", [(C, "Photo: the harbour at dusk")]),
        (POST, [(S, POST)]),
        ("***\n* * *\n-----", []),
        ("an ox\na cat\na dog\na hen", [(H, "an ox"), (P, "a cat"), (P, "a dog"), (P, "a hen")]),
    ],
)
def test_plain_text(text: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert kinds(text) == expected


def test_stops_of_other_scripts_end_a_sentence() -> None:
    short, long = (
        "駐車場は60台分ある。",
        "図書館は1968年に建てられた。設計を担当したのは小川氏である。",
    )
    assert kinds(f"図書館\n\n{short}\n\n{long}") == [(H, "図書館"), (P, short), (P, long)]


def test_a_wrapped_paragraph_is_one_block() -> None:
    wrapped = (
        "The first line of this paragraph is about as long as the mail program\n"
        "allows, so the second line carries on, and the third one as well, with\n"
        "a short end.\n"
        "\n"
        "Another paragraph begins after an empty line and is wrapped at the same\n"
        "width as the first."
    )
    found = kinds(wrapped)
    assert [kind for kind, _ in found] == [P, P]
    assert found[0][1].endswith("a short end.")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# A title #\n\nWords.", [(H, "A title"), (P, "Words.")]),
        ("## 1. Opening hours\n\nWords.", [(H, "1. Opening hours"), (P, "Words.")]),
        ("# C#\n", [(H, "C#")]),
        ("#\n\nWords.", [(P, "Words.")]),
        ("A title\nin two lines\n===\n\nWords.", [(H, "A title\nin two lines"), (P, "Words.")]),
        ("> ## Said\n> He said it.", [(H, "Said"), (Q, "He said it.")]),
        ("- one\n- two\n  - three", [(L, "one"), (L, "two"), (L, "three")]),
        ("1. one\n2) two", [(L, "one"), (L, "two")]),
        ("> Rain.\n> — Met (@met) May 3, 2024", [(S, "Rain.\n> — Met (@met) May 3, 2024")]),
        ("![a boat](boat.png)", [(C, "![a boat](boat.png)")]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\n", [(T, "| a | b |\n|---|---|\n| 1 | 2 |")]),
        ("```py\nx = 1\n```", [(K, "```py\nx = 1")]),
        ("<!-- a secret -->\n\nWords.", [(P, "Words.")]),
        ("<!-- a secret --> Words.", [(P, "Words.")]),
        ("<!-- a secret\nin two lines -->\nWords.", [(P, "Words.")]),
        ("[Deadline]: 2025-04-15\n\nWords.", [(P, "[Deadline]: 2025-04-15"), (P, "Words.")]),
        ("---\ntitle: Hidden\n---\nWords.", [(P, "Words.")]),
        ("<p>Some words.</p>", [(P, "<p>Some words.</p>")]),
    ],
)  # fmt: skip
def test_markdown(text: str, expected: list[tuple[BlockKind, str]]) -> None:
    assert kinds(text, "a.md") == expected


def test_a_block_knows_the_heading_above_it() -> None:
    text = f"# One\n\n{LONG}\n\n## Two\n\n{LONG}\n"
    assert [b.heading for b in split_blocks(plain(text, "a.md"))] == [None, "One", "One", "Two"]
