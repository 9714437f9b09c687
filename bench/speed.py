"""How fast Footnote is, cold, warm and with more to search, and how much memory it holds.

    python -m bench.speed

On the article in seeds/ with the questions in tests/data/. Stop whatever else is busy first; the
speed of a matrix product in the same run says how free the machine was.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np

from bench.machine import gflops
from bench.process import environment, footnote, import_times, python, run, seconds
from bench.questions import article_questions, write_made_up
from bench.report import Cell, Report, Table, publish
from bench.stock import COMPARABLE, StockIndex, Text
from bench.warm import quantiles, time_questions, time_retrieval
from index import Engine, open_engine
from index.ingest.load import load_document
from index.ingest.sources import SourceFile
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from tests.data.cases import ARTICLE

COLD_QUESTION = "Who will Witkoff meet?"
RUNS = 5
BUILDS = 3
SCALE_PARAGRAPHS = 1000
SCALE_QUESTIONS = 50
SLOWEST_PACKAGES = 8


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    publish(measure(), args.json)
    return 0


def measure() -> Report:
    """All of it; two or three minutes on a free machine."""
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as name:
        folder = Path(name)
        before = gflops()
        engine = open_engine(Settings(index_dir=folder / "index"))
        stock = _stock()
        stock.index.storage_context.persist(str(folder / "stock"))
        questions = article_questions()
        tables = [
            time_questions(engine, questions),
            time_retrieval(engine, stock, questions),
            _building(engine, folder),
        ]
        reader = engine.reader_name
        engine.close()
        tables += [*_cold(folder), _memory(folder), _scale(folder / "scale")]
    return Report(
        "bench.speed",
        tuple(tables),
        {
            "reader": reader,
            "matrix product before, GFLOP/s": round(before),
            "matrix product after, GFLOP/s": round(gflops()),
        },
    )


def _stock() -> StockIndex:
    document = load_document(SourceFile(ARTICLE.name, ARTICLE))
    text = Text(document.id, document.title, document.text)
    return StockIndex([text], MiniLmEmbedder(WordPiece()), COMPARABLE)


def _building(engine: Engine, folder: Path) -> Table:
    _say("Building the index of the article")
    env = environment(folder / "fresh")
    process = [seconds(footnote("index", "--force"), env) for _ in range(BUILDS)]
    inside = [_timed(lambda: engine.rebuild(force=True)) for _ in range(BUILDS)]
    peer = [_timed(_stock) for _ in range(BUILDS)]
    return Table(
        f"Index of the article (median of {BUILDS})",
        ("what", "seconds", "slowest"),
        (
            ("footnote index --force, the whole process", *_middle(process)),
            ("Engine.rebuild(force=True)", *_middle(inside)),
            ("LlamaIndex, VectorStoreIndex.from_documents in memory", *_middle(peer)),
        ),
        ("The peer's figure holds the loading of the embedder; ours has it loaded.",),
    )


def _cold(folder: Path) -> tuple[Table, ...]:
    """Starts by turns, so that noise meets all alike."""
    _say("Starting cold")
    env = environment(folder / "index")
    ask = ("ask", "--json", COLD_QUESTION)
    commands = {
        "python -c pass": python("-c", "pass"),
        "footnote ask, the answer shown": footnote(*ask),
        "LlamaIndex, stored index, retrieval alone": python(
            "-m", "bench.stock_cold", str(folder / "stock"), COLD_QUESTION
        ),
    }
    spent: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(RUNS):
        for name, command in commands.items():
            spent[name].append(seconds(command, env))
    asking = json.loads(run(footnote(*ask), env).stdout)["timings_ms"]["total"] / 1000
    imports = import_times(ask, env)
    building = import_times(("index", "--force"), env)
    rows: list[tuple[Cell, ...]] = [(name, *_middle(times)) for name, times in spent.items()]
    rows.append(("of footnote ask: imports", imports.total() / 1000, None))
    rows.append(("of footnote ask: the first question", asking, None))
    rows.append(("of footnote index: imports", building.total() / 1000, None))
    return (
        Table(f"Cold start (median of {RUNS} processes)", ("what", "seconds", "slowest"), (*rows,)),
        _imports("ask", imports),
        _imports("index", building),
    )


def _imports(command: str, spent: Counter[str]) -> Table:
    return Table(
        f"Imports of footnote {command}",
        ("package", "ms by itself"),
        tuple(spent.most_common(SLOWEST_PACKAGES)),
        ("By -X importtime, which makes imports somewhat slower.",),
    )


def _memory(folder: Path) -> Table:
    _say("Weighing memory")
    ready = _megabytes(python("-m", "bench.resident"), folder / "index")
    building = _megabytes(python("-m", "bench.resident", "0"), folder / "built-here")
    peer = _megabytes(
        python("-m", "bench.stock_cold", str(folder / "stock"), COLD_QUESTION), folder / "index"
    )
    stages = tuple(ready)
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Footnote, index ready", *ready.values()),
        ("Footnote, index built in the process", *(building.get(stage) for stage in stages)),
        ("LlamaIndex, after one retrieval", *(peer.get(stage) for stage in stages)),
    )
    return Table("Resident memory, MB", ("process", *stages), rows)


def _megabytes(command: list[str], index_dir: Path) -> dict[str, float]:
    found: dict[str, float] = json.loads(run(command, environment(index_dir)).stdout)
    return found


def _scale(folder: Path) -> Table:
    """Building and asking with about a thousand passages."""
    _say("Building a larger index")
    sources = folder / "sources"
    write_made_up(sources, SCALE_PARAGRAPHS, WordPiece().count_pieces)
    settings = Settings(sources=(sources,), index_dir=folder / "index")
    start = time.perf_counter()
    engine = open_engine(settings)
    built = time.perf_counter() - start
    passages = engine.passage_count
    totals = [
        float(engine.ask(question).timings_ms["total"])
        for question in article_questions()[: SCALE_QUESTIONS + 1]
    ][1:]  # the first prepares the spelling
    engine.close()
    median, slow = quantiles(totals)
    return Table(
        f"{passages:,} passages",
        ("what", "figure"),
        (
            ("open and build, s", built),
            ("passages a second", passages / built),
            ("warm question, median ms", median),
            ("warm question, 95th percentile ms", slow),
        ),
        ("Made-up paragraphs from sentences of the article and the test texts.",),
    )


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _middle(times: list[float]) -> tuple[float, float]:
    return float(np.median(times)), max(times)


if __name__ == "__main__":
    sys.exit(main())
