"""Claims against the article, with the shipped models."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index import Engine, open_engine
from index.answer.check import MAX_CLAIMS, split_claims
from index.answer.proof import faults
from index.errors import QuestionError
from index.settings import CHECKOUT, Settings
from index.types import ClaimCheck, Verdict

SUPPORTED = [
    "Witkoff will meet Emmanuel Macron.",
    "Tariffs on Japan had been 24%.",
    "Trump announced a 90-day suspension of import duties.",
    "Kirill Dmitriev runs the Russian Direct Investment Fund.",
    "Rubio will fly on to Africa after his talks in France.",
]
CONTRADICTED = [
    "Rubio will meet Macron.",
    "Trump announced a 60-day suspension of import duties.",
    "Witkoff is not set to meet Macron.",
    "The reduced reciprocal tariff is 15%.",
    "Trump endorsed the plan.",
    "Steve Witkoff is the US Secretary of State.",
    "Witkoff will speak with Barrot and Rubio will meet Macron.",
]
NOT_FOUND = [
    "Macron is the best president of all.",
    "The olive harvest was poor.",
    "Ada Quill opened the harbour in 1894.",
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("check")
    engine = open_engine(
        Settings(sources=(CHECKOUT / "seeds",), index_dir=folder / "index", threads=1)
    )
    yield engine
    engine.close()


def proven(engine: Engine, check: ClaimCheck) -> bool:
    """Whether every quote is what its document says there."""
    return all(
        (document := engine.document(c.document_id)) is not None
        and document.sha256 == c.document_sha256
        and document.text[c.start : c.end] == c.quote
        for c in check.citations
    )


@pytest.mark.parametrize("claim", SUPPORTED)
def test_supported_with_a_quote(engine: Engine, claim: str) -> None:
    check = engine.check(claim)
    assert check.verdict is Verdict.SUPPORTED, check.reason
    assert check.citations and proven(engine, check) and check.reason is None
    assert 0 <= check.confidence <= 1


@pytest.mark.parametrize("claim", CONTRADICTED)
def test_contradicted_with_a_quote_and_a_reason(engine: Engine, claim: str) -> None:
    check = engine.check(claim)
    assert check.verdict is Verdict.CONTRADICTED, check
    assert check.citations and proven(engine, check) and check.reason


@pytest.mark.parametrize("claim", NOT_FOUND)
def test_not_found_without_a_quote(engine: Engine, claim: str) -> None:
    check = engine.check(claim)
    assert check.verdict is Verdict.NOT_FOUND
    assert not check.citations


def test_what_one_sentence_nearly_bears_out_no_other_contradicts(engine: Engine) -> None:
    check = engine.check("Trump paused the tariffs for 90 days, except for China.")
    assert check.verdict is not Verdict.CONTRADICTED


@pytest.mark.parametrize(
    "claim",
    [
        "Rubik will speak with Foreign Minister Jean-Noël Barrot.",
        "Witkoff met Vladimir Putin and Kirill Dmitrieva.",
        "Witkof will meet Macron.",
    ],
)
def test_a_name_one_slip_away_is_found_but_not_borne_out(engine: Engine, claim: str) -> None:
    check = engine.check(claim)
    assert check.verdict is Verdict.NOT_FOUND
    assert check.claim == claim and not check.citations
    assert check.reason is not None and check.reason.startswith("Did you mean: “")


def test_small_slips_elsewhere_are_understood(engine: Engine) -> None:
    check = engine.check("Trump anounced a 90-day suspention of import duties.")
    assert check.verdict is Verdict.SUPPORTED


def test_a_text_is_checked_claim_by_claim(engine: Engine) -> None:
    text = f"Really? {SUPPORTED[0]} {CONTRADICTED[0]} {NOT_FOUND[0]}"
    answer = engine.check_text(text)
    assert [line.split(":")[0] for line in answer.text.splitlines()] == [
        "Supported",
        "Contradicted",
        "Not found",
    ]
    assert not faults(answer, {d.id: d for d in engine.documents})
    many = engine.check_text("Witkoff will meet Macron. " * (MAX_CLAIMS + 2))
    assert many.text.endswith(f"The first {MAX_CLAIMS} claims were checked, 2 more were not.")
    assert len(many.citations) == 1


def test_other_documents_are_left_alone(engine: Engine) -> None:
    assert engine.check(SUPPORTED[0], documents=["other.txt"]).verdict is Verdict.NOT_FOUND


@pytest.mark.parametrize("claim", ["", " ?! ", "x" * 5000])
def test_what_is_no_claim_is_refused(engine: Engine, claim: str) -> None:
    with pytest.raises(QuestionError):
        engine.check(claim)


def test_questions_and_greetings_claim_nothing() -> None:
    text = "Hello there. Oh no. Really! Of course. Is it so? It rained all day.\nIt snowed, too."
    assert split_claims(text) == ("It rained all day.", "It snowed, too.")


def test_a_subject_and_a_verb_are_a_claim() -> None:
    claims = ("Macron resigned.", "Putin lied.", "Nobody died.")
    assert split_claims(" ".join(claims)) == claims
