from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.claims import Claim, ClaimStream, is_abstention, parse_claims

SAID = """Ada Quill opened it in 1894 [1]. It closed in 1951. [2][3] "Never," said Dr. Hale [1].
- It held 40 boats [2, 4].
## The end [5]
Was it 3.5 km long? It was [1-3]."""
CLAIMS = [
    Claim("Ada Quill opened it in 1894.", (1,)),
    Claim("It closed in 1951.", (2, 3)),
    Claim('"Never," said Dr. Hale.', (1,)),
    Claim("It held 40 boats.", (2, 4)),
    Claim("The end", (5,)),
    Claim("Was it 3.5 km long?", ()),
    Claim("It was.", (1, 2, 3)),
]


def streamed(text: str, size: int) -> list[Claim]:
    stream = ClaimStream()
    found: list[Claim] = []
    for start in range(0, len(text), size):
        found.extend(stream.feed(text[start : start + size]))
    return [*found, *stream.close()]


def test_a_text_becomes_claims_with_their_markers() -> None:
    assert list(parse_claims(SAID)) == CLAIMS


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11, 40, 1000])
def test_a_stream_gives_the_same_claims_however_it_is_cut(size: int) -> None:
    assert streamed(SAID, size) == CLAIMS


def test_a_sentence_is_certain_only_when_the_next_one_has_begun() -> None:
    stream = ClaimStream()
    assert list(stream.feed("It closed in 1951.")) == []
    assert list(stream.feed(" [2")) == []
    assert list(stream.feed("] Then")) == []
    assert list(stream.feed(" it")) == [Claim("It closed in 1951.", (2,))]
    assert list(stream.feed(" rained.\n")) == [Claim("Then it rained.", ())]
    assert list(stream.close()) == []


def test_a_broken_stream_leaves_its_last_sentence_unproven() -> None:
    stream = ClaimStream()
    list(stream.feed("It closed in 1951 [2]. Ada Quill opened it in 18"))
    (last,) = stream.close(broken=True)
    assert last.fault == "The answer broke off in this sentence."


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("**It** closed in *1951* `now` [1].", Claim("It closed in 1951 now.", (1,))),
        ("1. It closed [Passage 2].", Claim("It closed.", (2,))),
        ("It closed 【1】.", Claim("It closed.", (1,))),
        ("It closed [^1].", Claim("It closed.", (1,))),
        ("It closed [1][1].", Claim("It closed.", (1,))),
        ("It closed [1, 7 and 2].", Claim("It closed.", (1, 7, 2))),
        ("It [sic] closed [1].", Claim("It [sic] closed.", (1,))),
        ("> It closed\u202e [0].", Claim("It closed.", (0,))),
        ("[1]", Claim("", (1,))),
    ],
)
def test_markup_is_cleaned_away(said: str, claim: Claim) -> None:
    assert list(parse_claims(said)) == [claim]


@pytest.mark.parametrize(
    "said",
    [
        "It [closed](http://evil.example) [1].",
        "It closed [1](http://evil.example).",
        "![x](http://evil.example/a.png) It closed [1].",
        "It <b>closed</b> [1].",
        "<script>alert(1)</script> It closed [1].",
        "See https://evil.example for more [1].",
        "Write to ada@evil.example [1].",
        "It closed in 19\ufffd51 [1].",
    ],
)
def test_what_could_do_more_than_say_something_has_a_fault(said: str) -> None:
    assert all(claim.fault for claim in parse_claims(said))


def test_thoughts_are_no_answer() -> None:
    said = "<think>It closed in 1951 [1]. Or did it?</think>It closed [2]."
    for size in (1, 4, 9, 100):
        assert streamed(said, size) == [Claim("It closed.", (2,))]
    assert streamed("<think>It closed [1]. And", 5) == []


@pytest.mark.parametrize(
    "said",
    [
        "NOT_IN_PASSAGES",
        "NOT IN PASSAGES.",
        "not_in_passages",
        "The passages do not say who opened it.",
        "I'm sorry, the provided text does not mention that [1].",
        "Based on the passages, the document doesn't contain this.",
    ],
)
def test_it_can_say_that_it_does_not_know(said: str) -> None:
    assert is_abstention(said)


@pytest.mark.parametrize(
    "said",
    ["The passages are narrow.", "Macron does not say no.", "The text of the treaty is new."],
)
def test_what_only_sounds_like_it_is_a_claim(said: str) -> None:
    assert not is_abstention(said)


@given(st.text(max_size=200), st.integers(1, 20))
def test_nothing_that_is_said_breaks_it(text: str, size: int) -> None:
    for claim in streamed(text, size):
        assert claim.text or claim.markers
        assert all(0 <= number <= 1000 for number in claim.markers)
