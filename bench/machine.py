"""How fast this machine is at this moment, and how much work the models are given.

Milliseconds differ from machine to machine and, on a shared one, from minute to minute. The
arithmetic that a question needs does not: with the speed of a float32 matrix product, measured
in the same run, it says what the models' work would take at full speed. Models in int8 may be
quicker than that where the processor has instructions for it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from unittest import mock

import numpy as np
import onnxruntime as ort

LAYERS, WIDTH, INNER = 6, 384, 1536
#: Multiply-adds of a MiniLM-L6's matrices a token, twice: four of attention, two of the
#: feed-forward part; 21.2 million. The attention scores themselves add little at our lengths.
FLOP_PER_TOKEN = 2 * LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * INNER)
_SIDE = 768


def gflops(repeats: int = 10) -> float:
    """Billions of floating-point operations a second in a float32 matrix product, the best of
    ``repeats``; numpy uses all cores, as the models do."""
    generator = np.random.default_rng(0)
    a, b = (generator.standard_normal((_SIDE, _SIDE), np.float32) for _ in range(2))
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        np.matmul(a, b)
        best = min(best, time.perf_counter() - start)
    return float(2 * _SIDE**3 / best / 1e9)


@dataclass(slots=True)
class Work:
    """What the models were given and how long they took."""

    reader_ms: float = 0.0
    embedder_ms: float = 0.0
    #: Padding included.
    tokens: int = 0

    def limit_ms(self, speed_gflops: float) -> float:
        """The time for the matrices of ``tokens`` at that speed."""
        return self.tokens * FLOP_PER_TOKEN / speed_gflops / 1e6


@contextmanager
def metered() -> Iterator[Work]:
    """Counts the work of every model that runs inside."""
    work = Work()
    run = ort.InferenceSession.run

    def counted(session: Any, outputs: Any, feed: Any, *args: Any, **kwargs: Any) -> Any:
        start = time.perf_counter()
        result = run(session, outputs, feed, *args, **kwargs)
        spent = (time.perf_counter() - start) * 1000
        work.tokens += feed["input_ids"].size
        if "embedding" in outputs:
            work.embedder_ms += spent
        else:
            work.reader_ms += spent
        return result

    with mock.patch.object(ort.InferenceSession, "run", counted):
        yield work
