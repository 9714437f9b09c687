"""Claims over paragraphs that are kept elsewhere."""

from __future__ import annotations

import hashlib
import json
import random
from pathlib import Path

from training.claims import LABELS, NOT_FOUND, SUPPORTED
from training.natural import Part
from training.squad import Article, Paragraph, read_text
from training.written_claims import load_written, part_of

TEXT = "The mill closed in 1931. It may reopen in spring. Nobody lives there."
KEY = hashlib.sha256(TEXT.encode()).hexdigest()[:8]
CLAIMS = [
    {"claim": "The mill shut down in 1931.", "label": SUPPORTED, "phrase": "closed in 1931"},
    {"claim": "It will reopen in spring.", "label": NOT_FOUND, "phrase": "may reopen"},
]


def test_claims_are_judged_beside_their_sentence(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps({"paragraph": KEY, "claims": CLAIMS}) + "\n", "utf-8")
    articles = [Article("mill", (Paragraph(TEXT, ()),))]

    def load(part: Part) -> list[tuple[str, str, str]]:
        loaded = load_written(
            path, articles, part, lambda text: len(text.split()), lambda _: 1, random.Random(0)
        )
        return [(c.claim, c.evidence, c.label) for c in loaded]

    assert load(part_of(KEY)) == [
        ("The mill shut down in 1931.", "The mill closed in 1931.", SUPPORTED),
        ("It will reopen in spring.", "It may reopen in spring.", NOT_FOUND),
    ]
    assert sum(len(load(part)) for part in Part) == len(CLAIMS)


def test_the_shipped_claims_are_balanced() -> None:
    path = Path(__file__).parents[2] / "training" / "data" / "claims.jsonl.gz"
    rows = [json.loads(line) for line in read_text(path).splitlines()]
    assert len({row["paragraph"] for row in rows}) == len(rows)
    labels = [claim["label"] for row in rows for claim in row["claims"]]
    for label in LABELS:
        assert 0.25 < labels.count(label) / len(labels) < 0.42
    for part in Part:
        assert any(part_of(row["paragraph"]) is part for row in rows)
