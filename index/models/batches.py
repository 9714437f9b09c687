"""Padded batches of similar lengths: padding is work without result."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def length_buckets(
    lengths: Sequence[int], *, max_batch: int, max_waste: float = 0.15
) -> Iterator[list[int]]:
    """Indices of ``lengths`` in groups of at most ``max_batch`` whose padding is at most
    ``max_waste`` of the padded batch; longest first."""
    order = sorted(range(len(lengths)), key=lambda index: -lengths[index])
    batch: list[int] = []
    total = 0
    for index in order:
        longest = lengths[batch[0]] if batch else lengths[index]
        padded = longest * (len(batch) + 1)
        waste = 1 - (total + lengths[index]) / padded if padded else 0.0
        if batch and (len(batch) >= max_batch or waste > max_waste):
            yield batch
            batch, total = [], 0
        batch.append(index)
        total += lengths[index]
    if batch:
        yield batch


def pad(rows: Sequence[Sequence[int]]) -> tuple[Ints, Ints]:
    """``rows`` padded with zeros to one matrix, and its mask; both batch × longest, int64."""
    width = max(map(len, rows))
    ids = np.zeros((len(rows), width), np.int64)
    mask = np.zeros_like(ids)
    for row, values in enumerate(rows):
        ids[row, : len(values)] = values
        mask[row, : len(values)] = 1
    return ids, mask


def pair_inputs(rows: Sequence[Sequence[int]], firsts: Sequence[int]) -> dict[str, Ints]:
    """Inputs of a model that reads two texts in one row; ``firsts`` says where in each of ``rows``
    the second text begins."""
    ids, mask = pad(rows)
    types = mask.copy()
    for row, first in enumerate(firsts):
        types[row, :first] = 0
    return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
