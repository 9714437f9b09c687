"""Make float weights of a shipped int8 reader again, to train it further.

    python -m training.restore index/models/weights/reader.int8.onnx --out runs/shipped

Writes ``model.safetensors``. What int8 rounded away is lost, which is little: a reader that was
restored and exported again finds the same spans. Needs no PyTorch.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

from training import graph

QKV = ("query", "key", "value")


def restore(model: onnx.ModelProto) -> graph.Weights:
    """The weights that :func:`training.graph.reader` made ``model`` from, up to rounding."""
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}
    weights: dict[str, np.typing.NDArray[np.float32]] = {}
    for name in stored:
        if name.endswith("_quantized"):
            name = name.removesuffix("_quantized")
            weights[name] = floats(stored, name)
        elif name.endswith((".weight", ".bias", ".kernel")):
            weights[name] = stored[name]
    for name in list(weights):
        if name.endswith(".qkv.kernel"):
            _split_qkv(weights, name.removesuffix(".qkv.kernel"))
        elif name.endswith(".kernel"):
            weights[f"{name.removesuffix('.kernel')}.weight"] = weights.pop(name).T
    return {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}


def floats(
    stored: Mapping[str, np.typing.NDArray[np.generic]], name: str
) -> np.typing.NDArray[np.float32]:
    """The weight ``name`` of which ``stored`` has int8 values, their scale and their zero point."""
    whole, zero, scale = (
        stored[f"{name}_{part}"].astype(np.float32) for part in ("quantized", "zero_point", "scale")
    )
    return np.asarray((whole - zero) * scale, np.float32)


def _split_qkv(weights: dict[str, np.typing.NDArray[np.float32]], layer: str) -> None:
    """The graph joins the three projections of attention into one."""
    kernels = np.split(weights.pop(f"{layer}.qkv.kernel"), len(QKV), axis=1)
    biases = np.split(weights.pop(f"{layer}.qkv.bias"), len(QKV))
    for part, kernel, bias in zip(QKV, kernels, biases, strict=True):
        weights[f"{layer}.attention.self.{part}.weight"] = kernel.T
        weights[f"{layer}.attention.self.{part}.bias"] = bias


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.restore", description=__doc__)
    parser.add_argument("model", type=Path, metavar="reader.int8.onnx")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    target = arguments.out / "model.safetensors"
    save_file(dict(restore(onnx.load(arguments.model))), target)
    print(target)


if __name__ == "__main__":
    main()
