"""Everything that the README's figures come from, in one run.

    python -m bench.all --data squad2-dev.json.gz --out docs/figures

Writes figures.md, figures.json and the plots into the folder ``--out``.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bench import answers, retrieval, speed
from bench.corpus import data_parser
from bench.report import render, to_json


def main() -> int:
    parser = data_parser(__doc__)
    parser.add_argument("--out", type=Path, required=True, help="the folder to write into")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    args.plots = args.out
    reports = [speed.measure(), retrieval.run(args), answers.run(args)]
    text = "\n".join(map(render, reports))
    print(text)
    (args.out / "figures.md").write_text(text, "utf-8")
    (args.json or args.out / "figures.json").write_text(to_json(reports), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
