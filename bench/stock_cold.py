"""The peer's program, cold: opens a stored LlamaIndex index of the article and retrieves.

    python -m bench.stock_cold FOLDER QUESTION

It does what its starter tutorial does with a stored index, less than ``footnote ask``: it
retrieves and does not answer. Prints its resident memory in megabytes as JSON.
"""

from __future__ import annotations

import json
import sys

import psutil
from llama_index.core import StorageContext, load_index_from_storage

from index.models.embedder import MiniLmEmbedder
from index.models.llama_embedding import FootnoteEmbedding
from index.models.tokenizer import WordPiece


def main() -> int:
    folder, question = sys.argv[1:]
    index = load_index_from_storage(
        StorageContext.from_defaults(persist_dir=folder),
        embed_model=FootnoteEmbedding(MiniLmEmbedder(WordPiece())),
    )
    found = index.as_retriever(similarity_top_k=8).retrieve(question)
    assert found
    print(json.dumps({"loaded": round(psutil.Process().memory_info().rss / 1e6, 1)}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
