"""Claims against their evidence: supported or not.

    python -m bench.claims --claims runs/claims --natural claims-fm2-dev.jsonl.gz

``--claims`` is the folder that training.prepare_claims wrote: claims made by rules from articles
that taught nothing, and claims written for this project over paragraphs that taught none.
``--natural`` are claims that people wrote to be hard (training/natural.py).
Each is judged by the guard alone, by the checker alone, by both as shipped, by the share of its
words that stand in the evidence, and by the cosine of the two embeddings. Whatever needs a
threshold of its own had it chosen on the calibration part of the same source.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.report import Cell, Report, Table, publish
from bench.stats import Estimate, Flags, estimate
from index.answer.guard import examine
from index.answer.guard.wording import overlap, wording
from index.answer.support import Support
from index.answer.support_score import margin
from index.models.checker import Checker
from index.models.embedder import MiniLmEmbedder
from index.models.tokenizer import WordPiece
from index.types import Verdict
from training.calibrate_checker import balanced, best_threshold
from training.claims import SUPPORTED, Claim, load_claims
from training.metrics import Floats, auc
from training.natural import Part, load_natural

TIMED = 200


@dataclass(frozen=True, slots=True)
class Source:
    """Claims of one origin: to choose thresholds by, and to report."""

    name: str
    calibration: Sequence[Claim]
    reporting: Sequence[Claim]


class Judges:
    """Everything that judges, over the same models."""

    def __init__(self, threads: int) -> None:
        tokenizer = WordPiece()
        self.shipped = Support.open(tokenizer, threads=threads)
        self._checker = Checker(tokenizer, threads=threads)
        self._embedder = MiniLmEmbedder(tokenizer, threads=threads)

    def verdicts(self, claims: Sequence[Claim]) -> Mapping[str, Flags]:
        """Whether each claim is supported, by the judges that need no threshold."""
        judged = self.shipped.judge([(c.claim, c.evidence) for c in claims])
        return {
            "guard and checker": np.array([j.verdict is Verdict.SUPPORTED for j in judged]),
            "guard alone": np.array([examine(c.claim, c.evidence) is None for c in claims]),
        }

    def scores(self, claims: Sequence[Claim]) -> Mapping[str, Floats]:
        """How well each claim is borne out, by the judges that need a threshold."""
        logits = self._checker.check([(c.claim, c.evidence) for c in claims])
        mine = self._embedder.embed([c.claim for c in claims])
        theirs = self._embedder.embed([c.evidence for c in claims])
        shared = [overlap(wording(c.claim), wording(c.evidence)) for c in claims]
        return {
            "checker alone": np.array([margin(row) for row in logits]),
            "word overlap": np.array(shared),
            "embedding similarity": (mine * theirs).sum(axis=1).astype(np.float64),
        }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser, required=True)
    parser.add_argument("--threads", type=int, default=2, help="cores that a claim may use")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    publish(run(args.claims, args.natural, args.threads), args.json)
    return 0


def add_arguments(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """Where the claims are."""
    parser.add_argument(
        "--claims", type=Path, required=required, help="folder of training.prepare_claims"
    )
    parser.add_argument(
        "--natural", type=Path, required=required, help="claims that people wrote, JSON lines"
    )


def run(claims: Path, natural: Path, threads: int = 2) -> Report:
    """All sources before every judge."""
    sources = (
        Source(
            "written by people to be hard",
            load_natural(natural, Part.CALIBRATION),
            load_natural(natural, Part.REPORTING),
        ),
        Source(
            "made by rules",
            load_claims(claims / "calibration.jsonl.gz"),
            load_claims(claims / "reporting.jsonl.gz"),
        ),
        Source(
            "written for this project",
            load_claims(claims / "written-calibration.jsonl.gz"),
            load_claims(claims / "written-reporting.jsonl.gz"),
        ),
    )
    judges = Judges(threads)
    tables = tuple(_table(source, judges) for source in sources)
    about: dict[str, str | int | float | None] = {s.name: len(s.reporting) for s in sources}
    more = (_kinds(sources[1], judges), _times(sources[0].reporting, judges.shipped))
    return Report("bench.claims", (*tables, *more), about | {"threads": threads})


def _table(source: Source, judges: Judges) -> Table:
    right, before = _supported(source.reporting), _supported(source.calibration)
    even = np.ones(len(before))
    verdicts = dict(judges.verdicts(source.reporting))
    scores, chosen = judges.scores(source.reporting), judges.scores(source.calibration)
    for name, values in scores.items():
        verdicts[name] = values >= best_threshold(chosen[name], before, even)
    rows = tuple(
        (
            name,
            _balanced(said, right, source.reporting),
            float(said[right].mean()),
            float((~said[~right]).mean()),
            auc(scores[name], right) if name in scores else None,
        )
        for name, said in verdicts.items()
    )
    return Table(
        f"Claims {source.name}: supported or not ({len(right)}, {int(right.sum())} supported)",
        ("judge", "balanced accuracy", "of the supported", "of the others", "AUC"),
        rows,
    )


def _balanced(said: Flags, right: Flags, claims: Sequence[Claim]) -> Estimate:
    def statistic(drawn: np.typing.NDArray[np.int64]) -> float:
        return balanced(said[drawn], right[drawn], np.ones(len(drawn)))

    return estimate(statistic, [claim.evidence for claim in claims])


def _kinds(source: Source, judges: Judges) -> Table:
    """What of each kind of claim is taken for supported."""
    verdicts = judges.verdicts(source.reporting)
    kinds = np.array([claim.kind for claim in source.reporting])
    rows: list[tuple[Cell, ...]] = []
    for kind in np.unique(kinds):
        mine = kinds == kind
        shares = (float(said[mine].mean()) for said in verdicts.values())
        rows.append((str(kind), int(mine.sum()), *shares))
    return Table(
        "Share that is taken for supported, by how a claim was made",
        ("kind", "count", *verdicts),
        tuple(rows),
        ("True ones say so: the higher the better; all others: the lower the better.",),
    )


def _times(claims: Sequence[Claim], judge: Support) -> Table:
    """Milliseconds a claim, judged one at a time."""
    judge.judge([(claims[0].claim, claims[0].evidence)])  # opens the model
    taken: list[float] = []
    for claim in claims[:TIMED]:
        began = time.perf_counter()
        judge.judge([(claim.claim, claim.evidence)])
        taken.append(1000 * (time.perf_counter() - began))
    low, middle, high = np.percentile(taken, [5, 50, 95])
    return Table(
        "Milliseconds a claim with its evidence, guard and checker",
        ("claims", "median", "5th percentile", "95th percentile"),
        ((str(len(taken)), float(middle), float(low), float(high)),),
    )


def _supported(claims: Sequence[Claim]) -> Flags:
    return np.array([claim.label == SUPPORTED for claim in claims])


if __name__ == "__main__":
    sys.exit(main())
