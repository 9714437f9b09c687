"""Claims that people wrote to be hard, and how they are divided.

Each claim belongs to one part, by the hash of its id: reporting claims (half) serve for figures
alone; of the developing half, some teach and the rest calibrate.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from enum import StrEnum
from pathlib import Path

from training.claims import CONTRADICTED, SUPPORTED, Claim

#: What the data call it.
_LABELS = {"SUPPORTS": SUPPORTED, "REFUTES": CONTRADICTED}


class Part(StrEnum):
    TEACHING = "teaching"
    CALIBRATION = "calibration"
    REPORTING = "reporting"


def part_of(claim_id: str) -> Part:
    """The part that a claim belongs to."""
    first, second, *_ = hashlib.sha256(claim_id.encode()).digest()
    if first % 2:
        return Part.REPORTING
    return Part.CALIBRATION if second % 2 else Part.TEACHING


def load_natural(path: Path, part: Part) -> list[Claim]:
    """The claims of ``part`` with their own evidence; those that it refutes are contradicted."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Claim(
            "natural",
            " ".join(row["claim"].split()),
            " ".join(row["gold_context"].split()),
            _LABELS[row["raw_label"]],
        )
        for row in rows
        if part_of(row["id"]) is part
    ]
