"""What is printed and what is written are the same figures."""

from __future__ import annotations

import json

from bench.report import Report, Table, render, to_json
from bench.stats import Estimate

REPORT = Report(
    "bench.example",
    (
        Table(
            "Recall",
            ("system", "recall", "n"),
            (("ours", Estimate(0.9512, 0.94, 0.96, 820), 820), ("nobody", float("nan"), None)),
            ("A note.",),
        ),
    ),
    {"seed": 7},
)


def test_a_table_is_aligned_markdown() -> None:
    lines = [line for line in render(REPORT).splitlines() if line.startswith("|")]
    assert len({len(line) for line in lines}) == 1
    assert "0.951 [0.940, 0.960]" in lines[2]
    assert lines[3].split("|")[2].strip() == "-"
    assert "A note." in render(REPORT)
    assert "- seed: 7" in render(REPORT)


def test_json_holds_the_figures_unrounded() -> None:
    body = json.loads(to_json([REPORT]))
    (report,) = body["reports"]
    first, second = report["tables"][0]["rows"]
    assert first["recall"] == {"value": 0.9512, "low": 0.94, "high": 0.96, "n": 820}
    assert second == {"system": "nobody", "recall": None, "n": None}
    assert body["machine"]["packages"]["onnxruntime"]
