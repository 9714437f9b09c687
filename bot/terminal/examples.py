"""Questions to begin with, for whatever documents there are.

Names are taken from the documents, put into plain questions, and only those that the engine
answers are kept: a newcomer's first question should not fail.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from index.errors import FootnoteError
from index.types import Document, Status

if TYPE_CHECKING:
    from bot.terminal.asking import Asker

#: Questions shown, and those tried at most to find them.
SHOWN = 3
TRIED = 8
#: How much of a document is searched for names, in characters.
_SEARCHED_CHARS = 20_000
#: The key of a sidecar that gives questions of its own, one a line.
EXAMPLES_KEY = "examples"
#: Capitalised words after a lower-case one: in the middle of a sentence, so most are names.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*[a-z](?: [A-Z][\w’'-]*[a-z])*")


def find_examples(engine: Asker) -> tuple[str, ...]:
    """Up to three questions that ``engine`` answers, given ones first; perhaps none."""
    given = tuple(_given(engine.documents))
    if given:
        return given[:SHOWN]
    tried = list(dict.fromkeys(_made(engine.documents)))[:TRIED]
    found: list[str] = []
    for question in tried:
        if len(found) == SHOWN:
            break
        if _is_answered(engine, question):
            found.append(question)
    return tuple(found)


def _given(documents: Sequence[Document]) -> Iterator[str]:
    for document in documents:
        rows = document.metadata.get(EXAMPLES_KEY, "").splitlines()
        yield from (row.strip() for row in rows if row.strip())


def _made(documents: Sequence[Document]) -> Iterator[str]:
    names = _names(document.text[:_SEARCHED_CHARS] for document in documents)
    # Names of several words are people more often than not.
    yield from (f"Who is {name}?" for name in names if " " in name)
    yield from (f"What is said about {name}?" for name in names if " " not in name)


def _names(texts: Iterable[str]) -> list[str]:
    counts = Counter(name for text in texts for name in _NAME.findall(text))
    return [name for name, _ in counts.most_common(TRIED)]


def _is_answered(engine: Asker, question: str) -> bool:
    try:
        return engine.ask(question).status is Status.ANSWERED
    except FootnoteError:
        return False
