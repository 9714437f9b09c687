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

from training.claims import NOT_FOUND, SUPPORTED, Claim


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
    """The claims of ``part`` with their own evidence. The data tell supported from not: what is
    not is labelled as not found."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [
        Claim(
            "natural",
            " ".join(row["claim"].split()),
            " ".join(row["gold_context"].split()),
            SUPPORTED if row["label"] == "supported" else NOT_FOUND,
        )
        for row in rows
        if part_of(row["id"]) is part
    ]
