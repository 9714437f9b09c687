"""Everything that the README's figures come from, in one run.

    python -m bench.all --data squad2-dev.json.gz --out docs/figures

Writes figures.md, figures.json and the plots into the folder ``--out``. Claims are judged, too, if
``--claims`` and ``--natural`` name some; see bench/claims.py.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import answers, claims, llm_sins, retrieval, short_texts, speed
from bench.corpus import data_parser
from bench.report import render, to_json


def main() -> int:
    parser = data_parser(__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    claims.add_arguments(parser, required=False)
    args = parser.parse_args()
    if (args.claims is None) != (args.natural is None):
        parser.error("--claims and --natural go together")
    args.out.mkdir(parents=True, exist_ok=True)
    args.plots = args.out
    reports = [speed.measure(), retrieval.run(args), answers.run(args), short_texts.run()]
    reports.append(llm_sins.run(llm_sins.MOST, llm_sins.SEED))
    if args.claims is not None:
        reports.append(claims.run(args.claims, args.natural))
    text = "\n".join(map(render, reports))
    print(text)
    (args.out / "figures.md").write_text(text, "utf-8")
    (args.json or args.out / "figures.json").write_text(to_json(reports), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
