"""Make training examples.

    python -m training.prepare --squad squad-train.json.gz --squad2 squad2-dev24.json.gz \\
        --search nq-passages-train.jsonl.gz --reader index/models/weights/reader.int8.onnx \\
        --out runs/examples.jsonl.gz

Of SQuAD 2.0 only the training articles are read. ``--reader`` is the reader whose mistakes are
mined. ``--scale`` makes a smaller set of the same mixture.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from tokenizers import Tokenizer

from training import perturb
from training.examples import Example, save_examples
from training.mine import Item, Makers, hardest, items, retrieved
from training.near_misses import load_near_misses
from training.reading import Model, OnnxModel, load_tokenizer
from training.squad import (
    TRAINING,
    Article,
    Paragraph,
    load_search_questions,
    load_squad,
)
from training.texts import load_texts
from training.windows import CountPieces, window_around, windows

WEIGHTS = Path(__file__).parent.parent / "index" / "models" / "weights"

# How many of each kind. Near misses by people are scarce, so each is used with several windows.
ANSWERABLE = {"squad": 16_000, "search": 2_400, "both exchanged": 1_500}
UNANSWERABLE = {
    "question exchanged": 2_600,
    "text exchanged": 2_600,
    "question opposed": 1_100,
    "text opposed": 700,
    "question negated": 500,
    "word replaced": 1_800,
    "sentence removed": 2_000,
    "retrieved": 4_500,
}
# Windows for each question, of either kind, of SQuAD 2.0's training articles and of our own, where
# ``--windows`` does not say otherwise for these.
WRITTEN_WINDOWS = 3
CANDIDATES = 2  # made for each that is kept, the easier half being thrown away
SEARCH_WRONG = 700

LONG_WINDOW = (90, 130)
SHORT_WINDOW = (20, 90)
SENTENCE_ALONE = 0.25
HEADED = 0.15
MISSPELT = 0.10
NO_QUESTION_MARK = 0.08
AS_KEYWORDS = 0.05


def draw_size(rng: random.Random) -> int:
    """Word pieces of a window: some are about as long as retrieval's, some shorter, and some a
    sentence by itself, as the second look at an answer reads it."""
    if rng.random() < SENTENCE_ALONE:
        return 1
    return rng.randint(*(LONG_WINDOW if rng.random() < 0.5 else SHORT_WINDOW))


def piece_counter(tokenizer: Tokenizer) -> CountPieces:
    tokenizer = Tokenizer.from_str(tokenizer.to_str())
    tokenizer.no_truncation()

    @lru_cache(maxsize=200_000)
    def count(text: str) -> int:
        return len(tokenizer.encode(text, add_special_tokens=False).ids)

    return count


def answerable(kind: str, item: Item, makers: Makers, rng: random.Random) -> Example:
    window, (start, end) = makers.window(item, rng)
    return Example(kind, item.question.text, window, start, end)


def written(
    name: str,
    articles: Sequence[Article],
    makers: Makers,
    count: CountPieces,
    rng: random.Random,
    times: int = WRITTEN_WINDOWS,
) -> list[Example]:
    """Answerable questions and near misses that were written for ``articles``, each with ``times``
    windows; ``name`` begins their kinds."""
    result = [
        answerable(f"{name}, answerable", item, makers, rng)
        for item in items(articles)
        for _ in range(times)
    ]
    for article in articles:
        for paragraph in article.paragraphs:
            for question in paragraph.questions:
                if question.impossible:
                    result += [
                        Example(f"{name}, near miss", question.text, window)
                        for window in _nearest_windows(question.text, paragraph, count, rng, times)
                    ]
    return result


def elsewhere(
    name: str,
    articles: Sequence[Article],
    makers: Makers,
    model: Model,
    tokenizer: Tokenizer,
    rng: random.Random,
    times: int,
) -> list[Example]:
    """The answerable questions of ``articles`` over the rest of their texts, where that tempts
    ``model`` most. Without them a reader learns that a question which shares no words with a window
    must be one that it answers, for near misses share many."""
    tries = [
        makers.remove_sentence(item, rng)
        for item in items(articles)
        for _ in range(times * CANDIDATES)
    ]
    candidates = [replace(e, kind=f"{name}, elsewhere") for e in tries if e is not None]
    return hardest(candidates, len(candidates) // CANDIDATES, model, tokenizer, rng)


def _nearest_windows(
    question: str, paragraph: Paragraph, count: CountPieces, rng: random.Random, times: int
) -> list[str]:
    """Windows that a near miss would be tempted by: those that share most words with it."""
    words = {w for w in question.lower().rstrip("?").split() if len(w) > 3}
    result = []
    for _ in range(times):
        pieces = windows(paragraph.text, count, draw_size(rng))
        texts = [paragraph.text[slice(*b)] for b in pieces]
        result.append(max(texts, key=lambda t: sum(w in t.lower() for w in words)))
    return result


def near_misses(
    pool_of_items: Sequence[Item],
    makers: Makers,
    paragraphs: Sequence[str],
    count: CountPieces,
    model: Model,
    tokenizer: Tokenizer,
    scale: float,
    rng: random.Random,
) -> list[Example]:
    """The made and retrieved kinds of UNANSWERABLE, the harder ones of what could be made."""
    result: list[Example] = []
    for kind, full_quota in UNANSWERABLE.items():
        quota = round(full_quota * scale)
        shuffled = rng.sample(pool_of_items, len(pool_of_items))
        if kind == "retrieved":
            chosen = shuffled[: quota * CANDIDATES]
            candidates = list(retrieved(chosen, paragraphs, count, draw_size, rng))
        else:
            candidates = []
            for item in shuffled:
                if len(candidates) == quota * CANDIDATES:
                    break
                example = makers.by_kind[kind](item, rng)
                if example is not None:
                    candidates.append(example)
        result += hardest(candidates, quota, model, tokenizer, rng)
        print(f"{kind}: {len(candidates)} candidates", flush=True)
    return result


def search_questions(
    paragraphs: Sequence[Paragraph], count: CountPieces, scale: float, rng: random.Random
) -> list[Example]:
    """Search questions on their own passages, and some on passages of others."""
    result = []
    usable = [p for p in paragraphs if p.questions[0].golds]
    for paragraph in rng.sample(usable, min(len(usable), round(ANSWERABLE["search"] * scale))):
        question = paragraph.questions[0]
        gold = question.golds[0]
        bounds = gold.start, gold.start + len(gold.text)
        first, last = window_around(paragraph.text, bounds, draw_size(rng), count, rng)
        result.append(
            Example(
                "search", question.text, paragraph.text[first:last], bounds[0] - first,
                bounds[1] - first,
            )
        )  # fmt: skip
    for _ in range(round(SEARCH_WRONG * scale) if len(usable) > 1 else 0):
        one, other = rng.sample(usable, 2)
        pieces = windows(other.text, count, draw_size(rng))
        if pieces:
            window = other.text[slice(*rng.choice(pieces))]
            result.append(Example("search, wrong passage", one.questions[0].text, window))
    return result


def roughen(example: Example, titles: Sequence[str], rng: random.Random) -> Example:
    """The example as it may come in life: under a heading, misspelt, with no question mark."""
    question, window = example.question, example.window
    start, end = example.start, example.end
    if rng.random() < HEADED:
        heading = rng.choice(titles).replace("_", " ") + "\n"
        window = heading + window
        if example.answerable:
            start, end = start + len(heading), end + len(heading)
    # A near miss may owe its falseness to the very word that a misspelling would hide.
    if example.answerable or "exchanged" not in example.kind:
        if rng.random() < MISSPELT:
            question = perturb.misspell(question, rng)
        if example.answerable and rng.random() < AS_KEYWORDS:
            question = perturb.keywords(question)
    if rng.random() < NO_QUESTION_MARK:
        question = question.rstrip("? ")
    return Example(example.kind, question, window, start, end)


def prepare(
    squad: Sequence[Article],
    squad2: Sequence[Article],
    search: Sequence[Paragraph],
    model: Model,
    tokenizer: Tokenizer,
    *,
    texts: Sequence[Article] = (),
    near: Sequence[Article] = (),
    times: int = WRITTEN_WINDOWS,
    scale: float = 1.0,
    seed: int = 0,
) -> list[Example]:
    """All examples, shuffled. ``texts`` and ``near`` are our own questions over our own texts and
    over SQuAD's, each with ``times`` windows. The same arguments give the same examples.

    For every near miss of ``near`` there is an answerable question of SQuAD's, of the same
    paragraph if there are enough: ours alone would teach that a question in the text's own words is
    a trap.
    """
    rng = random.Random(seed)
    count = piece_counter(tokenizer)
    makers = Makers(count, draw_size)
    people = [article for article in squad2 if article.title in TRAINING]
    pool_of_items = items(squad)
    rng.shuffle(pool_of_items)
    beside = {paragraph.text for article in near for paragraph in article.paragraphs}
    pool_of_items.sort(key=lambda item: item.paragraph.text not in beside)
    traps = sum(q.impossible for a in near for p in a.paragraphs for q in p.questions)

    examples = written("people", people, makers, count, rng)
    if scale < 1:
        examples = rng.sample(examples, round(len(examples) * scale))
    for name, articles in (("texts", texts), ("near", near)):
        examples += written(name, articles, makers, count, rng, times)
        examples += elsewhere(name, articles, makers, model, tokenizer, rng, times)
    quota = round(ANSWERABLE["squad"] * scale) + traps * times
    examples += [answerable("squad", item, makers, rng) for item in pool_of_items[:quota]]
    both = (makers.exchange_in_both(item, rng) for item in pool_of_items)
    wanted = round(ANSWERABLE["both exchanged"] * scale)
    examples += islice((e for e in both if e is not None), wanted)
    paragraphs = [p.text for article in [*squad, *people] for p in article.paragraphs]
    # Near misses are made of the questions that are also asked rightly, and as many others.
    examples += near_misses(
        pool_of_items[: 4 * quota], makers, paragraphs, count, model, tokenizer, scale, rng
    )
    examples += search_questions(search, count, scale, rng)
    titles = sorted({article.title for article in [*squad, *people]})
    examples = [roughen(example, titles, rng) for example in examples]
    rng.shuffle(examples)
    return examples


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.prepare", description=__doc__)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train")
    parser.add_argument("--squad2", type=Path, required=True, help="SQuAD 2.0 dev")
    parser.add_argument("--search", type=Path, help="search questions, JSON lines")
    parser.add_argument("--texts", type=Path, nargs="*", default=[], help="our own, JSON lines")
    parser.add_argument("--near", type=Path, help="our own over SQuAD 1.1 train, JSON lines")
    parser.add_argument("--windows", type=int, default=WRITTEN_WINDOWS, help="for each of our own")
    parser.add_argument("--reader", type=Path, default=WEIGHTS / "reader.int8.onnx")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    squad = load_squad(arguments.squad)
    examples = prepare(
        squad,
        load_squad(arguments.squad2),
        load_search_questions(arguments.search) if arguments.search else [],
        OnnxModel(arguments.reader),
        load_tokenizer(arguments.tokenizer),
        texts=[article for path in arguments.texts for article in load_texts(path)],
        near=load_near_misses(arguments.near, squad) if arguments.near else (),
        times=arguments.windows,
        scale=arguments.scale,
        seed=arguments.seed,
    )
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_examples(examples, arguments.out)
    for kind, number in sorted(Counter(e.kind for e in examples).items()):
        print(f"{number:6d}  {kind}")
    print(f"{len(examples):6d}  in all, {sum(e.answerable for e in examples)} answerable")


if __name__ == "__main__":
    main()
