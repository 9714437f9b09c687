"""The guard on claims that a reader could tell to be right or wrong by their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.answer.guard import examine
from index.types import Verdict

TARIFFS = (
    "The move includes a reduced 10% reciprocal tariff, down from previous rates of 20% on the EU, "
    "24% on Japan, and 25% on South Korea, while Canada and Mexico still face tariffs of up to 25%."
)
MEETING = (
    "Witkoff is set to meet French President Emmanuel Macron, while Rubio will speak with his "
    "French counterpart, Foreign Minister Jean-Noël Barrot, before heading to Africa."
)
PAUSE = (
    "The US made its first major concession on April 9 in the trade war when Trump announced a "
    "90-day suspension of import duties on all countries except China."
)
WALPOLE = "Robert Walpole, born on 26 August 1676, was one of 19 children and served for 21 years."

BORNE_OUT = [
    ("The tariff was 24% on Japan.", TARIFFS),
    ("The EU had faced a rate of 20 percent.", TARIFFS),
    ("The tariff fell from 20% to 10%.", TARIFFS),
    ("Canada faces tariffs of less than 30%.", TARIFFS),
    ("Witkoff will meet Macron.", MEETING),
    ("Steve Witkoff is to meet Emmanuel Macron of France.", MEETING),
    ("Secretary of State Marco Rubio will speak with Mr Barrot.", MEETING),
    ("Trump announced a ninety-day suspension on 9 April.", PAUSE),
    ("The United States suspended duties on all countries except China.", PAUSE),
    ("Walpole was born in the 17th century.", WALPOLE),
    ("Walpole was born before 1700.", WALPOLE),
    ("Walpole was born in August 1676.", WALPOLE),
    ("He served for over twenty years.", WALPOLE),
    ("Kiev has about 2 million inhabitants.", "Kyiv has 1,980,000 inhabitants."),
    ("It weighs 1.2 million pounds.", "It weighs 1,234,567 pounds."),
    ("The body has two hundred and six bones.", "The body has 206 bones."),
    ("Half of the voters agreed.", "50% of the voters agreed."),
    ("It took two weeks.", "It took 14 days."),
    ("It is 5 km long.", "It is 5,000 metres long."),
    ("It cost $1.5 billion.", "It cost 1,500 million dollars."),
    ("The film came out in the 1960s.", "The film was released in 1963."),
    ("The shop opens at 7 pm.", "The shop opens at 19:00."),
    ("The law is not legal.", "The law is illegal."),
    ("The WTO objected.", "The World Trade Organization objected."),
    ("Russia objected.", "The Russian government objected."),
    ("It was not written by Wells.", "It was not written by anybody known."),
    ("Poland was invaded by Germany.", "Germany invaded Poland."),
    ("The council will build a bridge.", "The council is expected to build a bridge."),
    ("The council may build a bridge.", "The council will build a bridge."),
    ("The tunnel stays closed if the fans fail.", "Should the fans fail, the tunnel stays closed."),
    ("The council built a bridge.", "The council may close, but it built a bridge."),
    ("Rail is more than twice as fast as road.", "Rail is more than twice as fast as road."),
]

CONTRADICTED = [
    ("The tariff was 24% on the EU.", TARIFFS),
    ("The tariff rose from 10% to 20%.", TARIFFS),
    ("The tariff is now 15%.", TARIFFS),
    ("The tariff was raised to 10%.", TARIFFS),
    ("It was a tariff of 10 dollars.", TARIFFS),
    ("Witkoff will not meet Macron.", MEETING),
    ("Rubio will meet Macron.", MEETING),
    ("Witkoff is set to meet Putin.", MEETING),
    ("John Barrot will speak with Rubio.", MEETING),
    ("Trump announced a 90-week suspension.", PAUSE),
    ("Trump announced a suspension on April 8.", PAUSE),
    ("Trump announced a suspension of duties on all countries.", PAUSE),
    ("Trump announced a suspension of import duties on China.", PAUSE),
    ("Walpole was born on 26 August 1677.", WALPOLE),
    ("Walpole was one of 91 children.", WALPOLE),
    ("The law is legal.", "The law is illegal."),
    ("The law was not passed.", "The law was passed."),
    ("The law was passed.", "The law was never passed."),
    ("Germany invaded Poland.", "Poland invaded Germany."),
    ("China is larger than Russia.", "Russia is larger than China."),
    ("All members voted for it.", "Most members voted for it."),
    ("Sales increased in May.", "Sales decreased in May."),
    ("Fewer than 500 people came.", "More than 500 people came."),
    ("It opened before April 9.", "It opened after April 9."),
    ("Bonfires are allowed from April to May.", "Bonfires are forbidden from April to May."),
    ("Rubio will meet Macron, while Witkoff will speak with Barrot.", MEETING),
    ("Witkoff will speak with Barrot and Rubio will meet Macron.", MEETING),
    ("He scored four goals.", "He scored three goals and gave four assists."),
]

MISSING = [
    ("Witkoff will meet only Macron.", MEETING),
    ("Rubio will speak with Barrot on 12 April.", MEETING),
    ("Rubio will speak with Barrot for 40 minutes.", MEETING),
    ("The largest tariff was on South Korea.", TARIFFS),
    ("Witkoff met President Macron.", MEETING),
    ("The council will build a bridge.", "The council may build a bridge."),
    ("The council built a bridge.", "The council proposed to build a bridge."),
    ("The new fans failed.", "Should the new fans fail, the tunnel will stay closed."),
    ("The county pumped water.", "The county considered pumping water."),
    ("The line has cut its crews.", "The line said that its crews would be cut."),
    ("The tariff on Brazil was never discussed in Geneva.", "A tariff was agreed upon."),
]


@pytest.mark.parametrize(("claim", "quote"), BORNE_OUT)
def test_true_claims_pass(claim: str, quote: str) -> None:
    assert examine(claim, quote) is None


@pytest.mark.parametrize(("claim", "quote"), CONTRADICTED)
def test_contradictions_are_told(claim: str, quote: str) -> None:
    finding = examine(claim, quote)
    assert finding is not None
    assert finding.verdict is Verdict.CONTRADICTED, finding.reason
    assert finding.reason.endswith(".")


@pytest.mark.parametrize(("claim", "quote"), MISSING)
def test_what_the_quote_lacks_is_told(claim: str, quote: str) -> None:
    finding = examine(claim, quote)
    assert finding is not None
    assert finding.verdict is Verdict.NOT_FOUND, finding.reason


def test_a_name_or_a_year_may_stand_in_the_context() -> None:
    quote = "He was born on 26 August and served for 21 years."
    claim = "Walpole was born on 26 August 1676."
    assert examine(claim, quote, "Robert Walpole was born in 1676") is None
    refused = examine(claim, quote, "William Pitt")
    assert refused is not None and refused.verdict is Verdict.NOT_FOUND


def test_a_pronoun_that_the_claim_keeps_stands_for_none_of_its_names() -> None:
    quote = "This was met with strong opposition, mainly by Kellogg."
    finding = examine("This was met with opposition by Macron.", quote, "Macron was in Paris.")
    assert finding is not None


def test_a_pronoun_without_context_is_not_held_against_the_first_name() -> None:
    assert examine("Willis threw a ball.", "He threw a ball.") is None


@given(st.integers(2, 10**9), st.integers(2, 10**9))
def test_another_number_never_passes(said: int, quoted: int) -> None:
    finding = examine(f"The town has {said:,} trees.", f"The town has {quoted} trees.")
    assert (finding is None) == (said == quoted)


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_any_text_can_be_examined(claim: str, evidence: str, context: str) -> None:
    examine(claim, evidence, context)


@given(st.text(max_size=80))
def test_a_text_bears_itself_out(text: str) -> None:
    finding = examine(text, text)
    assert finding is None, finding
