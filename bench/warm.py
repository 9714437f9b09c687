"""A question to an engine that is open: how long, and where the time goes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.corpus import progress
from bench.machine import Work, gflops, metered
from bench.report import Cell, Table
from bench.stock import StockIndex
from index import Engine

WARM_UP = 3
_ARITHMETIC = "  the same arithmetic in float32, at best"


@dataclass(slots=True)
class Times:
    """Milliseconds by stage, one entry a question."""

    by_stage: dict[str, list[float]] = field(default_factory=dict)

    def add(self, stage: str, ms: float) -> None:
        self.by_stage.setdefault(stage, []).append(ms)

    def row(self, stage: str) -> tuple[Cell, ...]:
        """The stage, its median, 95th percentile, and share of the total by means."""
        values = self.by_stage[stage]
        share = float(np.mean(values) / np.mean(self.by_stage["total"]))
        return stage, *quantiles(values), f"{share:.0%}"


def quantiles(values: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return float(np.median(values)), float(np.percentile(values, 95))


def time_questions(engine: Engine, questions: Sequence[str]) -> Table:
    """Asks each of ``questions`` once, after a few that are not counted."""
    for question in questions[:WARM_UP]:
        engine.ask(question)
    times = Times()
    speeds: list[float] = []
    works: list[Work] = []
    read: list[int] = []
    for number, question in enumerate(progress(questions, "Warm questions")):
        if number % 10 == 0:
            speeds.append(gflops())
        with metered() as work:
            answer = engine.ask(question)
        for stage, ms in answer.timings_ms.items():
            times.add(stage, ms)
        times.add("  of which reader model", work.reader_ms)
        times.add("  of which embedder model", work.embedder_ms)
        works.append(work)
        read.append(len(answer.readings))
    stages = [stage for stage in times.by_stage if stage.strip() == stage and stage != "total"]
    speed = max(speeds)
    for work in works:
        times.add(_ARITHMETIC, work.limit_ms(speed))
    tokens = [work.tokens for work in works]
    inner = [stage for stage in times.by_stage if stage.strip() != stage]
    return Table(
        f"A warm question ({len(questions)} questions, {engine.passage_count} passages)",
        ("stage", "median ms", "95th percentile", "share of total"),
        tuple(times.row(stage) for stage in (*stages, *inner, "total")),
        (
            f"The models were given {np.median(tokens):.0f} tokens a question (median; mean "
            f"{np.mean(tokens):.0f}), {np.mean(read):.1f} passages were read. A token needs 21.2 "
            f"MFLOP, and a float32 matrix product ran at {speed:.0f} GFLOP/s at best in this run "
            f"(median {np.median(speeds):.0f}, worst {min(speeds):.0f}: how busy the machine was).",
        ),
    )


def time_retrieval(engine: Engine, stock: StockIndex, questions: Sequence[str]) -> Table:
    """Retrieval alone by turns with the peer's, so that noise meets both."""
    ours: list[float] = []
    theirs: list[float] = []
    for question in progress(questions, "Warm retrieval"):
        start = time.perf_counter()
        engine.look_up(question)
        middle = time.perf_counter()
        stock.retrieve(question, 8)
        ours.append((middle - start) * 1000)
        theirs.append((time.perf_counter() - middle) * 1000)
    return Table(
        "Warm retrieval of 8 pieces, embedding included",
        ("system", "median ms", "95th percentile"),
        (
            ("Footnote (spelling, dense and lexical, Chroma)", *quantiles(ours)),
            ("LlamaIndex (dense, in memory)", *quantiles(theirs)),
        ),
    )
