"""Wrong windows and near misses that are hard: made or retrieved in number, then sorted by how
readily a reader falls for them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import bm25s
import Stemmer
from tokenizers import Tokenizer

from training import perturb
from training.examples import Example
from training.metrics import normalize
from training.reading import Model, read
from training.squad import Article, Paragraph, Question
from training.windows import CountPieces, sentences, window_around, windows, without

RETRIEVED = 4
# Spread of the noise on a margin when the hardest are chosen: some easy ones stay in.
MARGIN_NOISE = 2.0


@dataclass(frozen=True, slots=True)
class Item:
    """An answerable question at home: its paragraph, its article and what that one offers."""

    question: Question
    paragraph: Paragraph
    title: str
    pool: perturb.Pool

    @property
    def answer(self) -> tuple[int, int]:
        gold = self.question.golds[0]
        return gold.start, gold.start + len(gold.text)


Maker = Callable[[Item, random.Random], Example | None]


def items(articles: Sequence[Article]) -> list[Item]:
    """Every answerable question of ``articles``."""
    result = []
    for article in articles:
        pool = perturb.pool(
            [p.text for p in article.paragraphs],
            [q.text for p in article.paragraphs for q in p.questions],
        )
        result += [
            Item(question, paragraph, article.title, pool)
            for paragraph in article.paragraphs
            for question in paragraph.questions
            if question.golds and not question.impossible
        ]
    return result


class Makers:
    """The ways in which an answerable question is made into a near miss, by kind.

    ``draw_size`` gives the size of a window in word pieces.
    """

    def __init__(self, count: CountPieces, draw_size: Callable[[random.Random], int]) -> None:
        self._count = count
        self._draw_size = draw_size
        self.by_kind: dict[str, Maker] = {
            "question exchanged": self.exchange_in_question,
            "text exchanged": self.exchange_in_window,
            "question opposed": self.oppose_question,
            "text opposed": self.oppose_window,
            "question negated": self.negate,
            "word replaced": self.replace_word,
            "sentence removed": self.remove_sentence,
        }

    def window(self, item: Item, rng: random.Random) -> tuple[str, tuple[int, int]]:
        """A window around the answer, and the answer's bounds in it."""
        text = item.paragraph.text
        first, last = window_around(text, item.answer, self._draw_size(rng), self._count, rng)
        return text[first:last], (item.answer[0] - first, item.answer[1] - first)

    def exchange_in_question(self, item: Item, rng: random.Random) -> Example | None:
        window, (start, end) = self.window(item, rng)
        changed = perturb.exchange_in_question(
            item.question.text, window, window[start:end], item.pool, rng
        )
        return None if changed is None else Example("question exchanged", changed, window)

    def exchange_in_window(self, item: Item, rng: random.Random) -> Example | None:
        window, answer = self.window(item, rng)
        made = perturb.exchange_in_window(item.question.text, window, answer, item.pool, rng)
        return None if made is None else Example("text exchanged", item.question.text, made[0])

    def exchange_in_both(self, item: Item, rng: random.Random) -> Example | None:
        """Still answerable: keeps an exchange as such from giving a near miss away."""
        window, (start, end) = self.window(item, rng)
        made = perturb.exchange_in_window(item.question.text, window, (start, end), item.pool, rng)
        if made is None:
            return None
        changed, old, new = made
        answer = window[start:end]
        # Where the answer went: as many characters along as the changes before it have added.
        shifted = start + window[:start].count(old) * (len(new) - len(old))
        if not changed.startswith(answer, shifted):
            return None
        question = item.question.text.replace(old, new)
        return Example("both exchanged", question, changed, shifted, shifted + len(answer))

    def oppose_question(self, item: Item, rng: random.Random) -> Example | None:
        window, _ = self.window(item, rng)
        changed = perturb.oppose(item.question.text, rng)
        return None if changed is None else Example("question opposed", changed, window)

    def oppose_window(self, item: Item, rng: random.Random) -> Example | None:
        """The answer's sentence says the opposite of what the question says."""
        window, answer = self.window(item, rng)
        for first, last in sentences(window):
            if first <= answer[0] < last:
                changed = perturb.oppose(window[first:last], rng, among=item.question.text)
                if changed is not None:
                    text = window[:first] + changed + window[last:]
                    return Example("text opposed", item.question.text, text)
        return None

    def negate(self, item: Item, rng: random.Random) -> Example | None:
        window, _ = self.window(item, rng)
        changed = perturb.negate(item.question.text, rng)
        return None if changed is None else Example("question negated", changed, window)

    def replace_word(self, item: Item, rng: random.Random) -> Example | None:
        window, _ = self.window(item, rng)
        changed = perturb.replace_word(item.question.text, window, item.pool, rng)
        return None if changed is None else Example("word replaced", changed, window)

    def remove_sentence(self, item: Item, rng: random.Random) -> Example | None:
        """Sentences of the right paragraph on one side of the answer's."""
        text = item.paragraph.text
        parts = sentences(text)
        home = [b for b in parts if b[0] < item.answer[1] and b[1] > item.answer[0]]
        if not home:
            return None
        runs = without(text, parts, (home[0][0], home[-1][1]))
        if not runs:
            return None
        run = text[slice(*rng.choice(runs))]
        pieces = windows(run, self._count, self._draw_size(rng))
        return _wrong("sentence removed", item, run[slice(*rng.choice(pieces))])


def _wrong(kind: str, item: Item, window: str) -> Example | None:
    """An unanswerable example, unless an accepted answer stands in ``window``."""
    lowered = f" {normalize(window)} "
    if any(f" {normalize(gold.text)} " in lowered for gold in item.question.golds):
        return None
    return Example(kind, item.question.text, window)


def retrieved(
    chosen: Sequence[Item],
    paragraphs: Sequence[str],
    count: CountPieces,
    draw_size: Callable[[random.Random], int],
    rng: random.Random,
) -> Iterator[Example]:
    """For each question a window of one of the best paragraphs that lack its answer (BM25)."""
    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: Sequence[str]) -> list[list[str]]:
        split = bm25s.tokenize(
            list(texts), stopwords="en", stemmer=stemmer, return_ids=False, show_progress=False
        )
        return [list(words) for words in split]

    ranker = bm25s.BM25()
    ranker.index(tokens(paragraphs), show_progress=False)
    ranks, _ = ranker.retrieve(
        tokens([item.question.text for item in chosen]), k=RETRIEVED + 1, show_progress=False
    )
    for item, row in zip(chosen, ranks, strict=True):
        candidates = [paragraphs[i] for i in row if paragraphs[i] != item.paragraph.text]
        # The better the rank, the likelier.
        text = next((t for t in candidates if rng.random() < 0.4), candidates[0])
        words = set(normalize(item.question.text).split())
        pieces = [text[slice(*b)] for b in windows(text, count, draw_size(rng))]
        best = max(pieces, key=lambda p: len(words & set(normalize(p).split())))
        example = _wrong("retrieved", item, best)
        if example is not None:
            yield example


def hardest(
    candidates: Sequence[Example],
    quota: int,
    model: Model,
    tokenizer: Tokenizer,
    rng: random.Random,
) -> list[Example]:
    """The ``quota`` examples on which the reader comes nearest to a false answer."""
    if len(candidates) <= quota:
        return list(candidates)
    readings = read(model, tokenizer, [(e.question, e.window) for e in candidates])
    ranked = sorted(
        range(len(candidates)),
        key=lambda i: readings[i].margin + rng.gauss(0, MARGIN_NOISE),
        reverse=True,
    )
    return [candidates[i] for i in ranked[:quota]]
