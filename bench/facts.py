"""What the fact sheets are worth, what they cost, and how fast they are looked up.

    python -m bench.facts

Precision is that of a hand-checked sample, in bench/data/fact_judgements.jsonl: one line an entry,
with its kind, its text, its details and the verdict. An entry is right if its quote bears it out
with every detail. "texts" are all entries of the texts in tests/data/texts and in
bench/data/fact_texts as they are now; the rules were made with these in view. "held-out" are all
entries of 55 passages of Wikipedia in Natural Questions (QED; Lamm et al. 2021), and "first sight"
those of other texts at an earlier time: paragraphs of SQuAD 2.0, more such passages, and the texts
in fact_texts before any rule was changed on their account. The passages are not ours to ship.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from bench.questions import write_made_up
from bench.report import Cell, Report, Table, publish
from bench.warm import quantiles
from index import Engine, Progress, open_engine
from index.facts.sheet import Material, make_sheet
from index.facts.types import FactSheet, Topic
from index.ingest.blocks import split_blocks
from index.ingest.load import load_document
from index.ingest.passages import embedding_text, pack_passages
from index.ingest.sources import SourceFile
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.settings import Settings
from index.store.lexical import words
from index.types import BlockKind, Document, Span
from tests.data.cases import ARTICLE, TEXTS

DATA = Path(__file__).parent / "data"
JUDGEMENTS, ABSTRACTS = DATA / "fact_judgements.jsonl", DATA / "abstracts.json"
#: Texts of twenty more kinds, written for this; facts invented.
FACT_TEXTS = DATA / "fact_texts"
SAMPLES = ("texts", "held-out", "first sight")
#: Sentences of a summary that is compared with the first sentences of the text.
COMPARED = 3
SCALES = (250, 500, 1000)
BUILDS = 3
_Key = tuple[str, str, int, str]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    publish(measure(), args.json)
    return 0


def measure() -> Report:
    """All of it; about two minutes on two free cores."""
    maker = Maker()
    texts = (*sorted(TEXTS.iterdir()), *sorted(FACT_TEXTS.iterdir()))
    made = {path.name: maker.make(path) for path in (ARTICLE, *texts)}
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        cost, lookup = _cost(Path(folder), maker)
    return Report("bench.facts", (_precision(made), _summaries(made), cost, lookup))


@dataclass(frozen=True, slots=True)
class Made:
    """A document with its sheet and its plain sentences."""

    document: Document
    sheet: FactSheet
    sentences: tuple[Span, ...]


class Maker:
    """Makes sheets outside an index."""

    def __init__(self) -> None:
        self.tokenizer = WordPiece()
        self.embedder = MiniLmEmbedder(self.tokenizer)

    def material(self, path: Path) -> Material:
        document = load_document(SourceFile(path.name, path))
        blocks = split_blocks(document)
        passages = pack_passages(document, blocks, self.tokenizer.count_pieces)
        texts = [embedding_text(passage, document.title) for passage in passages]
        return Material(document, blocks, passages, self.embedder.embed(texts))

    def make(self, path: Path) -> Made:
        material = self.material(path)
        plain = tuple(
            span
            for block in material.blocks
            if block.kind is BlockKind.PARAGRAPH
            for span in block.sentences
        )
        return Made(material.document, make_sheet(material, self.embedder.embed), plain)


def _precision(made: dict[str, Made]) -> Table:
    rows = [json.loads(line) for line in JUDGEMENTS.read_text("utf-8").splitlines()]
    table: list[tuple[Cell, ...]] = []
    for sample in SAMPLES:
        mine = [row for row in rows if row["sample"] == sample]
        kinds = [row["kind"] for row in mine]
        for kind in (*dict.fromkeys(kinds), "all"):
            verdicts = [r["verdict"] == "right" for r in mine if kind in (r["kind"], "all")]
            precision = sum(verdicts) / len(verdicts)
            table.append((sample, kind, len(verdicts), sum(verdicts), f"{precision:.1%}"))
    judged = Counter(_key(row) for row in rows if row["sample"] == "texts")
    now = Counter(_entries(made))
    unjudged, gone = sum((now - judged).values()), sum((judged - now).values())
    return Table(
        "Precision of entries, judged by hand",
        ("sample", "kind", "entries", "right", "precision"),
        tuple(table),
        (f"Of the texts' sheets as they are now, {unjudged} entries are not judged; {gone} "
         "judged ones are gone.",),
    )  # fmt: skip


def _key(row: dict[str, str | int]) -> _Key:
    return str(row["document"]), str(row["kind"]), int(row["start"]), json.dumps(row["details"])


def _entries(made: dict[str, Made]) -> Iterator[_Key]:
    for name, item in made.items():
        if name == ARTICLE.name:
            continue  # it has a list of its own in tests/index/facts
        for fact in item.sheet.facts:
            details = [[d.kind.value, d.excerpt.text] for d in fact.details]
            yield name, fact.kind.value, fact.name.start, json.dumps(details)


def _summaries(made: dict[str, Made]) -> Table:
    abstracts: dict[str, str] = json.loads(ABSTRACTS.read_text("utf-8"))
    rows: list[tuple[Cell, ...]] = []
    sums = np.zeros(4)
    for name, abstract in abstracts.items():
        item = made[name]
        ours = _cut(item.document, sorted(item.sheet.summary[:COMPARED]))
        lead = _cut(item.document, item.sentences[:COMPARED])
        scores = [rouge(text, abstract, n) for n in (1, 2) for text in (ours, lead)]
        sums += scores
        rows.append((name, *(round(score, 3) for score in scores)))
    rows.append(("mean", *(round(float(x), 3) for x in sums / len(abstracts))))
    return Table(
        f"Summaries of {COMPARED} sentences and the first {COMPARED} sentences, by ROUGE F1",
        ("text", "ROUGE-1", "ROUGE-1 lead", "ROUGE-2", "ROUGE-2 lead"),
        tuple(rows),
        ("Against one abstract a text, written for this by hand.",),
    )


def _cut(document: Document, spans: Sequence[Span]) -> str:
    return " ".join(document.text[start:end] for start, end in spans)


def rouge(text: str, reference: str, n: int) -> float:
    """F1 of the ``n``-grams of folded words that both have (Lin 2004)."""
    mine, wanted = _grams(words(text), n), _grams(words(reference), n)
    shared = sum((mine & wanted).values())
    total = sum(mine.values()) + sum(wanted.values())
    return 2 * shared / total if total else 0.0


def _grams(tokens: Sequence[str], n: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(tokens[i:] for i in range(n)), strict=False))


def _cost(folder: Path, maker: Maker) -> tuple[Table, Table]:
    """What sheets add to a build, and how fast they are looked up at the largest scale."""
    rows: list[tuple[Cell, ...]] = []
    lookup: Table | None = None
    for scale in SCALES:
        sources = folder / f"sources-{scale}"
        write_made_up(sources, scale, maker.tokenizer.count_pieces)
        peak = max(_peak_mib(maker, path) for path in sorted(sources.iterdir()))
        for number in range(BUILDS if scale == SCALES[-1] else 1):
            settings = Settings(sources=(sources,), index_dir=folder / f"index-{scale}-{number}")
            clock = _Clock()
            engine = open_engine(settings, progress=clock)
            passages, total, sheets = engine.passage_count, clock.total_s, clock.sheets_s
            rows.append(
                (passages, round(total - sheets, 2), round(sheets, 2),
                 f"{sheets / (total - sheets):.0%}", round(peak, 1))
            )  # fmt: skip
            if scale == SCALES[-1] and lookup is None:
                lookup = _lookups(engine)
            engine.close()
    assert lookup is not None
    table = Table(
        "What sheets add to a build",
        ("passages", "build without, s", "sheets, s", "added", "peak of a sheet, MiB"),
        tuple(rows),
        ("Peak: of Python objects and arrays while one sheet is made; documents have about a "
         "hundred passages.",),
    )  # fmt: skip
    return table, lookup


class _Clock:
    """Hears a build's progress, and tells how long the sheets took."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._stage_at: dict[str, float] = {}
        self._last = self._started

    def __call__(self, progress: Progress) -> None:
        self._last = time.perf_counter()
        self._stage_at.setdefault(progress.stage, self._last)

    @property
    def total_s(self) -> float:
        return self._last - self._started

    @property
    def sheets_s(self) -> float:
        return self._stage_at["Storing"] - self._stage_at["Fact sheets"]


def _peak_mib(maker: Maker, path: Path) -> float:
    material = maker.material(path)
    tracemalloc.start()
    make_sheet(material, maker.embedder.embed)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def _lookups(engine: Engine) -> Table:
    started = time.perf_counter()
    book = engine.fact_book
    book.answer(Topic.FACT, "harbour")
    book.suggest(Topic.FACT, "harbour")
    first_ms = (time.perf_counter() - started) * 1000
    rows: list[tuple[Cell, ...]] = []
    asked = ("", "witkof", "Norsund director", "april", "tunnel", "zzzz")
    for topic in Topic:
        answers = [_timed_ms(partial(book.answer, topic, wanted)) for wanted in asked * 5]
        offers = [_timed_ms(partial(book.suggest, topic, wanted)) for wanted in asked * 5]
        row = (*quantiles(answers), *quantiles(offers))
        rows.append((f"/{topic.value}", *(round(ms, 2) for ms in row)))
    sheets = filter(None, (book.sheet(document.id) for document in engine.documents))
    entries = sum(len(sheet.facts) for sheet in sheets)
    return Table(
        f"Looking up among {entries:,} entries of {engine.passage_count:,} passages, ms",
        ("command", "answer, median", "95%", "suggestions, median", "95%"),
        tuple(rows),
        (f"The first look reads the sheets into memory: {first_ms:.0f} ms.",),
    )


def _timed_ms(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main())
