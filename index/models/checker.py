"""Says what a text makes of a claim: MiniLM-L6 fine-tuned, int8, onnxruntime.

Input is ``[CLS] claim [SEP] evidence [SEP]``; three logits come out of ``[CLS]``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from index.models.batches import length_buckets, pair_inputs
from index.models.onnx import open_session
from index.models.tokenizer import WordPiece
from index.models.weights import CHECKER_FILE, WEIGHTS_DIR, known_sums

MAX_PIECES = 160
MAX_CLAIM_PIECES = 72
MAX_BATCH = 8
OUTPUT = "support_logits"


class CheckerLogits(NamedTuple):
    """How much speaks for each of the three things that evidence may say to a claim."""

    supported: float
    contradicted: float
    not_found: float


class Checker:
    """The claim checker. Thread-safe: the session and the tokenizer are."""

    def __init__(
        self, tokenizer: WordPiece, *, threads: int = 0, folder: Path = WEIGHTS_DIR
    ) -> None:
        self._tokenizer = tokenizer
        self._session = open_session(CHECKER_FILE, threads=threads, folder=folder)
        self.name = f"checker/int8/{known_sums(folder)[CHECKER_FILE][:12]}"

    def check(self, pairs: Sequence[tuple[str, str]]) -> list[CheckerLogits]:
        """The logits of each of ``pairs`` (claim, evidence), in their order.

        What is longer than MAX_PIECES together, the claim first, is cut.
        """
        claims = self._tokenizer.encode_many([claim for claim, _ in pairs])
        texts = self._tokenizer.encode_many([evidence for _, evidence in pairs])
        rows: list[list[int]] = []
        firsts: list[int] = []
        for claim, text in zip(claims, texts, strict=True):
            said = claim.ids[:MAX_CLAIM_PIECES]
            cls, sep = self._tokenizer.cls_id, self._tokenizer.sep_id
            rows.append([cls, *said, sep, *text.ids[: MAX_PIECES - len(said) - 3], sep])
            firsts.append(len(said) + 2)
        found = [CheckerLogits(0.0, 0.0, 0.0)] * len(rows)
        for batch in length_buckets(list(map(len, rows)), max_batch=MAX_BATCH):
            feed = pair_inputs([rows[i] for i in batch], [firsts[i] for i in batch])
            (logits,) = map(np.asarray, self._session.run([OUTPUT], feed))
            for row, index in enumerate(batch):
                found[index] = CheckerLogits(*map(float, logits[row]))
        return found
