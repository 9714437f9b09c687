"""Reading windows with a reader: from logits to the best span and its margin.

This is the reader's contract, shared by mining, training's checks and evaluation: the score of a
span is ``start[i] + end[j]`` with ``i <= j < i + 30`` inside the window, "no answer" is the same
sum at ``[CLS]``, and the margin is their difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Encoding, Tokenizer

MAX_SPAN_PIECES = 30
MAX_PIECES = 256
BATCH = 24
# Tokens in a batch, padding included: keeps long windows from making slow, large batches.
BATCH_PIECES = 2600

Array = npt.NDArray[np.float32]
Indices = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Encoded pairs of question and window, padded to the longest."""

    input_ids: Indices
    attention_mask: Indices
    token_type_ids: Indices


class Model(Protocol):
    """Logits for a batch: start and end (batch x sequence), and answerable (batch) or None."""

    def __call__(self, batch: Batch) -> tuple[Array, Array, Array | None]: ...


@dataclass(frozen=True, slots=True)
class Reading:
    """The best span of one window, in characters of the window, and its margin."""

    start: int
    end: int
    margin: float
    answerable: float


class OnnxModel:
    """A reader from an ONNX file."""

    def __init__(self, path: Path, threads: int = 0) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )
        self._has_verdict = len(self._session.get_outputs()) > 2

    def __call__(self, batch: Batch) -> tuple[Array, Array, Array | None]:
        names = ["start_logits", "end_logits"] + ["answerable_logit"] * self._has_verdict
        outputs = self._session.run(
            names,
            {
                "input_ids": batch.input_ids,
                "attention_mask": batch.attention_mask,
                "token_type_ids": batch.token_type_ids,
            },
        )
        return outputs[0], outputs[1], outputs[2] if self._has_verdict else None


def load_tokenizer(path: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_PIECES, strategy="only_second")
    return tokenizer


def pad(encodings: Sequence[Encoding]) -> Batch:
    """Stack ``encodings`` into arrays; the padding is id 0, as in BERT's vocabulary."""
    shape = len(encodings), max(len(e.ids) for e in encodings)
    arrays = [np.zeros(shape, np.int64) for _ in range(3)]
    for row, encoding in enumerate(encodings):
        for array, values in zip(
            arrays, (encoding.ids, encoding.attention_mask, encoding.type_ids), strict=True
        ):
            array[row, : len(values)] = values
    return Batch(*arrays)


def batches(encodings: Sequence[Encoding]) -> Iterator[list[int]]:
    """Indices of ``encodings`` in batches of like length."""
    chosen: list[int] = []
    for index in sorted(range(len(encodings)), key=lambda i: len(encodings[i].ids)):
        width = len(encodings[index].ids)
        if chosen and (len(chosen) == BATCH or (len(chosen) + 1) * width > BATCH_PIECES):
            yield chosen
            chosen = []
        chosen.append(index)
    if chosen:
        yield chosen


def read(model: Model, tokenizer: Tokenizer, pairs: Sequence[tuple[str, str]]) -> list[Reading]:
    """The best span for each pair of question and window, in the order given."""
    encodings = tokenizer.encode_batch(list(pairs))
    readings: dict[int, Reading] = {}
    for chosen in batches(encodings):
        starts, ends, verdicts = model(pad([encodings[i] for i in chosen]))
        for row, index in enumerate(chosen):
            verdict = 0.0 if verdicts is None else float(verdicts[row])
            readings[index] = best_span(encodings[index], starts[row], ends[row], verdict)
    return [readings[i] for i in range(len(pairs))]


def best_span(encoding: Encoding, start: Array, end: Array, answerable: float) -> Reading:
    window = [i for i, sequence in enumerate(encoding.sequence_ids) if sequence == 1]
    null = float(start[0] + end[0])
    if not window:
        return Reading(0, 0, -null, answerable)
    first, stop = window[0], window[-1] + 1
    scores = start[first:stop, None] + end[None, first:stop]
    reach = np.arange(stop - first)
    distance = reach[None, :] - reach[:, None]
    scores = np.where((distance >= 0) & (distance < MAX_SPAN_PIECES), scores, -np.inf)
    i, j = np.unravel_index(int(scores.argmax()), scores.shape)
    return Reading(
        encoding.offsets[first + int(i)][0],
        encoding.offsets[first + int(j)][1],
        float(scores[i, j]) - null,
        answerable,
    )
