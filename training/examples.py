"""Training examples: a question, a window and the answer's place in it, if it is there."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

NO_ANSWER = -1


@dataclass(frozen=True, slots=True)
class Example:
    """``window[start:end]`` answers ``question``; both are NO_ANSWER where nothing does."""

    kind: str
    question: str
    window: str
    start: int = NO_ANSWER
    end: int = NO_ANSWER

    @property
    def answerable(self) -> bool:
        return self.start != NO_ANSWER


def save_examples(examples: Iterable[Example], path: Path) -> None:
    """One JSON object a line, gzipped with no time stamp: the same examples, the same bytes."""
    lines = "".join(json.dumps(asdict(e), ensure_ascii=False) + "\n" for e in examples)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))


def load_examples(path: Path) -> list[Example]:
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return [Example(**json.loads(line)) for line in text.splitlines()]
