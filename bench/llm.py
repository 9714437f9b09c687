"""Written answers beside LlamaIndex's CitationQueryEngine: same passages, same local model.

    python -m bench.llm                       # a few minutes on two cores

The model is SmolLM2-135M-Instruct on llama.cpp, as it is and under a grammar that makes it end
each sentence with the number of some passage. Borne out is a shown sentence whose own citations
the judge of this project finds to support it: the same judge for both, so what is compared is
whether what is shown was checked at all. Invented is a marker that names no passage shown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode
from llama_index.llms.openai_like import OpenAILike

from bench.report import Report, Table, publish
from index import Engine, open_engine
from index.answer.answerer import Lookup
from index.answer.claims import Claim, is_abstention, parse_claims
from index.answer.prove import ProvenClaim, Prover
from index.answer.support import Support
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from index.types import Status
from tests.data.cases import ARTICLE, article_cases
from tests.fakes.llm import local_server

#: Passages shown, which the small model takes seconds to read, and tokens written.
TOP_K = 3
MAX_TOKENS = 120
QUESTIONS = 12


@dataclass(slots=True)
class Tally:
    """What one engine showed."""

    shown: int = 0
    borne_out: int = 0
    markers: int = 0
    invented: int = 0
    answered: int = 0
    seconds: list[float] = field(default_factory=list)

    def count(self, claims: Sequence[Claim], lookup: Lookup, prover: Prover) -> None:
        """Counts shown sentences, whose markers name ``lookup.hits``."""
        for claim in claims:
            self.shown += 1
            self.markers += len(claim.markers)
            self.invented += sum(not 1 <= n <= len(lookup.hits) for n in claim.markers)
            proof = prover.prove(claim, lookup.hits, lookup.build)
            self.borne_out += isinstance(proof, ProvenClaim)

    def row(self, name: str, asked: int) -> tuple[str | int | float | None, ...]:
        """A row of the table."""
        return (
            name,
            self.answered / asked,
            self.shown,
            self.borne_out / self.shown if self.shown else None,
            self.invented / self.markers if self.markers else None,
            sorted(self.seconds)[len(self.seconds) // 2],
        )


class SamePassages(BaseRetriever):
    """Gives LlamaIndex the passages that our retrieval found."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self._engine = engine

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        lookup = self._engine.look_up(query_bundle.query_str)
        hits = lookup.hits if lookup is not None else ()
        return [
            NodeWithScore(node=TextNode(id_=hit.passage.id, text=hit.passage.text), score=hit.score)
            for hit in hits
        ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="of the article's, dev")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    cases = [case for case in article_cases() if case.answerable and case.split == "dev"]
    questions = [case.question for case in cases[: args.questions]]
    tables = tuple(_compare(questions, citing=citing) for citing in (False, True))
    publish(Report("bench.llm", tables, {"questions": len(questions)}), args.json)
    return 0


def _compare(questions: Sequence[str], *, citing: bool) -> Table:
    """Both engines over the same questions and one model."""
    tokenizer = WordPiece()
    prover = Prover(Support.open(tokenizer), MiniLmEmbedder(tokenizer))
    theirs, ours = Tally(), Tally()
    with (
        tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder,
        local_server.running(citing=citing) as base_url,
    ):
        engine = open_engine(
            Settings(
                sources=(ARTICLE,),
                index_dir=Path(folder) / "index",
                llm="openai-like:smollm2",
                llm_base_url=base_url,
                llm_timeout_s=600,
                llm_max_tokens=MAX_TOKENS,
                top_k=TOP_K,
            )
        )
        stock = _stock(engine, base_url)
        for question in questions:
            lookup = engine.look_up(question)
            assert lookup is not None
            started = time.perf_counter()
            said = str(stock.query(lookup.resolved))
            theirs.seconds.append(time.perf_counter() - started)
            claims = [c for c in parse_claims(said) if not is_abstention(c.text)]
            theirs.answered += bool(claims)
            theirs.count(claims, lookup, prover)

            started = time.perf_counter()
            answer = engine.ask(question)
            ours.seconds.append(time.perf_counter() - started)
            if answer.status is Status.ANSWERED:
                # By construction: the same judge has let each of them pass.
                shown = list(parse_claims(answer.text))
                ours.answered += 1
                ours.shown += len(shown)
                ours.borne_out += len(shown)
                ours.markers += sum(len(claim.markers) for claim in shown)
        engine.close()
    return Table(
        "The model made to cite" if citing else "The model as it is",
        ("engine", "answered", "sentences shown", "borne out", "invented markers", "seconds"),
        (theirs.row("CitationQueryEngine", len(questions)), ours.row("Footnote", len(questions))),
        (
            "Where nothing that the model writes holds, Footnote shows the reader's evidence, "
            "marked as such; that is not counted here as answered.",
        ),
    )


def _stock(engine: Engine, base_url: str) -> CitationQueryEngine:
    llm = OpenAILike(
        model="smollm2",
        api_base=base_url,
        api_key="none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=MAX_TOKENS,
        timeout=600,
        context_window=local_server.WINDOW,
    )
    return CitationQueryEngine.from_args(
        index=None,  # type: ignore[arg-type]  # not read where a retriever is given
        llm=llm,
        retriever=SamePassages(engine),
    )


if __name__ == "__main__":
    sys.exit(main())
