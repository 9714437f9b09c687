"""Everything that the README's figures come from, in one run.

    python -m bench.all --data squad2-dev.json.gz --out docs/figures

Writes into the folder ``--out`` what questions give, figures.md with the plots, and what claims
give, claims.md, each with a JSON file of the same figures. Claims of people and of training data
are judged, too, if ``--claims`` and ``--natural`` name them; see bench/claims.py.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from bench import answers, claims, llm_sins, retrieval, short_texts, speed
from bench.corpus import data_parser
from bench.report import Report, render, to_json


def main() -> int:
    parser = data_parser(__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    claims.add_arguments(parser, required=False)
    args = parser.parse_args()
    if (args.claims is None) != (args.natural is None):
        parser.error("--claims and --natural go together")
    args.out.mkdir(parents=True, exist_ok=True)
    args.plots = args.out
    asked = [speed.measure(), retrieval.run(args), answers.run(args), short_texts.run()]
    _write(args.out, "figures", asked)
    claimed = [llm_sins.run(llm_sins.MOST, llm_sins.SEED)]
    if args.claims is not None:
        claimed.append(claims.run(args.claims, args.natural))
    _write(args.out, "claims", claimed)
    if args.json is not None:
        args.json.write_text(to_json([*asked, *claimed]), "utf-8")
    return 0


def _write(folder: Path, name: str, reports: Sequence[Report]) -> None:
    text = "\n".join(map(render, reports))
    print(text)
    (folder / f"{name}.md").write_text(text, "utf-8")
    (folder / f"{name}.json").write_text(to_json(reports), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
