"""The traps of the article in ``seeds/``, one by one."""

from __future__ import annotations

import pytest

from index.ingest.blocks import split_blocks
from index.ingest.passages import split_passages
from index.models.tokenizer import WordPiece
from index.types import Block, BlockKind, Document, Passage
from tests.index.texts import article


@pytest.fixture(scope="module")
def document() -> Document:
    return article()


@pytest.fixture(scope="module")
def blocks(document: Document) -> tuple[Block, ...]:
    return split_blocks(document)


@pytest.fixture(scope="module")
def passages(document: Document, tokenizer: WordPiece) -> tuple[Passage, ...]:
    return split_passages(document, tokenizer.count_pieces)


def block_of(document: Document, blocks: tuple[Block, ...], words: str) -> Block:
    return next(b for b in blocks if b.span.start <= document.text.index(words) < b.span.end)


def sentences(document: Document, block: Block) -> list[str]:
    return [document.text[s.start : s.end] for s in block.sentences]


def test_the_file_is_read_as_it_was_given(document: Document) -> None:
    assert document.title == "Rubio, Witkoff heading to France for talks on Ukraine, Iran and trade"
    assert document.language == "en"
    assert document.published is None, "the article does not say when it appeared"
    assert "“fragile”" in document.text and "'fragile break'" in document.text


def test_the_headline_ends_where_its_line_ends(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    assert blocks[0].kind is BlockKind.HEADING
    assert sentences(document, blocks[0]) == [document.title]


def test_the_standfirst_is_a_sentence_of_its_own_misspelling_included(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    (sentence,) = sentences(document, blocks[1])
    assert sentence.startswith("US Secetary of State Rubio")
    assert sentence.endswith("regarding Ukraine and Iran.")


def test_the_caption_with_its_credit_is_a_caption(
    document: Document, blocks: tuple[Block, ...], passages: tuple[Passage, ...]
) -> None:
    block = block_of(document, blocks, "Witkoff, left, is set")
    assert block.kind is BlockKind.CAPTION
    (sentence,) = sentences(document, block)
    assert sentence.startswith("Witkoff, left,")
    assert sentence.endswith("(Evelyn Hockstein/AFP)"), "a credit alone proves nothing"
    alone = [p for p in passages if p.start <= block.span.start < p.end]
    assert [(p.start, p.end) for p in alone] == [tuple(block.span)]


def test_the_dash_above_the_caption_is_nothing(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    assert "-" not in [document.text[b.span.start : b.span.end] for b in blocks]


def test_the_embedded_post_keeps_its_link_and_its_attribution(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    block = block_of(document, blocks, "Europe’s reassurance force in Ukraine to take shape")
    assert block.kind is BlockKind.POST
    (post,) = sentences(document, block)
    assert "https://t.co/ufoKhy3Pvh" in post
    assert post.endswith("— Financial Times (@FT) March 27, 2025")


def test_the_subheading_opens_the_passage_below_it(
    document: Document, blocks: tuple[Block, ...], passages: tuple[Passage, ...]
) -> None:
    heading = "Trump's 'fragile break' from tarrifs"
    block = block_of(document, blocks, heading)
    assert block.kind is BlockKind.HEADING
    assert sentences(document, block) == [heading]
    below = next(p for p in passages if p.start == block.span.start)
    assert "Tariffs are set to be a major topic" in below.text
    last = block_of(document, blocks, "Despite the pause, analysts say")
    assert last.heading == heading


def test_a_sentence_that_ends_inside_curly_quotes_is_not_run_together(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    block = block_of(document, blocks, "Last week, Macron described")
    found = sentences(document, block)
    assert found[0] == "Tariffs are set to be a major topic of discussion."
    assert found[1].endswith("as a “fragile” break in ongoing tensions.")
    paragraph = block_of(document, blocks, "The visit marks “another step")
    assert sentences(document, paragraph)[1].startswith("The visit marks “another step")


def test_semicolons_and_initials_do_not_end_a_sentence(
    document: Document, blocks: tuple[Block, ...]
) -> None:
    block = block_of(document, blocks, "four contested regions")
    found = sentences(document, block)
    assert "Donetsk; Lugansk; Kherson and, Zaporozhye." in found[1]
    assert len(found) == 3


def test_passages_fit_the_reader(passages: tuple[Passage, ...], tokenizer: WordPiece) -> None:
    assert 8 <= len(passages) <= 20
    assert max(tokenizer.count_pieces([p.text for p in passages])) <= 150
