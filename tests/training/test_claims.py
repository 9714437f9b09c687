"""Claims made of questions and paragraphs, and how claims by people are divided."""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from pathlib import Path

import pytest

from training.claims import (
    CONTRADICTED,
    LABELS,
    NOT_FOUND,
    SUPPORTED,
    ClaimMakers,
    load_claims,
    save_claims,
)
from training.mine import Item, items
from training.natural import Part, load_natural, part_of
from training.squad import Article, Gold, Paragraph, Question
from training.statements import Statements

TEXT = (
    "The harbour of Norvik was opened in 1894 by Ada Quill. Some ships came from Bergen and "
    "Aarhus before 1900. The old pier was closed in 1951 by Tom Reed, who had built a larger "
    "harbour. Fishing was not allowed in Norvik after 1960."
)


def question(number: int, text: str, answer: str) -> Question:
    return Question(str(number), text, (Gold(answer, TEXT.index(answer)),), impossible=False)


@pytest.fixture(scope="module")
def pool() -> list[Item]:
    asked = (
        question(1, "When was the harbour opened?", "1894"),
        question(2, "Who opened the harbour of Norvik?", "Ada Quill"),
        question(3, "When was the old pier closed?", "1951"),
        question(4, "Who built a larger harbour?", "Tom Reed"),
    )
    return items([Article("Norvik", (Paragraph(TEXT, asked),))])


@pytest.fixture(scope="module")
def makers() -> ClaimMakers:
    statements = Statements(frozenset("open build".split()))
    return ClaimMakers(statements, lambda text: len(text.split()), lambda rng: rng.choice((1, 30)))


def test_every_kind_is_made_and_labelled(pool: list[Item], makers: ClaimMakers) -> None:
    made: Counter[str] = Counter()
    for seed in range(40):
        rng = random.Random(seed)
        for kind, make in makers.by_kind.items():
            claim = make(rng.choice(pool), rng)
            if claim is None:
                continue
            made[kind] += 1
            assert claim.kind == kind and claim.label in LABELS
            unsaid = any(word in kind for word in ("withheld", "padded", "unsaid", "another"))
            expected = SUPPORTED if "true" in kind else NOT_FOUND if unsaid else CONTRADICTED
            assert claim.label == expected
            assert claim.claim and claim.evidence
    assert set(made) == set(makers.by_kind)


def test_withheld_evidence_lacks_the_answer(pool: list[Item], makers: ClaimMakers) -> None:
    for seed in range(20):
        rng = random.Random(seed)
        claim = makers.withheld_answer(pool[0], rng)
        assert claim is None or "1894" not in claim.evidence


def test_claims_are_kept_as_they_are(pool: list[Item], makers: ClaimMakers, tmp_path: Path) -> None:
    rng = random.Random(0)
    made = [claim for item in pool if (claim := makers.true_answer(item, rng))]
    save_claims(made, tmp_path / "claims.gz")
    assert load_claims(tmp_path / "claims.gz") == made


def test_claims_by_people_are_in_one_part_each(tmp_path: Path) -> None:
    rows = [
        {"id": f"c{n}", "claim": f"Claim  {n}.", "gold_context": "A.\nB.", "raw_label": label}
        for n, label in enumerate(["SUPPORTS", "REFUTES"] * 20)
    ]
    path = tmp_path / "claims.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, rows)).encode()))
    parts = {part: load_natural(path, part) for part in Part}
    assert sum(map(len, parts.values())) == 40
    assert {part_of(str(row["id"])) for row in rows} == set(Part)
    (first, *_) = parts[Part.REPORTING]
    assert first.evidence == "A. B." and "  " not in first.claim
    assert {claim.label for claim in parts[Part.REPORTING]} == {SUPPORTED, CONTRADICTED}
