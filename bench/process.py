"""Whole programs in fresh processes: what they take and what they import."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from index.settings import CHECKOUT

_IMPORT_LINE = re.compile(r"import time:\s+(\d+) \|\s+\d+ \| +(\S+)")
#: 0 done, 1 not in the document.
_DONE = (0, 1)


def environment(index_dir: Path) -> dict[str, str]:
    """This process's environment with no setting of Footnote's but where the index is."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("FOOTNOTE_")}
    return kept | {
        "FOOTNOTE_INDEX_DIR": str(index_dir),
        "FOOTNOTE_LEDGER": str(index_dir.parent / "ledger.sqlite3"),
    }


def footnote(*words: str) -> list[str]:
    """The command line of the console script, run by this Python."""
    return [str(Path(sys.executable).with_name("footnote")), *words]


def python(*words: str) -> list[str]:
    """A command line of this Python."""
    return [sys.executable, *words]


def run(command: Sequence[str], env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs ``command`` in the checkout. Raises RuntimeError if it fails."""
    done = subprocess.run(
        command, env=dict(env), cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if done.returncode not in _DONE:
        raise RuntimeError(f"{' '.join(command)} failed:\n{done.stderr[-2000:]}")
    return done


def seconds(command: Sequence[str], env: Mapping[str, str]) -> float:
    """How long a run of ``command`` takes, from start to exit."""
    start = time.perf_counter()
    run(command, env)
    return time.perf_counter() - start


def import_times(words: Sequence[str], env: Mapping[str, str]) -> Counter[str]:
    """Milliseconds that the imports of ``footnote WORDS`` take by themselves, by top package."""
    program = f"from bot.terminal.main import main; main({list(words)!r})"
    log = run(python("-X", "importtime", "-c", program), env).stderr
    spent: Counter[str] = Counter()
    for own, module in _IMPORT_LINE.findall(log):
        spent[module.split(".")[0]] += int(own)
    return Counter({package: us // 1000 for package, us in spent.items()})
