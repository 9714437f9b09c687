"""Short documents, one an index, and questions as people type them: what is answered and refused.

    python -m bench.short_texts [--split held]

News and other documents of 300 to 600 words, written for this project, each with 32 questions:
17 that one sentence answers and 15 that the document does not answer. The confidence is fitted on
those of the documents marked "dev"; figures to report are those of the others.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from bench.corpus import open_sources, progress
from bench.report import Report, Table, publish
from bench.stats import Estimate, estimate, mean
from bot.evaluation import is_right_quote
from index import Engine
from index.types import Answer, Status
from tests.data.cases import Case, read_cases
from training.metrics import auc

DATA = Path(__file__).parent / "data" / "short_texts"
TEXTS = DATA / "texts"
#: What a question that is not answered may be.
UNANSWERED = {
    "near_miss": "near misses",
    "unsaid": "about the same, but not said",
    "elsewhere": "about something else",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A question, and what the engine would show and does show."""

    case: Case
    confidence: float
    #: The first quote is right, whether it is shown or not.
    right: bool
    refused: bool


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--split", choices=("dev", "held"), default="held")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    parser.add_argument("--show", action="store_true", help="print what went wrong (dev only)")
    args = parser.parse_args()
    rows = ask_all(args.split)
    if args.show and args.split == "dev":
        _print_failures(rows)
    publish(report(rows, args.split), args.json)
    return 0


def run() -> Report:
    """The figures to report."""
    return report(ask_all("held"), "held")


def short_text_cases(split: str) -> tuple[Case, ...]:
    """The questions about the documents of ``split``, document by document."""
    found = (case for case in read_cases(DATA / "questions.json") if case.split == split)
    return tuple(sorted(found, key=lambda case: case.document))


def ask_all(split: str) -> list[Shown]:
    """Asks every question of its own document alone."""
    documents = [(n, list(c)) for n, c in groupby(short_text_cases(split), lambda c: c.document)]
    rows: list[Shown] = []
    for name, cases in progress(documents, "Asking"):
        with open_sources((TEXTS / name,)) as engine:
            rows += _ask(engine, cases)
    return rows


def _ask(engine: Engine, cases: Sequence[Case]) -> Iterator[Shown]:
    threshold, engine.threshold = engine.threshold, 0.0  # shows whatever it has
    for case in cases:
        answer = engine.ask(case.question)
        yield Shown(case, answer.confidence, _is_right(answer, case), _refused(answer, threshold))


def _is_right(answer: Answer, case: Case) -> bool:
    quotes = [citation.quote for citation in answer.citations[:1]]
    return any(is_right_quote(quote, case.sentences) for quote in quotes)


def _refused(answer: Answer, threshold: float) -> bool:
    return answer.status is not Status.ANSWERED or answer.confidence < threshold


def report(rows: Sequence[Shown], split: str) -> Report:
    answerable = [row for row in rows if row.case.answerable]
    others = [row for row in rows if not row.case.answerable]
    shown = [row for row in rows if not row.refused]
    figures: list[tuple[str, Estimate]] = [
        ("right sentence first, whatever the threshold", _share(answerable, lambda r: r.right)),
        ("... and shown", _share(answerable, lambda r: r.right and not r.refused)),
        ("questions without an answer refused", _share(others, lambda r: r.refused)),
    ]
    for kind, words in UNANSWERED.items():
        some = [row for row in others if row.case.kind == kind]
        figures.append((f"... {words}", _share(some, lambda r: r.refused)))
    figures += [
        ("right among the answers given", _share(shown, lambda r: r.right)),
        ("AUC, answerable against the others", _auc(rows, [r.case.answerable for r in rows])),
        ("AUC, right answers against all else", _auc(rows, [r.right for r in rows])),
    ]
    table = Table(
        "Short documents, one an index",
        ("figure", "value", "n"),
        tuple((name, value, value.n) for name, value in figures),
        ("At the shipped threshold. Intervals are from draws of whole documents.",),
    )
    documents = len({row.case.document for row in rows})
    return Report("bench.short_texts", (table,), {"documents": f"{documents} ({split})"})


def _share(rows: Sequence[Shown], is_so: Callable[[Shown], bool]) -> Estimate:
    return mean([float(is_so(row)) for row in rows], [row.case.document for row in rows])


def _auc(rows: Sequence[Shown], positive: Sequence[bool]) -> Estimate:
    confidence, flags = np.array([row.confidence for row in rows]), np.array(positive)
    return estimate(
        lambda drawn: auc(confidence[drawn], flags[drawn]), [row.case.document for row in rows]
    )


def _print_failures(rows: Sequence[Shown]) -> None:
    for row in rows:
        if row.refused == row.case.answerable or row.right != row.case.answerable:
            told = "right" if row.right else "wrong"
            shown = "refused" if row.refused else "shown"
            print(f"{row.confidence:.2f} {shown} {told} {row.case.kind}: {row.case.question}")


if __name__ == "__main__":
    sys.exit(main())
