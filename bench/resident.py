"""How much memory an open engine holds. Prints one JSON object, in megabytes.

python -m bench.resident     # a process of its own: the other commands hold more than this
"""

from __future__ import annotations

import json
import re
import resource
import sys
from pathlib import Path

import psutil

from bench.questions import article_questions
from index import open_engine


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    process = psutil.Process()
    engine = open_engine()
    found = {"loaded": process.memory_info().rss}
    questions = article_questions()
    for number in range(count):
        engine.ask(questions[number % len(questions)])
    if count:
        found[f"after {count} questions"] = process.memory_info().rss
    found["peak"] = _peak()
    engine.close()
    print(json.dumps({name: round(size / 1e6, 1) for name, size in found.items()}))
    return 0


def _peak() -> int:
    """The most memory this process has held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not ru_maxrss: on Linux a new program inherits that from the one that started it.
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))[0]) * 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    sys.exit(main())
