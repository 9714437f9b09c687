"""The whole way from questions to a reader, on a small slice: prepare, train, export, evaluate.

Needs the ``train`` dependency group; ``make test-training`` sets it up and runs this.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")

from safetensors.numpy import save_file  # noqa: E402

from training import export, graph, restore, train  # noqa: E402
from training.encoder import Reader, load_reader, save_model  # noqa: E402
from training.evaluate import figures, given_paragraph  # noqa: E402
from training.examples import load_examples, save_examples  # noqa: E402
from training.export_embedder import packaged_weights  # noqa: E402
from training.prepare import WEIGHTS, prepare  # noqa: E402
from training.reading import Batch, OnnxModel, load_tokenizer  # noqa: E402
from training.run import Run, freeze  # noqa: E402
from training.squad import Article  # noqa: E402

TOKENIZER = WEIGHTS / "tokenizer.json"


@pytest.fixture(scope="module")
def start() -> Path:
    """The official weights of the bare encoder."""
    return packaged_weights()


@pytest.fixture
def examples(squad: list[Article], squad2: list[Article], tmp_path: Path) -> Path:
    """A set of examples, prepared from two articles and one of SQuAD 2.0."""
    made = prepare(
        squad,
        squad2,
        [],
        OnnxModel(WEIGHTS / "reader.int8.onnx", threads=1),
        load_tokenizer(TOKENIZER),
        scale=0.002,
    )
    assert {e.answerable for e in made} == {True, False}
    path = tmp_path / "examples.jsonl.gz"
    save_examples(made, path)
    return path


def _labelled(examples: Path) -> list[train.Labelled]:
    return train.label(load_examples(examples), load_tokenizer(TOKENIZER))


def _run(start: Path) -> Run[Reader, train.Labelled]:
    torch.manual_seed(0)  # the heads are fresh
    model = load_reader(start)
    freeze(model, 0, words=True)
    # One worker: dropout then draws from one generator in a fixed order.
    return Run(model, train.reader_loss, total=64, rate=5e-4, average=0.9, seed=0, workers=1)


def _weights(model: Reader) -> dict[str, np.ndarray]:
    return {name: value.numpy() for name, value in model.state_dict().items()}


def _batch() -> Batch:
    encodings = load_tokenizer(TOKENIZER).encode_batch(
        [
            ("Who built it?", "Maria Holt built the dam."),
            ("When was it built?", "It was built at Kardun, in 1911 or later."),
        ]
    )
    width = max(len(e.ids) for e in encodings)
    return Batch(
        *(
            np.array([row + [0] * (width - len(row)) for row in rows], np.int64)
            for rows in zip(
                *((e.ids, e.attention_mask, e.type_ids) for e in encodings), strict=True
            )
        )
    )


def test_from_questions_to_a_reader(
    start: Path,
    examples: Path,
    squad: list[Article],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "run"
    command = ["train", "--start", str(start), "--examples", str(examples), "--out", str(out)]
    command += ["--epochs", "4", "--rate", "2e-4", "--average", "0.9", "--batch", "8"]
    monkeypatch.setattr("sys.argv", command)
    monkeypatch.setattr(train, "LOG_STEPS", 5)
    train.main()
    losses = [json.loads(line) for line in (out / "log.jsonl").read_text("utf-8").splitlines()]
    assert losses[-1]["span_loss"] < losses[0]["span_loss"]

    monkeypatch.setattr("sys.argv", ["export", str(out / "model.safetensors"), "--out", str(out)])
    export.main()
    asked = [(p, q) for p in squad[0].paragraphs for q in p.questions]
    reader = OnnxModel(out / "reader.int8.onnx", threads=1)
    rows = given_paragraph(reader, load_tokenizer(TOKENIZER), asked)
    assert len(rows) == len(asked)
    assert all(row.text in row.paragraph for row in rows)
    assert figures(rows).f1 > 0.3  # it has seen these questions; untrained heads give about 0.1


def test_a_run_that_was_cut_off_goes_on_as_if_it_had_not_been(
    start: Path, examples: Path, tmp_path: Path
) -> None:
    data = _labelled(examples)[:16]
    batches = [random.Random(step).sample(data, 8) for step in range(4)]
    whole = _run(start)
    for batch in batches:
        whole.update(batch)

    first = _run(start)
    for batch in batches[:2]:
        first.update(batch)
    first.save(tmp_path / "checkpoint.pt")
    second = _run(start)
    second.load(tmp_path / "checkpoint.pt")
    assert (second.step, second.examples) == (2, 16)
    for batch in batches[2:]:
        second.update(batch)

    for name, value in _weights(whole.model).items():
        np.testing.assert_allclose(_weights(second.model)[name], value, atol=1e-6, err_msg=name)
    for name, average in whole.averaged.items():
        torch.testing.assert_close(second.averaged[name], average, atol=1e-6, rtol=0)


def test_the_exported_graph_computes_what_was_trained(
    start: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(1)
    model = load_reader(start)
    torch.nn.init.normal_(model.verdict.weight, std=0.1)
    save_model(model, tmp_path / "model.safetensors")
    arguments = ["export", str(tmp_path / "model.safetensors"), "--out", str(tmp_path), "--float"]
    monkeypatch.setattr("sys.argv", arguments)
    export.main()

    batch = _batch()
    expected = train.TorchModel(model)(batch)
    found = OnnxModel(tmp_path / "reader.onnx", threads=1)(batch)
    for name, one, other in zip(("start", "end", "verdict"), expected, found, strict=True):
        assert one is not None and other is not None
        seen = batch.attention_mask.astype(bool) if one.ndim == 2 else slice(None)
        np.testing.assert_allclose(other[seen], one[seen], atol=2e-3, err_msg=name)


def test_a_shipped_reader_can_be_trained_further(tmp_path: Path) -> None:
    shipped = WEIGHTS / "reader.int8.onnx"
    restored = restore.restore(onnx.load(shipped))
    save_file(dict(restored), tmp_path / "model.safetensors")
    load_reader(tmp_path / "model.safetensors")  # nothing is missing, nothing is left over

    graph.save_int8(graph.reader(restored), tmp_path / "again.onnx", reduce_range=True)
    batch = _batch()
    for one, other in zip(
        OnnxModel(shipped, threads=1)(batch),
        OnnxModel(tmp_path / "again.onnx", threads=1)(batch),
        strict=True,
    ):
        assert one is not None and other is not None
        np.testing.assert_allclose(one[0], other[0], atol=0.5)
