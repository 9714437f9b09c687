"""Tables of figures: printed to be read, and written as JSON with the same figures."""

from __future__ import annotations

import json
import math
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path

from bench.stats import Estimate

Cell = Estimate | float | int | str | None
_PACKAGES = ("llama-index-core", "chromadb", "onnxruntime", "numpy")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of figures under ``columns``; the first cell of a row names it."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    #: What a reader must know to understand the figures.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What one command measured."""

    command: str
    tables: tuple[Table, ...]
    #: What the figures hang on: models, data, seed.
    about: dict[str, str | int | float | None] = field(default_factory=dict)


def render(report: Report) -> str:
    """All tables, as Markdown that also reads well as it is."""
    head = [f"# {report.command}", "", *(f"- {k}: {v}" for k, v in report.about.items())]
    return "\n".join([*head, *(_render(table) for table in report.tables)]) + "\n"


def _render(table: Table) -> str:
    rows = [table.columns, *(tuple(map(_text, row)) for row in table.rows)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    body = [lines[0], rule, *lines[1:]]
    return "\n".join(["", f"## {table.title}", "", *body, "", *(f"{n}\n" for n in table.notes)])


def _text(cell: Cell) -> str:
    if cell is None:
        return "-"
    if isinstance(cell, Estimate):
        return f"{_number(cell.value)} [{_number(cell.low)}, {_number(cell.high)}]"
    if isinstance(cell, float):
        return _number(cell)
    return f"{cell:,}" if isinstance(cell, int) else cell


def _number(value: float) -> str:
    """Shares to a tenth of a percentage point, larger figures to three places or whole."""
    if math.isnan(value):
        return "-"
    if abs(value) < 10:
        return f"{value:.3f}"
    return f"{value:.1f}" if abs(value) < 100 else f"{value:,.0f}"


def to_json(reports: Sequence[Report]) -> str:
    """``reports`` as one JSON object, with the machine and the packages they ran on."""
    body = {
        "machine": {
            "system": platform.platform(),
            "python": platform.python_version(),
            "cores": os.cpu_count(),
            "packages": {name: version(name) for name in _PACKAGES},
        },
        "reports": [_report_row(report) for report in reports],
    }
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _report_row(report: Report) -> dict[str, object]:
    return {
        "command": report.command,
        "about": report.about,
        "tables": [
            {
                "title": table.title,
                "rows": [
                    {c: _value(v) for c, v in zip(table.columns, row, strict=True)}
                    for row in table.rows
                ],
                "notes": table.notes,
            }
            for table in report.tables
        ],
    }


def _value(cell: Cell) -> object:
    if isinstance(cell, Estimate):
        return {key: _finite(value) for key, value in asdict(cell).items()}
    return _finite(cell) if isinstance(cell, float) else cell


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else value


def publish(report: Report, json_path: Path | None) -> None:
    """Prints ``report``, and writes it to ``json_path`` if there is one."""
    print(render(report))
    if json_path is not None:
        json_path.write_text(to_json([report]), "utf-8")
