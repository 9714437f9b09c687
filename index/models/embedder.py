"""Text to vectors with all-MiniLM-L6-v2, int8, on onnxruntime."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.models.batches import length_buckets, pad
from index.models.onnx import open_session
from index.models.tokenizer import AT_ONCE, WordPiece
from index.models.weights import EMBEDDER_FILE, WEIGHTS_DIR, known_sums

Vectors = NDArray[np.float32]

#: Word pieces that are embedded, special tokens included; the model's own limit.
MAX_PIECES = 256
MAX_BATCH = 32


class Embedder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def name(self) -> str:
        """Tells this embedder, and its version, from all others; part of the fingerprint."""

    @property
    def dimensions(self) -> int:
        """Length of a vector."""

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors, texts × dimensions. ``on_progress`` gets the number done so far."""


class MiniLmEmbedder:
    """all-MiniLM-L6-v2: 384 dimensions, mean pooling and normalisation inside the graph."""

    dimensions = 384

    def __init__(
        self, tokenizer: WordPiece, *, threads: int = 0, folder: Path = WEIGHTS_DIR
    ) -> None:
        self._tokenizer = tokenizer
        self._session = open_session(EMBEDDER_FILE, threads=threads, folder=folder)
        self.name = f"all-MiniLM-L6-v2/int8/{known_sums(folder)[EMBEDDER_FILE][:12]}"

    def embed(
        self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Unit vectors of ``texts``, float32, texts × 384."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        done = 0
        for start in range(0, len(texts), AT_ONCE):
            rows = self._rows(texts[start : start + AT_ONCE])
            for batch in length_buckets([len(row) for row in rows], max_batch=MAX_BATCH):
                vectors[[start + index for index in batch]] = self._run([rows[n] for n in batch])
                done += len(batch)
                if on_progress:
                    on_progress(done)
        return vectors

    def _rows(self, texts: Sequence[str]) -> list[list[int]]:
        """The word pieces of each of ``texts``, with special tokens, cut to what is embedded."""
        first, last = self._tokenizer.cls_id, self._tokenizer.sep_id
        encodings = self._tokenizer.encode_many(texts)
        return [[first, *encoding.ids[: MAX_PIECES - 2], last] for encoding in encodings]

    def _run(self, rows: Sequence[Sequence[int]]) -> Vectors:
        ids, mask = pad(rows)
        feed = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        (output,) = self._session.run(["embedding"], feed)
        return np.asarray(output, np.float32)
