"""A training run: model, optimiser, moving average, and where it stands. What is trained, and on
what, its users say (:mod:`training.train`, :mod:`training.train_checker`)."""

from __future__ import annotations

import copy
import json
import random
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Generic, TextIO, TypeVar

import torch
from torch import Tensor, nn

from training.encoder import Checker, Reader

ModelT = TypeVar("ModelT", bound=nn.Module)
ExampleT = TypeVar("ExampleT")

WARM_UP = 0.03
WEIGHT_DECAY = 0.01
CLIP = 1.0


class Run(Generic[ModelT, ExampleT]):
    """One training run: model, optimiser, moving average, and where it stands.

    ``loss`` gives what is made smaller on a batch, and parts of it for the log.
    """

    def __init__(
        self,
        model: ModelT,
        loss: Callable[[ModelT, Sequence[ExampleT]], tuple[Tensor, tuple[float, ...]]],
        total: int,
        rate: float,
        average: float,
        seed: int,
        workers: int,
    ) -> None:
        self.model = model
        self._loss = loss
        self.averaged = {k: v.detach().clone() for k, v in model.named_parameters()}
        self.total = total
        self.rate = rate
        self.average = average
        self.step = 0
        self.examples = 0
        self.cpu_seconds = 0.0
        torch.manual_seed(seed)
        # Each core works through a share of every batch on its own and they meet once a step, so
        # that on a busy machine neither waits for the other at each product. Replicas share
        # the weights and keep their own gradients.
        self._workers = [model, *(_replica(model) for _ in range(workers - 1))]
        self._threads = ThreadPoolExecutor(workers)
        trained = [(k, p) for k, p in model.named_parameters() if p.requires_grad]
        self.optimizer = torch.optim.AdamW(
            [
                {"params": [p for _, p in trained if p.ndim > 1], "weight_decay": WEIGHT_DECAY},
                {"params": [p for _, p in trained if p.ndim == 1], "weight_decay": 0.0},
            ],
            lr=rate,
        )

    def learning_rate(self) -> float:
        """Linear warm-up, then linear decay to a twentieth."""
        done = self.examples / self.total
        if done < WARM_UP:
            return self.rate * (done / WARM_UP + 1e-3)
        return self.rate * max(0.05, (1 - done) / (1 - WARM_UP))

    def update(self, batch: Sequence[ExampleT]) -> tuple[float, ...]:
        """One step on ``batch``; the parts of the loss before it."""
        began = time.process_time()
        self.model.train()
        for group in self.optimizer.param_groups:
            group["lr"] = self.learning_rate()
        parts = self._gradients(batch)
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimizer.step()
        self.step += 1
        self.examples += len(batch)
        # Young averages move faster, so that they forget where they began.
        keep = min(self.average, (1 + self.step) / (10 + self.step))
        with torch.no_grad():
            for name, parameter in self.model.named_parameters():
                if parameter.requires_grad:
                    self.averaged[name].lerp_(parameter, 1 - keep)
        self.cpu_seconds += time.process_time() - began
        return parts

    def _gradients(self, batch: Sequence[ExampleT]) -> tuple[float, ...]:
        """Leave the batch's gradients in the model; the parts of its loss."""
        shares = [batch[i :: len(self._workers)] for i in range(len(self._workers))]
        shares = [share for share in shares if share]
        losses = list(
            self._threads.map(
                self._work, self._workers[: len(shares)], shares, [len(batch)] * len(shares)
            )
        )
        mine = list(self.model.parameters())
        for worker in self._workers[1 : len(shares)]:
            for parameter, other in zip(mine, worker.parameters(), strict=True):
                if parameter.grad is not None and other.grad is not None:
                    parameter.grad.add_(other.grad)
        return tuple(map(sum, zip(*losses, strict=True)))

    def _work(self, worker: ModelT, share: Sequence[ExampleT], whole: int) -> tuple[float, ...]:
        torch.set_num_threads(1)
        worker.zero_grad(set_to_none=True)
        part = len(share) / whole
        total, parts = self._loss(worker, share)
        (total * part).backward()
        return tuple(value * part for value in parts)

    def save(self, path: Path) -> None:
        """All state, replaced in one step."""
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged,
            "optimizer": self.optimizer.state_dict(),
            "counters": [self.step, self.examples, self.cpu_seconds],
            "torch_random": torch.get_rng_state(),
        }
        fresh = path.with_suffix(".new")
        torch.save(state, fresh)
        fresh.replace(path)

    def load(self, path: Path) -> None:
        state = torch.load(path, weights_only=True)
        self.model.load_state_dict(state["model"])
        self.averaged = state["averaged"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.step, self.examples, self.cpu_seconds = state["counters"]
        torch.set_rng_state(state["torch_random"])


def _replica(model: ModelT) -> ModelT:
    """A copy that shares the storage of the weights, but not their gradients."""
    copied = copy.deepcopy(model)
    for mine, theirs in zip(copied.parameters(), model.parameters(), strict=True):
        mine.data = theirs.data
    return copied


def freeze(model: Reader | Checker, layers: int, *, words: bool) -> None:
    """Keep the word embeddings as they are, and with ``layers`` all that lies below and in them."""
    model.bert.embeddings.word_embeddings.weight.requires_grad_(not words)
    if layers:
        model.bert.embeddings.requires_grad_(False)
    for layer in model.bert.encoder.layer[:layers]:
        layer.requires_grad_(False)


def batches_from(
    data: Sequence[ExampleT], lengths: Sequence[int], size: int, seed: int, done: int
) -> Iterator[list[ExampleT]]:
    """Batches of one epoch after another, without the first ``done``; the order depends on
    ``seed`` alone, so that a resumed run sees what it would have seen."""
    rng = random.Random(seed)
    at = 0
    while True:
        for chosen in epoch_batches(lengths, size, rng):
            at += 1
            if at > done:
                yield [data[i] for i in chosen]


def epoch_batches(lengths: Sequence[int], size: int, rng: random.Random) -> list[list[int]]:
    """Batches of like length: sorted within large random blocks, then shuffled."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    block = size * 40
    batches: list[list[int]] = []
    for at in range(0, len(order), block):
        part = sorted(order[at : at + block], key=lambda i: lengths[i])
        cut = [part[i : i + size] for i in range(0, len(part), size)]
        rng.shuffle(cut)
        batches += cut
    return batches


class Interrupted:
    """True once the process has been asked to end."""

    def __init__(self) -> None:
        self._asked = False
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self._asked = True

    def __bool__(self) -> bool:
        return self._asked


def write_log(log: TextIO, run: Run[ModelT, ExampleT], **values: float) -> None:
    """One line of the learning curve."""
    row = {"step": run.step, "examples": run.examples, "cpu_s": round(run.cpu_seconds), **values}
    log.write(json.dumps({k: round(v, 5) for k, v in row.items()}) + "\n")
    log.flush()
