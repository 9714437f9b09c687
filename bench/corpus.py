"""The engine over a set of articles, in a folder that goes away: nothing is kept between runs."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.progress import track

from bench.squad import SPLITS, Article, write_articles
from index import Engine, open_engine
from index.settings import Settings

Item = TypeVar("Item")


@contextmanager
def open_corpus(articles: Sequence[Article], *, top_k: int | None = None) -> Iterator[Engine]:
    """An engine with the shipped settings over all of ``articles`` in one index."""
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        write_articles(articles, Path(folder))
        with open_sources((Path(folder),), top_k=top_k) as engine:
            yield engine


@contextmanager
def open_sources(sources: tuple[Path, ...], *, top_k: int | None = None) -> Iterator[Engine]:
    """An engine with the shipped settings over all of ``sources`` in one index."""
    with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
        settings = Settings(sources=sources, index_dir=Path(folder))
        if top_k is not None:
            settings = settings.model_copy(update={"top_k": top_k})
        engine = open_engine(settings)
        try:
            yield engine
        finally:
            engine.close()


def progress(items: Sequence[Item], what: str) -> Iterable[Item]:
    """``items``, with a bar on standard error."""
    return track(items, description=what, console=Console(stderr=True), transient=True)


def data_parser(description: str | None) -> argparse.ArgumentParser:
    """The options of the commands that measure on SQuAD 2.0 articles."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="SQuAD 2.0 dev, JSON or .json.gz")
    parser.add_argument(
        "--split",
        choices=sorted(SPLITS),
        default="reporting",
        help="which articles (default: reporting; figures from others are not to be reported)",
    )
    parser.add_argument("--limit", type=int, help="ask only so many questions, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser
