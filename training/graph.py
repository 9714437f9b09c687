"""A BERT encoder written straight into ONNX from its weights, and its int8 form.

The graph is built node by node out of onnxruntime's fused operators rather than traced from
PyTorch: it needs no PyTorch, comes out the same on every machine, and is what onnxruntime's
optimiser would make of a trace. Weights carry the names of Hugging Face's ``BertModel``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

Axes: TypeAlias = Sequence[str | int]
Weights: TypeAlias = Mapping[str, npt.NDArray[np.float32]]

HEADS = 12
LAYER_NORM_EPSILON = 1e-12
OPSET = 17
IR_VERSION = 8  # goes with opset 17; every onnxruntime since 1.12 reads it
FUSED = "com.microsoft"
HEAD_PRODUCTS = ("qa_outputs.product", "verdict.product", "support.product")
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


class Graph:
    """Collects nodes and initialisers. Each method adds nodes and returns its output's name."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.initializers: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, array: npt.NDArray[np.generic]) -> str:
        if name not in self.initializers:
            self.initializers[name] = numpy_helper.from_array(np.asarray(array, order="C"), name)
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def node(self, kind: str, inputs: Sequence[str], name: str, **attributes: object) -> str:
        fused = kind in {"Attention", "SkipLayerNormalization", "BiasGelu"}
        self.nodes.append(
            helper.make_node(
                kind, inputs, [name], name=name, domain=FUSED if fused else "", **attributes
            )
        )
        return name

    def dense(self, x: str, name: str, *, bias: bool = True) -> str:
        """``x @ W.T`` for the linear layer ``name``, plus its bias unless a later node adds it."""
        kernel = self.constant(f"{name}.kernel", self.weights[f"{name}.weight"].T)
        product = self.node("MatMul", [x, kernel], f"{name}.product")
        return self.node("Add", [product, self.weight(f"{name}.bias")], name) if bias else product

    def embeddings(self, prefix: str) -> str:
        """The sum of word, position and type embeddings, normalised."""
        self.node("Shape", ["input_ids"], "shape")
        length = self.node("Gather", ["shape", self.constant("one", np.array(1))], "length")
        positions = self.node(
            "Range",
            [self.constant("zero", np.array(0)), length, self.constant("one", np.array(1))],
            "positions",
        )
        word, position, kind = (
            self.node("Gather", [self.weight(f"{prefix}{table}_embeddings.weight"), ids], table)
            for table, ids in (
                ("word", "input_ids"),
                ("position", positions),
                ("token_type", "token_type_ids"),
            )
        )
        total = self.node("Add", [self.node("Add", [word, kind], "word_and_type"), position], "sum")
        return self.node(
            "LayerNormalization",
            [
                total,
                self.weight(f"{prefix}LayerNorm.weight"),
                self.weight(f"{prefix}LayerNorm.bias"),
            ],
            "embedded",
            axis=-1,
            epsilon=LAYER_NORM_EPSILON,
        )

    def layer(self, x: str, prefix: str) -> str:
        """One transformer layer: attention, then the feed-forward net, each with its residual."""
        qkv = [f"{prefix}attention.self.{part}" for part in ("query", "key", "value")]
        kernel = np.concatenate([self.weights[f"{name}.weight"].T for name in qkv], axis=1)
        bias = np.concatenate([self.weights[f"{name}.bias"] for name in qkv])
        attended = self.node(
            "Attention",
            [
                x,
                self.constant(f"{prefix}qkv.kernel", kernel),
                self.constant(f"{prefix}qkv.bias", bias),
                "mask",
            ],
            f"{prefix}attention",
            num_heads=HEADS,
        )
        x = self.residual(attended, x, f"{prefix}attention.output")
        inner = self.dense(x, f"{prefix}intermediate.dense", bias=False)
        active = self.node(
            "BiasGelu", [inner, self.weight(f"{prefix}intermediate.dense.bias")], f"{prefix}gelu"
        )
        return self.residual(active, x, f"{prefix}output")

    def residual(self, x: str, skip: str, prefix: str) -> str:
        """``LayerNorm(dense(x) + skip)``."""
        inputs = [
            self.dense(x, f"{prefix}.dense", bias=False),
            skip,
            self.weight(f"{prefix}.LayerNorm.weight"),
            self.weight(f"{prefix}.LayerNorm.bias"),
            self.weight(f"{prefix}.dense.bias"),
        ]
        return self.node("SkipLayerNormalization", inputs, prefix, epsilon=LAYER_NORM_EPSILON)

    def encoder(self, prefix: str = "") -> str:
        """The whole encoder; its output has the shape batch x sequence x width."""
        self.node("Cast", ["attention_mask"], "mask", to=TensorProto.INT32)
        x = self.embeddings(f"{prefix}embeddings.")
        layers = 0
        while f"{prefix}encoder.layer.{layers}.output.dense.weight" in self.weights:
            x = self.layer(x, f"{prefix}encoder.layer.{layers}.")
            layers += 1
        return x

    def model(self, outputs: Mapping[str, Axes]) -> onnx.ModelProto:
        """The finished model; ``outputs`` names each output and its axes."""
        graph = helper.make_graph(
            self.nodes,
            "footnote",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"])
                for name in INPUTS
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, axes)
                for name, axes in outputs.items()
            ],
            list(self.initializers.values()),
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)],
            producer_name="footnote",
        )
        model.ir_version = IR_VERSION
        return model


def embedder(weights: Weights) -> onnx.ModelProto:
    """Mean of the token vectors under the mask, scaled to length one, as ``embedding``."""
    graph = Graph(weights)
    hidden = graph.encoder()
    last = graph.constant("last_axis", np.array([2]))
    middle = graph.constant("token_axis", np.array([1]))
    mask = graph.node("Cast", ["attention_mask"], "float_mask", to=TensorProto.FLOAT)
    mask = graph.node("Unsqueeze", [mask, last], "column_mask")
    masked = graph.node("Mul", [hidden, mask], "masked")
    # The mean's divisor cancels when the vector is scaled to length one.
    total = graph.node("ReduceSum", [masked, middle], "token_sum", keepdims=0)
    graph.node("LpNormalization", [total], "embedding", axis=-1, p=2)
    return graph.model({"embedding": ["batch", int(weights["embeddings.LayerNorm.bias"].size)]})


def reader(weights: Weights) -> onnx.ModelProto:
    """Logits of a span's start and end for every token, and of "answerable" for the window when
    the weights have a head for it."""
    graph = Graph(weights)
    hidden = graph.encoder("bert.")
    logits = graph.dense(hidden, "qa_outputs")
    last = graph.constant("last_axis", np.array([2]))
    halves = graph.constant("halves", np.array([1, 1]))
    graph.nodes.append(
        helper.make_node("Split", [logits, halves], ["start_column", "end_column"], axis=2)
    )
    graph.node("Squeeze", ["start_column", last], "start_logits")
    graph.node("Squeeze", ["end_column", last], "end_logits")
    outputs: dict[str, Axes]
    outputs = {name: ["batch", "sequence"] for name in ("start_logits", "end_logits")}
    if "verdict.weight" in weights:
        first = graph.node("Gather", [hidden, graph.constant("zero", np.array(0))], "cls", axis=1)
        column = graph.dense(first, "verdict")
        graph.node(
            "Squeeze", [column, graph.constant("verdict_axis", np.array([1]))], "answerable_logit"
        )
        outputs["answerable_logit"] = ["batch"]
    return graph.model(outputs)


def checker(weights: Weights) -> onnx.ModelProto:
    """Logits of what evidence says to a claim, as ``support_logits`` (batch x 3)."""
    graph = Graph(weights)
    hidden = graph.encoder("bert.")
    first = graph.node("Gather", [hidden, graph.constant("zero", np.array(0))], "cls", axis=1)
    product = graph.dense(first, "support", bias=False)
    graph.node("Add", [product, graph.weight("support.bias")], "support_logits")
    return graph.model({"support_logits": ["batch", 3]})


def save_int8(
    model: onnx.ModelProto,
    path: Path,
    *,
    per_channel: bool = True,
    reduce_range: bool = False,
    weight_type: QuantType = QuantType.QInt8,
    exclude: Sequence[str] = HEAD_PRODUCTS,
) -> None:
    """Write ``model`` with int8 weights and activations that are quantised as they come.

    ``exclude`` names nodes that stay in float.
    """
    names = {node.name for node in model.graph.node}
    with TemporaryDirectory() as folder:
        full = Path(folder, "full.onnx")
        onnx.save(model, full)
        quantize_dynamic(
            full,
            path,
            per_channel=per_channel,
            reduce_range=reduce_range,
            weight_type=weight_type,
            nodes_to_exclude=[name for name in exclude if name in names],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
