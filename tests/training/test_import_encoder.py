from __future__ import annotations

from typing import Any

import numpy as np
import pytest

onnx = pytest.importorskip("onnx")

from onnx import helper, numpy_helper  # noqa: E402

from training.import_encoder import import_encoder  # noqa: E402

QUERY = "/hf/encoder/layer.0/attention/self/query/MatMul_quant"


def model(node: str) -> Any:
    """A graph of one int8 product with a scale of 0.5 and a zero point of 2, a table of
    embeddings, and a weight that stayed in float."""
    kernel = np.arange(6, dtype=np.uint8).reshape(2, 3)
    scale, zero = np.float32(0.5), np.uint8(2)
    stored = {
        "onnx::MatMul_1_quantized": kernel,
        "onnx::MatMul_1_scale": scale,
        "onnx::MatMul_1_zero_point": zero,
        "hf.embeddings.word_embeddings.weight_quantized": kernel,
        "hf.embeddings.word_embeddings.weight_scale": scale,
        "hf.embeddings.word_embeddings.weight_zero_point": zero,
        "hf.encoder.layer.0.output.LayerNorm.bias": np.ones(3, np.float32),
        "other": np.zeros(1, np.float32),
    }
    product = helper.make_node("MatMulInteger", ["x", "onnx::MatMul_1_quantized"], ["y"], name=node)
    items = [numpy_helper.from_array(np.asarray(v), name) for name, v in stored.items()]
    return helper.make_model(helper.make_graph([product], "g", [], [], items))


def test_weights_are_float_again_and_have_their_names() -> None:
    weights = import_encoder(model(QUERY))
    assert set(weights) == {
        "embeddings.word_embeddings.weight",
        "encoder.layer.0.output.LayerNorm.bias",
        "encoder.layer.0.attention.self.query.weight",
    }
    table = weights["embeddings.word_embeddings.weight"]
    assert table.dtype == np.float32
    assert table.tolist() == [[-1.0, -0.5, 0.0], [0.5, 1.0, 1.5]]
    # ONNX keeps the kernel the other way round than PyTorch.
    assert weights["encoder.layer.0.attention.self.query.weight"].tolist() == table.T.tolist()


def test_another_model_is_refused() -> None:
    with pytest.raises(ValueError, match="no BERT"):
        import_encoder(model("/other/MatMul_quant"))
