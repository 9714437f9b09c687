"""Fine-tune the claim checker on prepared claims.

    python -m training.train_checker --start model.safetensors --claims runs/claims.jsonl.gz \\
        --check claims-fm2-dev.jsonl.gz --out runs/checker

``--start`` is a reader's checkpoint, or a checker's. Writes what :mod:`training.train` writes, and
resumes like it. ``--check`` measures on the calibration part of claims written by people.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.claims import LABELS, SUPPORTED, Claim, load_claims
from training.encoder import Checker, load_checker, save_model
from training.metrics import auc
from training.natural import Part, load_natural
from training.prepare import WEIGHTS
from training.reading import load_tokenizer
from training.run import Interrupted, Run, batches_from, freeze, write_log

MAX_PIECES = 96
LOG_STEPS = 50
SMOOTHING = 0.05


@dataclass(frozen=True, slots=True)
class Labelled:
    """A claim and its evidence in tokens, and its place in LABELS."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    label: int


def label(claims: Sequence[Claim], tokenizer: Tokenizer) -> list[Labelled]:
    """``claims`` in tokens; long evidence is cut."""
    tokenizer.enable_truncation(MAX_PIECES, strategy="longest_first")
    encodings = tokenizer.encode_batch([(c.claim, c.evidence) for c in claims])
    return [
        Labelled(tuple(e.ids), tuple(e.type_ids), LABELS.index(c.label))
        for c, e in zip(claims, encodings, strict=True)
    ]


def logits(model: Checker, batch: Sequence[Labelled]) -> Tensor:
    """Logits of ``batch``, padded to its longest; batch x 3."""
    width = max(len(e.ids) for e in batch)
    ids, mask, types = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    for row, example in enumerate(batch):
        n = len(example.ids)
        ids[row, :n] = torch.tensor(example.ids)
        types[row, :n] = torch.tensor(example.types)
        mask[row, :n] = 1
    result: Tensor = model(ids, mask, types)
    return result


def checker_loss(
    model: Checker, batch: Sequence[Labelled], *, half: bool = False
) -> tuple[Tensor, tuple[float, ...]]:
    """Cross-entropy of the three labels, smoothed; and the share of right ones. ``half`` multiplies
    in bfloat16; weights, gradients and the loss stay in float."""
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        scores = logits(model, batch).float()
    wanted = torch.tensor([e.label for e in batch])
    loss = functional.cross_entropy(scores, wanted, label_smoothing=SMOOTHING)
    right = (scores.argmax(1) == wanted).float().mean()
    return loss, (loss.item(), right.item())


@torch.inference_mode()
def measure(model: Checker, data: Sequence[Labelled]) -> float:
    """AUC of supported against the rest by the logit of "supported" over the others."""
    model.eval()
    order = sorted(range(len(data)), key=lambda i: len(data[i].ids))
    scores = np.zeros(len(data))
    for at in range(0, len(order), 32):
        chosen = order[at : at + 32]
        rows = logits(model, [data[i] for i in chosen])
        scores[chosen] = (rows[:, 0] - rows[:, 1:].logsumexp(1)).numpy()
    return auc(scores, np.array([e.label == LABELS.index(SUPPORTED) for e in data]))


def train(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(arguments.tokenizer)
    data = label(load_claims(arguments.claims), tokenizer)
    check = label(load_natural(arguments.check, Part.CALIBRATION), tokenizer)
    model, averaged = load_checker(arguments.start), load_checker(arguments.start)
    freeze(model, arguments.freeze, words=True)
    total = round(len(data) * arguments.epochs)
    run = Run(
        model,
        partial(checker_loss, half=arguments.half),
        total,
        arguments.rate,
        arguments.average,
        arguments.seed,
        arguments.workers,
    )
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        run.load(checkpoint)
    interrupted = Interrupted()

    with (out / "log.jsonl").open("a", encoding="utf-8") as log:

        def keep() -> None:
            run.save(checkpoint)
            averaged.load_state_dict(run.averaged)
            save_model(averaged, out / "model.safetensors")
            write_log(log, run, auc=measure(averaged, check))

        parts: list[tuple[float, ...]] = []
        due = run.examples + arguments.check_every
        lengths = [len(e.ids) for e in data]
        for batch in batches_from(data, lengths, arguments.batch, arguments.seed, run.step):
            if run.examples >= run.total or interrupted:
                break
            parts.append(run.update(batch))
            if run.step % LOG_STEPS == 0:
                loss, right = np.mean(parts, axis=0)
                write_log(log, run, loss=float(loss), right=float(right))
                parts = []
            if run.examples >= due:
                due += arguments.check_every
                keep()
        keep()


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.train_checker", description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="model.safetensors to begin with")
    parser.add_argument("--claims", type=Path, required=True)
    parser.add_argument("--check", type=Path, required=True, help="claims by people, JSON lines")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--average", type=float, default=0.998, help="decay of the moving average")
    parser.add_argument("--workers", type=int, default=2, help="threads, each with a share")
    parser.add_argument("--freeze", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--half", action="store_true", help="bfloat16: faster on some processors")
    parser.add_argument("--check-every", type=int, default=4_000, help="in claims")
    parser.add_argument("--seed", type=int, default=0)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
