"""Fine-tune a reader on prepared examples.

    python -m training.train --start model.safetensors --examples runs/examples.jsonl.gz \\
        --check squad2-dev24.json.gz --out runs/one

Writes to ``--out``: ``checkpoint.pt`` (everything needed to go on; running the same command again
resumes), ``log.jsonl`` (the learning curve), ``model.safetensors`` (the moving average of the
weights). ``--check`` measures on a sample of the calibration articles at every checkpoint.
A run that is stopped by SIGTERM or SIGINT writes a checkpoint first.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.encoder import Reader, load_reader, save_model
from training.evaluate import Figures, figures, given_paragraph
from training.examples import Example, load_examples
from training.prepare import WEIGHTS
from training.reading import Array, Batch, load_tokenizer
from training.run import Interrupted, Run, batches_from, freeze, write_log
from training.squad import CALIBRATION, load_squad

VERDICT_WEIGHT = 0.5
LABEL_PIECES = 160  # longest example; the few that are longer are cut at the window's end
LOG_STEPS = 25
CHECK_EVERY = 6_000
CHECK_QUESTIONS = 500


@dataclass(frozen=True, slots=True)
class Labelled:
    """An example in tokens; ``start`` and ``end`` are positions, 0 where there is no answer."""

    ids: tuple[int, ...]
    types: tuple[int, ...]
    start: int
    end: int


def label(examples: Sequence[Example], tokenizer: Tokenizer) -> list[Labelled]:
    """Examples in tokens, without those whose answer was cut off."""
    tokenizer.enable_truncation(LABEL_PIECES, strategy="only_second")
    result = []
    encodings = tokenizer.encode_batch([(e.question, e.window) for e in examples])
    for example, encoding in zip(examples, encodings, strict=True):
        start = end = 0
        if example.answerable:
            first = encoding.char_to_token(example.start, 1)
            last = encoding.char_to_token(example.end - 1, 1)
            if first is None or last is None:
                continue
            start, end = first, last
        result.append(Labelled(tuple(encoding.ids), tuple(encoding.type_ids), start, end))
    return result


class TorchModel:
    """A reader in PyTorch behind the protocol that :mod:`training.reading` reads with."""

    def __init__(self, model: Reader) -> None:
        self._model = model

    @torch.inference_mode()
    def __call__(self, batch: Batch) -> tuple[Array, Array, Array | None]:
        self._model.eval()
        start, end, verdict = self._model(
            *(
                torch.from_numpy(a)
                for a in (batch.input_ids, batch.attention_mask, batch.token_type_ids)
            )
        )
        return start.numpy(), end.numpy(), verdict.numpy()


def loss_of(
    model: Reader, batch: Sequence[Labelled], *, half: bool = False
) -> tuple[Tensor, Tensor]:
    """Cross-entropy of start and end with "no answer" at ``[CLS]``, and of the verdict.

    ``half`` computes the products in bfloat16; weights, gradients and the loss stay in float.
    """
    width = max(len(e.ids) for e in batch)
    ids, mask, types = (torch.zeros(len(batch), width, dtype=torch.long) for _ in range(3))
    for row, example in enumerate(batch):
        n = len(example.ids)
        ids[row, :n] = torch.tensor(example.ids)
        types[row, :n] = torch.tensor(example.types)
        mask[row, :n] = 1
    with torch.autocast("cpu", torch.bfloat16, enabled=half):
        start, end, verdict = model(ids, mask, types)
    start, end, verdict = start.float(), end.float(), verdict.float()
    # A span lies in the window; "no answer" at the first place. The question is no candidate.
    allowed = (types == 1) & (mask == 1)
    allowed[:, 0] = True
    starts = torch.tensor([e.start for e in batch])
    ends = torch.tensor([e.end for e in batch])
    span = (
        functional.cross_entropy(start.masked_fill(~allowed, -1e4), starts)
        + functional.cross_entropy(end.masked_fill(~allowed, -1e4), ends)
    ) / 2
    judged = functional.binary_cross_entropy_with_logits(verdict, (starts > 0).float())
    return span, judged


def reader_loss(
    model: Reader, batch: Sequence[Labelled], *, half: bool = False
) -> tuple[Tensor, tuple[float, ...]]:
    """What training makes smaller, and its parts: of the span and of the verdict."""
    span, judged = loss_of(model, batch, half=half)
    return span + VERDICT_WEIGHT * judged, (span.item(), judged.item())


class Check:
    """Figures on a fixed sample of the calibration articles."""

    def __init__(self, path: Path, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        articles = [a for a in load_squad(path) if a.title in CALIBRATION]
        asked = [(p, q) for a in articles for p in a.paragraphs for q in p.questions]
        self._asked = random.Random(0).sample(asked, min(CHECK_QUESTIONS, len(asked)))

    def __call__(self, model: TorchModel) -> Figures:
        return figures(given_paragraph(model, self._tokenizer, self._asked))


def train(arguments: argparse.Namespace) -> None:
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = load_tokenizer(arguments.tokenizer)
    data = label(load_examples(arguments.examples), tokenizer)
    model = load_reader(arguments.start)
    freeze(model, arguments.freeze, words=not arguments.train_words)
    total = round(len(data) * arguments.epochs)
    run = Run(
        model,
        partial(reader_loss, half=arguments.half),
        total,
        arguments.rate,
        arguments.average,
        arguments.seed,
        arguments.workers,
    )
    averaged = load_reader(arguments.start)
    check = Check(arguments.check, load_tokenizer(arguments.tokenizer)) if arguments.check else None
    checkpoint = out / "checkpoint.pt"
    if checkpoint.exists():
        run.load(checkpoint)
    interrupted = Interrupted()

    with (out / "log.jsonl").open("a", encoding="utf-8") as log:

        def keep(*, measure: bool) -> None:
            run.save(checkpoint)
            averaged.load_state_dict(run.averaged)
            save_model(averaged, out / "model.safetensors")
            if check is not None and measure:
                write_log(log, run, **asdict(check(TorchModel(averaged))))

        losses: list[tuple[float, ...]] = []
        due = run.examples + arguments.check_every
        lengths = [len(e.ids) for e in data]
        for batch in batches_from(data, lengths, arguments.batch, arguments.seed, run.step):
            if run.examples >= run.total or interrupted:
                break
            losses.append(run.update(batch))
            if run.step % LOG_STEPS == 0:
                span, verdict = np.mean(losses, axis=0)
                write_log(log, run, span_loss=float(span), verdict_loss=float(verdict))
                losses = []
            if run.examples >= due:
                due += arguments.check_every
                keep(measure=True)
        keep(measure=not interrupted)


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.train", description=__doc__)
    parser.add_argument("--start", type=Path, required=True, help="model.safetensors to begin with")
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--check", type=Path, help="SQuAD 2.0 dev")
    parser.add_argument("--out", type=Path, required=True, help="folder of the run")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--rate", type=float, default=1e-4, help="highest learning rate")
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--average", type=float, default=0.998, help="decay of the moving average")
    parser.add_argument("--workers", type=int, default=2, help="threads, each with a share")
    parser.add_argument("--freeze", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--train-words", action="store_true", help="train word embeddings too")
    parser.add_argument("--half", action="store_true", help="bfloat16: faster on some processors")
    parser.add_argument("--check-every", type=int, default=CHECK_EVERY, help="in examples")
    parser.add_argument("--seed", type=int, default=0)
    train(parser.parse_args())


if __name__ == "__main__":
    main()
