"""Splitting holds its promises for any text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.ingest.blocks import split_blocks
from index.ingest.passages import MAX_PIECES, pack_passages, split_passages
from index.ingest.sentences import MAX_SENTENCE_CHARS, split_sentences
from index.types import Block, Document, Passage, Span
from tests.index.texts import nasty_texts, plain


def count_words(texts: Sequence[str]) -> list[int]:
    """Stands in for the tokenizer: the packing only adds the numbers up."""
    return [len(text.split()) for text in texts]


def letters(text: str, span: Span) -> set[int]:
    return {i for i in range(span.start, span.end) if text[i].isalnum()}


def assert_blocks_hold(document: Document, blocks: Sequence[Block]) -> None:
    text = document.text
    for block in blocks:
        assert block.sentences, "a block without a sentence proves nothing"
        assert block.span == (block.sentences[0].start, block.sentences[-1].end)
        for sentence in block.sentences:
            quote = text[sentence.start : sentence.end]
            assert quote and quote == quote.strip()
            assert block.span.start <= sentence.start < sentence.end <= block.span.end
        assert all(a.end <= b.start for a, b in pairwise(block.sentences))
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))


def assert_passages_hold(
    document: Document, blocks: Sequence[Block], passages: Sequence[Passage]
) -> None:
    text = document.text
    sentences = [sentence for block in blocks for sentence in block.sentences]
    in_passages: set[Span] = set()
    for ordinal, passage in enumerate(passages):
        assert passage.ordinal == ordinal
        assert text[passage.start : passage.end] == passage.text
        assert passage.sentences[0].start == passage.start
        assert passage.sentences[-1].end == passage.end
        first = sentences.index(passage.sentences[0])
        run = sentences[first : first + len(passage.sentences)]
        assert list(passage.sentences) == run, "a passage is neighbouring whole sentences"
        in_passages.update(passage.sentences)
    assert in_passages == set(sentences)
    starts = [passage.start for passage in passages]
    assert starts == sorted(set(starts))
    assert len({passage.id for passage in passages}) == len(passages)


@given(nasty_texts)
def test_every_letter_of_a_plain_text_is_in_exactly_one_sentence(text: str) -> None:
    document = plain(text)
    blocks = split_blocks(document)
    assert_blocks_hold(document, blocks)
    found = [i for block in blocks for s in block.sentences for i in sorted(letters(text, s))]
    assert found == [i for i, char in enumerate(text) if char.isalnum()]


@given(nasty_texts)
@example("# a\n\n[Deadline]: 2025-04-15\n")
@example("## 1. Opening\n\n1. one\n2. two\n")
@example("a\rb\r\n\r# c\n")
@example("| a | b |\n|---|---|\n| 1 | 2 |\n")
@example("> quoted\nlazy\n> — X (@x) May 1, 2020\n")
def test_markdown_is_split_without_exception_or_overlap(text: str) -> None:
    document = plain(text, "a.md")
    assert_blocks_hold(document, split_blocks(document))


@given(
    st.lists(st.from_regex(r"([a-z]{1,8} ){1,5}[a-z0-9]{1,8}[.!?]?", fullmatch=True), max_size=6),
    st.sampled_from(
        ["{}", "# {}", "## {} ##", "- {}", "* {}", "> {}", "1. {}", "7) {}", "```\n{}\n```",
         "| {} |\n|---|", "![{}](x.png)", "<p>{}</p>", "[{}]: 2025-04-15", "    {}", "- a\n  - {}"]
    ),
)  # fmt: skip
def test_every_word_of_markdown_is_in_some_block(lines: list[str], form: str) -> None:
    text = "\n\n".join(form.format(line) for line in lines)
    document = plain(text, "a.md")
    covered = {
        i for b in split_blocks(document) for s in b.sentences for i in letters(document.text, s)
    }
    position = 0
    for line in lines:
        position = text.index(line, position)
        assert letters(text, Span(position, position + len(line))) <= covered
        position += len(line)


@given(nasty_texts, st.sampled_from(["a.txt", "a.md"]), st.integers(1, 40))
def test_passages_are_whole_sentences_that_cover_everything(
    text: str, name: str, max_pieces: int
) -> None:
    document = plain(text, name)
    blocks = split_blocks(document)
    passages = pack_passages(document, blocks, count_words, max_pieces)
    assert_passages_hold(document, blocks, passages)
    assert split_passages(document, count_words, max_pieces) == passages


@given(nasty_texts, st.integers(1, 40))
def test_a_passage_is_too_long_only_where_nothing_could_be_cut(text: str, max_pieces: int) -> None:
    document = plain(text)
    headings = {b.span for b in split_blocks(document) if b.kind == "heading"}
    for passage in split_passages(document, count_words, max_pieces):
        body = [s for s in passage.sentences if s not in headings]
        sizes = count_words([text[s.start : s.end] for s in passage.sentences])
        assert sum(sizes) <= max_pieces or len(body) <= 1


@given(nasty_texts, st.sampled_from([None, "en", "de-AT", "fr", "zh", "ja", "el", "xx", ""]))
def test_sentences_hold_everything_that_is_not_white_space(text: str, language: str | None) -> None:
    spans = split_sentences(text, Span(0, len(text)), language)
    found = [i for s in spans for i in range(s.start, s.end) if not text[i].isspace()]
    assert found == [i for i, char in enumerate(text) if not char.isspace()]
    assert all(0 < s.end - s.start <= MAX_SENTENCE_CHARS for s in spans)


@pytest.mark.parametrize(
    "text",
    ["a" * 200_000, "." * 100_000, "a. " * 5_000, "(" * 50_000, "a" + " " * 100_000 + "b",
     "“a.” " * 3_000, "*" * 20_000 + "a", "> " * 2_000 + "a", "# a" + " " * 20_000 + "x",
     "[a](" * 2_000, "\n" * 50_000 + "a", "a\n" * 5_000],
    ids=lambda text: repr(text[:6]),
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_a_huge_line_is_split_like_any_other(text: str, name: str) -> None:
    document = plain(text, name)
    blocks = split_blocks(document)
    assert_blocks_hold(document, blocks)
    passages = pack_passages(document, blocks, count_words)
    assert all(document.text[p.start : p.end] == p.text for p in passages)
    assert {s for p in passages for s in p.sentences} == {s for b in blocks for s in b.sentences}


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("He said “a ceasefire.” The visit came.", ["He said “a ceasefire.”", "The visit came."]),
        ("Mr. Smith met Dr. Jones. They left.", ["Mr. Smith met Dr. Jones.", "They left."]),
        ("It cost 3.5 million. He paid.", ["It cost 3.5 million.", "He paid."]),
        ("**Bold.** Then plain. **End.**", ["**Bold.**", "Then plain.", "**End.**"]),
        ("Ab dem 1. Januar gilt es. So ist es.", ["Ab dem 1. Januar gilt es.", "So ist es."]),
        ("Er kam am 3. Dann ging er.", ["Er kam am 3.", "Dann ging er."]),
        ("我来了。你好！他走了", ["我来了。", "你好！", "他走了"]),
        ("यह पहला है। यह दूसरा है।", ["यह पहला है।", "यह दूसरा है।"]),
        ("See Fig. 3 and part no. BR-30, e.g. Here. Yes.",
         ["See Fig. 3 and part no. BR-30, e.g. Here.", "Yes."]),
        ("Approx. 30 came, incl. Gov. Lee et al. 2019.",
         ["Approx. 30 came, incl. Gov. Lee et al. 2019."]),
        ("Tea, etc. for all, etc. We left.", ["Tea, etc. for all, etc.", "We left."]),
        ("The answer is no. He left.", ["The answer is no.", "He left."]),
        ("“Really?” she asked. “Yes!” He left.", ["“Really?” she asked.", "“Yes!”", "He left."]),
        ("we met. then we left.", ["we met.", "then we left."]),
        ("no stop at the end", ["no stop at the end"]),
        (" \t ", []),
        ("", []),
    ],
)  # fmt: skip
def test_sentences_end_where_people_end_them(text: str, sentences: list[str]) -> None:
    spans = split_sentences(text, Span(0, len(text)))
    assert [text[s.start : s.end] for s in spans] == sentences


def test_a_long_block_is_cut_with_one_sentence_of_overlap() -> None:
    text = " ".join(f"Sentence number {n} has exactly seven words." for n in range(60))
    passages = split_passages(plain(text), count_words)
    assert len(passages) > 1
    for one, other in pairwise(passages):
        assert one.sentences[-1] == other.sentences[0]
    assert all(len(p.text.split()) <= MAX_PIECES for p in passages)


def test_ids_depend_on_the_text_and_the_place_only() -> None:
    text = "One sentence. Another sentence."
    one = split_passages(plain(text, "a.txt"), count_words)
    other = split_passages(plain(text, "b.txt"), count_words)
    assert [p.id for p in one] == [p.id for p in other]
