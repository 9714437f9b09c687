"""Claims in the words of their quote, some of them in places where the quote has others."""

from __future__ import annotations

import pytest

from index.answer.guard import examine
from index.types import Verdict

STALLS = "Ada Quill will run the plant stall on Sunday, and Tom Reed the teas."
OFFERS = "The guild had asked for 9%, while the company had first offered 4%."
THANKS = "Thanks go to Mateus Silva, who wrote the resumable uploads, and to Ingrid Berg."
PIE = "The pie keeps for three days in the refrigerator and for two months in the freezer."
OFFICES = "Harbour Master Ada Quill and Tom Reed, the mayor's envoy, will travel to Norvik."
DESIGN = "The Grand Hotel, designed by Piers Lockwood, opened in 1890 with 140 beds."

EXCHANGED = [
    ("Tom Reed will run the plant stall on Sunday, and Ada Quill the teas.", STALLS),
    ("The company had asked for 9%, while the guild had first offered 4%.", OFFERS),
    ("Piers Lockwood was designed by the Grand Hotel, opened with 140 beds.", DESIGN),
    ("Ingrid Berg wrote the resumable uploads.", THANKS),
    ("The pie keeps for two months in the refrigerator.", PIE),
    ("Tom Reed is the harbour master.", OFFICES),
]
TRUE = [
    ("Tom Reed will run the teas on Sunday, and Ada Quill the plant stall.", STALLS),
    ("The company had first offered 4%, and the guild had asked for 9%.", OFFERS),
    ("Piers Lockwood designed the Grand Hotel.", DESIGN),
    ("Mateus Silva wrote the resumable uploads.", THANKS),
    ("The pie keeps for two months in the freezer.", PIE),
    ("Ada Quill is the harbour master.", OFFICES),
    ("Quill was harbour master.", OFFICES),
    ("Ada Quill and Tom Reed will travel to Norvik.", OFFICES),
    ("The ferry is likely to last.", "The ferry, built in 1911, is likely to stay."),
    ("The director said that costs rose.", "The director of the museum said that costs rose."),
    (
        "Norway signed the treaty of Rome in 1957 in the Capitol.",
        "The treaty of Rome was signed by Norway in 1957 in the Capitol.",
    ),
    (
        "Reed and Quill opened the hall in May with a speech.",
        "Quill and Reed opened the hall in May with a speech.",
    ),
    ("Le maire a ouvert le pont en mai 1932.", "Le pont a été ouvert par le maire en mai 1932."),
    ("She was born in Wisconsin.", "She was born in Appleton, Wisconsin."),
]


@pytest.mark.parametrize(("claim", "quote"), EXCHANGED)
def test_words_in_the_place_of_others_are_told(claim: str, quote: str) -> None:
    finding = examine(claim, quote)
    assert finding is not None and finding.verdict is Verdict.CONTRADICTED, finding


@pytest.mark.parametrize(("claim", "quote"), TRUE)
def test_another_order_that_says_the_same_passes(claim: str, quote: str) -> None:
    assert examine(claim, quote) is None
