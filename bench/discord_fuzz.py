"""Ten thousand generated documents and questions, rendered for Discord.

    python -m bench.discord_fuzz                        10,000 renderings, 300 real answers
    python -m bench.discord_fuzz --count 1000 --ask 0

For each: an answer, the nearest passages, an opened source, evidence for a claim. Counts what
must not happen: text that would do something in Discord, a part over a limit, an exception.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from bot.discord_app.rendering import (
    CONTENT_LIMIT,
    length,
    render_answer,
    render_source,
)
from index import Engine, open_engine
from index.errors import QuestionError
from index.settings import Settings
from index.types import Answer, Document, Span
from tests.bot.discord_app.discord_markdown import active
from tests.bot.discord_app.nasty import PIECES
from tests.bot.scripted import answered, checked, document, not_found

#: Markup that is ours: bold, block quotes, small print, numbered passages.
OURS = {"emphasis", "quote", "heading", "list"}
PAGE_LIMIT = 4000


def nasty(rng: random.Random, most: int) -> str:
    pieces = []
    for _ in range(rng.randint(0, 60)):
        kind = rng.random()
        if kind < 0.6:
            pieces.append(rng.choice(PIECES))
        elif kind < 0.9:
            pieces.append("".join(chr(rng.randrange(32, 127)) for _ in range(rng.randint(1, 12))))
        else:
            pieces.append(chr(rng.randrange(0x110000)))
    text = "".join(pieces)
    if rng.random() < 0.1:
        text *= rng.randint(2, 300)
    return text[:most]


def span(rng: random.Random, text: str) -> Span:
    start = rng.randint(0, len(text))
    return Span(start, rng.randint(start, len(text)))


def made(rng: random.Random) -> tuple[Answer, Document, str]:
    text = nasty(rng, 20_000) or "x"
    question = nasty(rng, 1000)
    source = document(text, title=nasty(rng, 300) or "t", id=nasty(rng, 80) or "d")
    quote = span(rng, text)
    if quote.start == quote.end:
        quote = Span(0, len(text))
    inside = span(rng, text[quote.start : quote.end])
    short = Span(quote.start + inside.start, quote.start + inside.end)
    if rng.random() < 0.3:
        return not_found(source, question=question), source, question
    count = rng.choice((1, 1, 1, 2, 5, 12))
    answer = answered(source, question=question, quote=quote, short=short, count=count)
    return replace(answer, resolved_question=question + "?"), source, question


def faults(answer: Answer, source: Document, question: str) -> Counter[str]:
    """What is wrong with what would be shown."""
    wrong: Counter[str] = Counter()
    message = render_answer(answer, titles={source.id: source.title}).with_question(question)
    verdict = render_answer(checked(source, claim=question))
    for part in (*message.parts, *verdict.parts):
        if not 0 < length(part) <= CONTENT_LIMIT:
            wrong["a part too long or empty"] += 1
        wrong.update(f"obeyed: {kind}" for kind in active(part) - OURS)
    opened = [render_source(answer, "s", c.number, source) for c in answer.citations]
    opened += [render_source(answer, "n", 1, source), render_source(answer, "s", 1, None)]
    for shown in filter(None, opened):
        pieces = [shown.title, shown.before, shown.quote, shown.after, shown.note]
        if length("".join(pieces)) > PAGE_LIMIT:
            wrong["a page too long"] += 1
        wrong.update(f"obeyed: {kind}" for piece in pieces for kind in active(piece) - OURS)
    return wrong


def ask_engine(engine: Engine, rng: random.Random, count: int) -> Counter[str]:
    """Generated questions to the real engine."""
    told: Counter[str] = Counter()
    source = engine.documents[0]
    for _ in range(count):
        question = nasty(rng, 1200)
        try:
            answer = engine.ask(question)
        except QuestionError:
            told["refused with a reason"] += 1
            continue
        told[answer.status.value] += 1
        told.update(f"WRONG {kind}" for kind in faults(answer, source, question))
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--ask", type=int, default=300, help="questions put to the real engine")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    wrong: Counter[str] = Counter()
    began = time.monotonic()
    for _ in range(given.count):
        wrong.update(faults(*made(rng)))
    print(f"{given.count} generated answers in {time.monotonic() - began:.0f} s: {dict(wrong)}")
    if given.ask:
        with tempfile.TemporaryDirectory(prefix="footnote-fuzz-") as folder:
            engine = open_engine(Settings(index_dir=Path(folder) / "index"))
            told = ask_engine(engine, rng, given.ask)
            engine.close()
        print(f"{given.ask} generated questions to the engine: {dict(told)}")
        wrong.update({kind: n for kind, n in told.items() if kind.startswith("WRONG")})
    print("Nothing was obeyed, nothing was too long." if not wrong else "There are faults.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
