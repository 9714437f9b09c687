"""What it is worth to understand a question in its conversation.

    python -m bench.followups --data mtrag-human.jsonl.gz --corpus mtrag-human.corpus.jsonl.gz

The last question of each conversation is looked up and answered in three ways: alone; with all
questions before it joined to it; and as Footnote does it, after the questions before it were
asked, too. Rules are made on the developing half of the conversations, figures are those of the
other half.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.corpus import progress
from bench.mtrag import HALVES, Exchange, Leans, load_exchanges, write_corpus
from bench.report import Cell, Report, Table, publish
from bench.stats import mean
from index import Engine, open_engine
from index.settings import Settings
from index.types import Answer, Hit, Status, Turn
from training.metrics import Floats, f1

ALONE, JOINED, OURS = "the question alone", "all questions joined", "Footnote"
WAYS = (ALONE, JOINED, OURS)
RANKS = (1, 5)
CITED, WORDS = "right passage cited", "F1 of words"
#: A joined question may be as long as a conversation.
MOST_CHARS = 10_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a question asked in one way."""

    #: Of the first right passage, from 1; infinite if it is not among the hits.
    rank: float
    cited: bool
    f1: float
    refused: bool
    resolved: str
    #: Milliseconds that the conversation added.
    added_ms: float


@dataclass(frozen=True, slots=True)
class Row:
    """A question, asked in every way."""

    exchange: Exchange
    outcomes: Mapping[str, Outcome]


def main() -> int:
    args = _parser().parse_args()
    publish(run(args), args.json)
    return 0


def run(args: argparse.Namespace) -> Report:
    """Measures by the options of :func:`main`."""
    exchanges = load_exchanges(args.data, args.half)
    with _open_corpus(args.corpus) as (engine, passages):
        asking = Asking(engine, passages)
        rows = [asking.ask(exchange) for exchange in progress(exchanges, "Asking")]
        reader = engine.reader_name
    if args.show:
        _show(rows)
    answerable = [row for row in rows if row.exchange.answerable]
    return Report(
        "bench.followups",
        (_quality(answerable), _differences(answerable), _refusals(rows), _times(rows)),
        {
            "half": args.half,
            "questions": f"{len(rows)} with a history, {len(answerable)} of them answerable",
            "passages": f"{len(passages)} documents in one index",
            "reader": reader,
            "intervals": f"95%, bootstrap over {len({r.exchange.conversation for r in rows})} "
            "conversations",
        },
    )


class Asking:
    """Asks questions of an engine in every way."""

    def __init__(self, engine: Engine, passages: Mapping[str, frozenset[str]]) -> None:
        self._engine = engine
        self._passages = passages
        self._threshold = engine.threshold
        engine.threshold = 0.0  # shows what would be answered; its confidence says the rest
        self._turns: dict[tuple[str, ...], tuple[Turn, ...]] = {(): ()}

    def ask(self, exchange: Exchange) -> Row:
        history = self._history(exchange.before)
        asked = {
            ALONE: self._outcome(exchange, exchange.question, ()),
            JOINED: self._outcome(exchange, exchange.joined, ()),
            OURS: self._outcome(exchange, exchange.question, history),
        }
        return Row(exchange, asked)

    def _history(self, questions: tuple[str, ...]) -> tuple[Turn, ...]:
        """The turns that asking ``questions`` makes, each with those before it."""
        if questions not in self._turns:
            before = self._history(questions[:-1])
            answer = self._engine.ask(questions[-1], before)
            self._turns[questions] = (*before, self._turn(answer))
        return self._turns[questions]

    def _turn(self, answer: Answer) -> Turn:
        """The turn as the shipped threshold makes it."""
        if answer.confidence >= self._threshold:
            return answer.turn
        return Turn(answer.question, answer.resolved_question, None, ())

    def _outcome(self, exchange: Exchange, question: str, history: Sequence[Turn]) -> Outcome:
        answer = self._engine.ask(question, history)
        lookup = self._engine.look_up(question, history)
        hits = lookup.hits if lookup else ()
        cited = [self._passages[c.document_id] for c in answer.citations]
        return Outcome(
            rank=self._rank(exchange, hits),
            cited=bool(cited) and bool(cited[0] & exchange.passages),
            f1=f1(" ".join(c.quote for c in answer.citations), exchange.answers),
            refused=answer.status is not Status.ANSWERED or answer.confidence < self._threshold,
            resolved=answer.resolved_question,
            added_ms=answer.timings_ms.get("resolve", 0.0),
        )

    def _rank(self, exchange: Exchange, hits: Sequence[Hit]) -> float:
        """The rank of the first right passage among the passages of the corpus, of which a long
        one is several of ours."""
        found = dict.fromkeys(self._passages[hit.passage.document_id] for hit in hits)
        ranks = [rank for rank, name in enumerate(found, 1) if name & exchange.passages]
        return float(min(ranks, default=np.inf))


@contextmanager
def _open_corpus(path: Path) -> Iterator[tuple[Engine, dict[str, frozenset[str]]]]:
    """An engine over the corpus, and the passages' ids by document."""
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        sources = Path(folder) / "sources"
        passages = write_corpus(path, sources)
        settings = Settings(sources=(sources,), index_dir=Path(folder) / "index")
        engine = open_engine(settings.model_copy(update={"max_question_chars": MOST_CHARS}))
        try:
            yield engine, passages
        finally:
            engine.close()


def _measures(rows: Sequence[Row], way: str) -> dict[str, Floats]:
    """Each measure by its name, one value a question."""
    outcomes = [row.outcomes[way] for row in rows]
    ranks = np.array([outcome.rank for outcome in outcomes])
    measures = {f"recall@{k}": (ranks <= k).astype(np.float64) for k in RANKS}
    measures[CITED] = np.array([outcome.cited for outcome in outcomes], np.float64)
    measures[WORDS] = np.array([outcome.f1 for outcome in outcomes], np.float64)
    return measures


def _groups(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    yield "all", list(rows)
    for kind in Leans:
        chosen = [row for row in rows if row.exchange.leans is kind]
        if chosen:
            yield kind.value, chosen


def _quality(rows: Sequence[Row]) -> Table:
    table: list[tuple[Cell, ...]] = []
    for group, chosen in _groups(rows):
        clusters = [row.exchange.conversation for row in chosen]
        for way in WAYS:
            values = [mean(v, clusters) for v in _measures(chosen, way).values()]
            table.append((group, way, len(chosen), *values))
    notes = (
        "recall@k: one of the passages that people answered from is among the first k. Right "
        "passage cited: the first quote stands in one of them. F1 of words: the quotes beside "
        "the rated answer that they share most with; those answers are long, the quotes are a "
        "sentence or two. Nothing is refused here.",
        "Kinds are told by the words of the question alone (bench/mtrag.py).",
    )
    return Table("Answerable questions", ("kind", "asked", "n", *_names()), tuple(table), notes)


def _differences(rows: Sequence[Row]) -> Table:
    table: list[tuple[Cell, ...]] = []
    for group, chosen in _groups(rows):
        clusters = [row.exchange.conversation for row in chosen]
        ours = _measures(chosen, OURS)
        for way in (ALONE, JOINED):
            theirs = _measures(chosen, way)
            values = [mean(ours[name] - theirs[name], clusters) for name in theirs]
            table.append((group, f"{OURS} - {way}", len(chosen), *values))
    return Table("Differences, paired", ("kind", "", "n", *_names()), tuple(table))


def _names() -> tuple[str, ...]:
    return (*(f"recall@{k}" for k in RANKS), CITED, WORDS)


def _refusals(rows: Sequence[Row]) -> Table:
    """At the shipped threshold."""
    table: list[tuple[Cell, ...]] = []
    can = [row for row in rows if row.exchange.answerable]
    cannot = [row for row in rows if not row.exchange.answerable]
    for way in WAYS:
        shown = [not row.outcomes[way].refused for row in can]
        right = [s and row.outcomes[way].cited for s, row in zip(shown, can, strict=True)]
        refused = sum(row.outcomes[way].refused for row in cannot)
        clusters = [row.exchange.conversation for row in can]
        table.append(
            (way, mean(shown, clusters), mean(right, clusters), f"{refused} of {len(cannot)}")
        )
    columns = ("asked", "answered", "answered from a right passage", "unanswerable ones refused")
    return Table("At the shipped threshold", columns, tuple(table))


def _times(rows: Sequence[Row]) -> Table:
    """What understanding a question in its conversation adds, retrieval in context included."""
    ours, alone = (np.array([r.outcomes[way].added_ms for r in rows]) for way in (OURS, ALONE))
    changed = Counter(r.outcomes[OURS].resolved != r.exchange.question for r in rows)[True]
    table: tuple[tuple[Cell, ...], ...] = (
        ("median", float(np.median(ours)), float(np.median(alone))),
        ("95th percentile", float(np.percentile(ours, 95)), float(np.percentile(alone, 95))),
        ("most", float(ours.max()), float(alone.max())),
    )
    notes = (f"{changed} of {len(rows)} questions were read in other words than they were asked.",)
    return Table("Milliseconds to resolve", ("", OURS, ALONE), table, notes)


def _show(rows: Sequence[Row]) -> None:
    for row in rows:
        marks = " ".join(
            f"{row.outcomes[w].rank:>4.0f}{'c' if row.outcomes[w].cited else ' '}" for w in WAYS
        )
        print(f"{marks}  {row.exchange.leans.value[:8]:8}  {row.exchange.question}", end="")
        resolved = row.outcomes[OURS].resolved
        print(f"  =>  {resolved}" if resolved != row.exchange.question else "")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="mtrag-human.jsonl.gz")
    parser.add_argument("--corpus", type=Path, required=True, help="mtrag-human.corpus.jsonl.gz")
    parser.add_argument(
        "--half",
        choices=HALVES,
        default="reporting",
        help="which conversations (default: reporting; the others are for making rules)",
    )
    parser.add_argument("--show", action="store_true", help="print every question and its ranks")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser


if __name__ == "__main__":
    sys.exit(main())
