"""Make ``reader.int8.onnx`` from a trained reader; several checkpoints are averaged.

    python -m training.export runs/one/model.safetensors --out index/models/weights

A claim checker's checkpoint makes ``checker.int8.onnx``. Needs no PyTorch. ``--float`` writes the
model in float as well, to measure what int8 costs.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from safetensors.numpy import load_file

from training import graph
from training.checksums import sha256


def average(files: Sequence[Path]) -> graph.Weights:
    """The mean of each weight over ``files``, which must all have the same."""
    loaded = [load_file(file) for file in files]
    return {
        name: np.mean([weights[name] for weights in loaded], axis=0, dtype=np.float32)
        for name in loaded[0]
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.export", description=__doc__)
    parser.add_argument("checkpoints", nargs="+", type=Path, metavar="model.safetensors")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", dest="full")
    arguments = parser.parse_args()

    weights = average(arguments.checkpoints)
    name = "checker" if "support.weight" in weights else "reader"
    model = graph.checker(weights) if name == "checker" else graph.reader(weights)
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.full:
        onnx.save(model, arguments.out / f"{name}.onnx")
    target = arguments.out / f"{name}.int8.onnx"
    graph.save_int8(model, target, reduce_range=True)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, sha256 {sha256(target)}")


if __name__ == "__main__":
    main()
