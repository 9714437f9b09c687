"""The reader in PyTorch: BERT's encoder with a span head and a verdict head.

Names of parameters follow Hugging Face's ``BertForQuestionAnswering``, so that its checkpoints load
as they are; ``verdict`` is ours and may be missing from a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn
from torch.nn import functional

from training.graph import HEADS, LAYER_NORM_EPSILON


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of an encoder; the defaults are those of all-MiniLM-L6-v2."""

    layers: int = 6
    width: int = 384
    inner: int = 1536
    vocabulary: int = 30522
    positions: int = 512
    dropout: float = 0.1


class Embeddings(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word_embeddings = nn.Embedding(shape.vocabulary, shape.width)
        self.position_embeddings = nn.Embedding(shape.positions, shape.width)
        self.token_type_embeddings = nn.Embedding(2, shape.width)
        self.LayerNorm = nn.LayerNorm(shape.width, LAYER_NORM_EPSILON)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        positions = torch.arange(input_ids.shape[1], device=input_ids.device)
        total = (
            self.word_embeddings(input_ids)
            + self.position_embeddings(positions)
            + self.token_type_embeddings(token_type_ids)
        )
        result: Tensor = self.dropout(self.LayerNorm(total))
        return result


class Output(nn.Module):
    """A linear layer whose result joins the residual stream."""

    def __init__(self, inner: int, shape: Shape) -> None:
        super().__init__()
        self.dense = nn.Linear(inner, shape.width)
        self.LayerNorm = nn.LayerNorm(shape.width, LAYER_NORM_EPSILON)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, residual: Tensor) -> Tensor:
        result: Tensor = self.LayerNorm(self.dropout(self.dense(x)) + residual)
        return result


class SelfAttention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.dropout = shape.dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        query, key, value = (
            part(x).view(batch, length, HEADS, width // HEADS).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        attended = functional.scaled_dot_product_attention(
            query, key, value, mask, self.dropout if self.training else 0.0
        )
        return attended.transpose(1, 2).reshape(batch, length, width)


class Attention(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.self = SelfAttention(shape)
        self.output = Output(shape.width, shape)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        result: Tensor = self.output(self.self(x, mask), x)
        return result


class Intermediate(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.dense = nn.Linear(shape.width, shape.inner)

    def forward(self, x: Tensor) -> Tensor:
        return functional.gelu(self.dense(x))


class Layer(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.attention = Attention(shape)
        self.intermediate = Intermediate(shape)
        self.output = Output(shape.inner, shape)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        x = self.attention(x, mask)
        result: Tensor = self.output(self.intermediate(x), x)
        return result


class Layers(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layer = nn.ModuleList(Layer(shape) for _ in range(shape.layers))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        for layer in self.layer:
            x = layer(x, mask)
        return x


class Bert(nn.Module):
    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.embeddings = Embeddings(shape)
        self.encoder = Layers(shape)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        mask = attention_mask.bool()[:, None, None, :]
        result: Tensor = self.encoder(self.embeddings(input_ids, token_type_ids), mask)
        return result


class Reader(nn.Module):
    """Start and end logits (batch x sequence), and the verdict: a logit of "answerable"."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.bert = Bert(shape)
        self.qa_outputs = nn.Linear(shape.width, 2)
        self.verdict = nn.Linear(shape.width, 1)
        nn.init.zeros_(self.verdict.weight)
        nn.init.zeros_(self.verdict.bias)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        hidden = self.bert(input_ids, attention_mask, token_type_ids)
        start, end = self.qa_outputs(hidden).unbind(-1)
        return start, end, self.verdict(hidden[:, 0]).squeeze(-1)


class Checker(nn.Module):
    """Logits (batch x 3) of what evidence says to a claim, in the order of claims.LABELS."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.bert = Bert(shape)
        self.dropout = nn.Dropout(shape.dropout)
        self.support = nn.Linear(shape.width, 3)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        hidden = self.bert(input_ids, attention_mask, token_type_ids)
        result: Tensor = self.support(self.dropout(hidden[:, 0]))
        return result


def shape_of(weights: Mapping[str, Tensor]) -> Shape:
    """The sizes of the encoder that ``weights`` are of: its layers are counted, the rest is that of
    every encoder here."""
    named = {name.split("encoder.layer.")[1].split(".")[0] for name in weights if "layer." in name}
    return Shape(layers=len(named))


def load_checker(path: Path, shape: Shape | None = None) -> Checker:
    """A checker from its checkpoint, or with a fresh head on the encoder of a reader."""
    weights = {
        name: value
        for name, value in load_file(path).items()
        if not name.startswith(("verdict.", "qa_outputs."))
    }
    model = Checker(shape or shape_of(weights))
    missing, unexpected = model.load_state_dict(weights, strict=False)
    if unexpected or any(not name.startswith("support.") for name in missing):
        raise ValueError(f"{path} is no checker: missing {missing}, unexpected {unexpected}")
    return model


def load_reader(path: Path, shape: Shape | None = None) -> Reader:
    """A reader from a checkpoint of a reader, or of the bare encoder with fresh heads."""
    weights = load_file(path)
    model = Reader(shape or shape_of(weights))
    if not any(name.startswith("bert.") for name in weights):
        weights = {
            f"bert.{name}": value
            for name, value in weights.items()
            if not name.startswith("pooler.") and not name.endswith("position_ids")
        }
    missing, unexpected = model.load_state_dict(weights, strict=False)
    heads = ("verdict.", "qa_outputs.")
    if unexpected or any(not name.startswith(heads) for name in missing):
        raise ValueError(f"{path} is not a reader: missing {missing}, unexpected {unexpected}")
    return model


def save_model(model: nn.Module, path: Path) -> None:
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, path)
