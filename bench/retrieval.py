"""How often retrieval brings up the answer, beside LlamaIndex's own way.

    python -m bench.retrieval --data squad2-dev.json.gz

All paragraphs of a split's articles are in one index, and their answerable questions are asked.
A hit is a retrieved piece that wholly holds an accepted answer, at the place it was marked.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bench.corpus import data_parser, open_corpus, progress
from bench.report import Cell, Report, Table, publish
from bench.squad import SPLITS, Article, SquadQuestion, load_articles, sample, unambiguous
from bench.stats import mean
from bench.stock import COMPARABLE, DEFAULT, Piece, StockIndex, Text
from index import Engine
from index.models.embedder import Embedder, MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.types import Hit, Span
from training.metrics import Floats

RANKS = (1, 5, 10)
#: Characters of results that are looked at: about two of our passages, and eight.
BUDGETS = (1000, 4000)
#: The most that the settings allow; enough to hold the ten best of either retriever alone.
DEPTH = 50
HYBRID = "Footnote, hybrid"
_RECALL_NOTES = (
    "A hit is a piece that wholly holds an accepted answer where it was marked. `in n chars`: the "
    "answer ends within the first n characters of the results, which weighs systems with long "
    "and short pieces alike.",
    "The peer is VectorStoreIndex over SentenceSplitter's chunks with the same embedder and the "
    "title as metadata: 1024 tokens with 200 of overlap are its defaults. The embedder reads 256 "
    "word pieces and no more, so that most of a default chunk is not seen by it.",
)


@dataclass(frozen=True, slots=True)
class Found:
    """What one system did with one question."""

    #: Of the first hit, from 1; infinite if there is none among the ten best.
    rank: float
    #: Characters of results up to the end of the answer; infinite if there is none.
    chars: float


@dataclass(frozen=True, slots=True)
class Pieces:
    """What a system has indexed."""

    count: int
    mean_chars: float


def main() -> int:
    args = data_parser(__doc__).parse_args()
    publish(run(args), args.json)
    return 0


def run(args: argparse.Namespace) -> Report:
    """Measures by the options of :func:`bench.corpus.data_parser`."""
    articles = load_articles(args.data, SPLITS[args.split])
    clear = [question for question in unambiguous(articles) if question.answerable]
    questions = sample(clear, args.limit, args.seed)
    embedder = MiniLmEmbedder(WordPiece())
    peers = _peers(articles, embedder)
    with open_corpus(articles, top_k=DEPTH) as engine:
        found = ask_all(engine, peers, questions)
        ours = _our_pieces(engine)
    sizes = dict.fromkeys(found, ours) | {n: _stock_pieces(p) for n, p in peers.items()}
    clusters = [question.cluster for question in questions]
    asked = sum(q.answerable for article in articles for q in article.questions)
    return Report(
        "bench.retrieval",
        (_recall(found, sizes, clusters), _differences(found, clusters)),
        {
            "articles": f"{args.split} ({len(articles)})",
            "questions": f"{len(questions)} of {asked} answerable ones; gold unambiguous",
            "embedder": embedder.name,
            "intervals": f"95%, bootstrap over {len(set(clusters))} paragraphs",
            "seed": args.seed,
        },
    )


def ask_all(
    engine: Engine, peers: Mapping[str, StockIndex], questions: Sequence[SquadQuestion]
) -> dict[str, list[Found]]:
    """What each system found for each question."""
    found: dict[str, list[Found]] = {}
    for question in progress(questions, "Retrieving"):
        lookup = engine.look_up(question.question)
        rankings = _rankings(lookup.hits if lookup else ())
        for name, peer in peers.items():
            rankings[name] = peer.ranked(question.question, max(RANKS))
        for name, pieces in rankings.items():
            found.setdefault(name, []).append(judge(question, pieces))
    return found


def judge(question: SquadQuestion, pieces: Sequence[Piece]) -> Found:
    """Where in ``pieces``, best first, the answer is."""
    before = 0
    for rank, (document_id, span) in enumerate(pieces[: max(RANKS)], 1):
        inside = [g for g in question.spans if span.start <= g.start and g.end <= span.end]
        if inside and document_id == question.document_id:
            return Found(rank, before + min(gold.end for gold in inside) - span.start)
        before += span.end - span.start
    return Found(np.inf, np.inf)


def _rankings(hits: Sequence[Hit]) -> dict[str, list[Piece]]:
    """The ranking of either retriever alone, and that of both together."""

    def by(rank: Callable[[Hit], int | None]) -> list[Piece]:
        rows = [(place, _piece(hit)) for hit in hits if (place := rank(hit)) is not None]
        return [piece for _, piece in sorted(rows)]

    return {
        "Footnote, dense": by(lambda hit: hit.dense_rank),
        "Footnote, lexical": by(lambda hit: hit.lexical_rank),
        HYBRID: [_piece(hit) for hit in hits],
    }


def _piece(hit: Hit) -> Piece:
    return Piece(hit.passage.document_id, Span(hit.passage.start, hit.passage.end))


def _peers(articles: Sequence[Article], embedder: Embedder) -> dict[str, StockIndex]:
    texts = [Text(a.file_name, a.title, a.text) for a in articles]
    return {c.name: StockIndex(texts, embedder, c) for c in (DEFAULT, COMPARABLE)}


def _our_pieces(engine: Engine) -> Pieces:
    lookup = engine.look_up("Which passages are there?")
    assert lookup is not None  # not small talk
    return _measure([len(passage.text) for passage in lookup.build.passages])


def _stock_pieces(peer: StockIndex) -> Pieces:
    return _measure([piece.span.end - piece.span.start for piece in peer.pieces])


def _measure(chars: Sequence[int]) -> Pieces:
    return Pieces(len(chars), float(np.mean(chars)))


def _recall(
    found: Mapping[str, Sequence[Found]], sizes: Mapping[str, Pieces], clusters: Sequence[str]
) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for name, results in found.items():
        hits = [mean(values, clusters) for values in _measures(results).values()]
        rows.append((name, sizes[name].count, round(sizes[name].mean_chars), *hits))
    columns = ("system", "pieces", "mean chars", *_measures([]))
    return Table("Recall", columns, tuple(rows), _RECALL_NOTES)


def _differences(found: Mapping[str, Sequence[Found]], clusters: Sequence[str]) -> Table:
    """How far the hybrid is ahead, question by question."""
    hybrid = _measures(found[HYBRID])
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            f"hybrid - {name}",
            *(mean(hybrid[key] - theirs, clusters) for key, theirs in _measures(results).items()),
        )
        for name, results in found.items()
        if name != HYBRID
    )
    return Table("Differences, paired", ("", *_measures([])), rows)


def _measures(results: Sequence[Found]) -> dict[str, Floats]:
    """Each measure by its name, as one 0 or 1 a question."""
    ranks = np.array([result.rank for result in results])
    chars = np.array([result.chars for result in results])
    by_rank = {f"recall@{k}": (ranks <= k).astype(np.float64) for k in RANKS}
    return by_rank | {f"in {n:,} chars": (chars <= n).astype(np.float64) for n in BUDGETS}


if __name__ == "__main__":
    sys.exit(main())
