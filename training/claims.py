"""Claims with evidence, for the checker: what a text bears out, denies, or does not say.

Claims come from questions with their answers, turned into statements, and from sentences in fewer
words; false ones from both, with an answer, a name, a number or the polarity exchanged; ones that
are not found by withholding the sentence that says it.
"""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from training import paraphrase, perturb
from training.metrics import normalize
from training.mine import Item
from training.statements import Statements
from training.windows import CountPieces, sentences, window_around, windows

#: In the order of the checker's outputs.
LABELS = ("supported", "contradicted", "not_found")
SUPPORTED, CONTRADICTED, NOT_FOUND = LABELS

SENTENCE_CHARS = (40, 300)
TITLED = 0.25


@dataclass(frozen=True, slots=True)
class Claim:
    """What ``evidence`` says to ``claim``: one of LABELS. ``kind`` tells how it was made."""

    kind: str
    claim: str
    evidence: str
    label: str


Maker = Callable[[Item, random.Random], Claim | None]


class ClaimMakers:
    """The ways in which claims are made of an answerable question and its paragraph, by kind.

    ``draw_size`` gives the size of the evidence in word pieces.
    """

    def __init__(
        self,
        statements: Statements,
        count: CountPieces,
        draw_size: Callable[[random.Random], int],
    ) -> None:
        self._statements = statements
        self._count = count
        self._draw_size = draw_size
        self.by_kind: dict[str, Maker] = {
            "answer, true": self.true_answer,
            "answer, wrong": self.wrong_answer,
            "question, exchanged": self.exchanged_question,
            "answer, negated": self.negated_answer,
            "answer, opposed": self.opposed_answer,
            "answer, withheld": self.withheld_answer,
            "two answers, true": self.two_true,
            "two answers, one wrong": self.half_true,
            "two answers, one unsaid": self.half_said,
            "sentence, true": self.true_sentence,
            "sentence, exchanged": self.exchanged_sentence,
            "sentence, swapped": self.swapped_sentence,
            "sentence, negated": self.negated_sentence,
            "sentence, opposed": self.opposed_sentence,
            "sentence, emboldened": self.emboldened_sentence,
            "sentence, withheld": self.withheld_sentence,
            "answer, swapped": self.swapped_answer,
            "answer, padded": self.padded_answer,
            "sentence, padded": self.padded_sentence,
            "sentences, stitched": self.stitched_sentences,
            "answer, another verb": self.verb_of_answer,
            "sentence, another verb": self.verb_of_sentence,
        }

    def true_answer(self, item: Item, rng: random.Random) -> Claim | None:
        stated = self._state(item, item.question.text)
        evidence = self._evidence(item, rng)
        return Claim("answer, true", stated, evidence, SUPPORTED) if stated else None

    def wrong_answer(self, item: Item, rng: random.Random) -> Claim | None:
        """Another answer of its sort: of the same evidence, the same paragraph or the article."""
        evidence = self._evidence(item, rng)
        wrong = self._wrong_answer(item, evidence, rng)
        stated = wrong and self._statements.state(item.question.text, wrong)
        return Claim("answer, wrong", stated, evidence, CONTRADICTED) if stated else None

    def exchanged_question(self, item: Item, rng: random.Random) -> Claim | None:
        evidence = self._evidence(item, rng)
        changed = perturb.exchange_in_question(
            item.question.text, evidence, _answer(item), item.pool, rng
        )
        stated = changed and self._state(item, changed)
        return Claim("question, exchanged", stated, evidence, CONTRADICTED) if stated else None

    def negated_answer(self, item: Item, rng: random.Random) -> Claim | None:
        stated = self._state(item, item.question.text)
        changed = stated and paraphrase.negate(stated, rng)
        evidence = self._evidence(item, rng)
        return Claim("answer, negated", changed, evidence, CONTRADICTED) if changed else None

    def opposed_answer(self, item: Item, rng: random.Random) -> Claim | None:
        stated, evidence = self._state(item, item.question.text), self._evidence(item, rng)
        changed = stated and (
            paraphrase.oppose(stated, evidence, rng) or perturb.oppose(stated, rng)
        )
        return Claim("answer, opposed", changed, evidence, CONTRADICTED) if changed else None

    def withheld_answer(self, item: Item, rng: random.Random) -> Claim | None:
        """Evidence from the same paragraph that shares words with the claim, but not its answer."""
        stated = self._state(item, item.question.text)
        evidence = stated and self._elsewhere(item, stated, item.answer, rng)
        if not evidence or normalize(_answer(item)) in normalize(evidence):
            return None
        return Claim("answer, withheld", stated or "", evidence, NOT_FOUND)

    def two_true(self, item: Item, rng: random.Random) -> Claim | None:
        made = self._two(item, rng)
        return made and Claim("two answers, true", paraphrase.join(*made[:2]), made[2], SUPPORTED)

    def half_true(self, item: Item, rng: random.Random) -> Claim | None:
        """Two statements, the second one wrong."""
        made = self._two(item, rng)
        if made is None:
            return None
        one, other, evidence = made
        wrong = paraphrase.exchange(other, evidence, item.pool, rng)
        if wrong is None:
            return None
        pair = (one, wrong) if rng.random() < 0.5 else (wrong, one)
        return Claim("two answers, one wrong", paraphrase.join(*pair), evidence, CONTRADICTED)

    def half_said(self, item: Item, rng: random.Random) -> Claim | None:
        """Two statements of the paragraph, and evidence that says only one of them."""
        one = self._state(item, item.question.text)
        others = [q for q in item.paragraph.questions if q.golds and q.id != item.question.id]
        if one is None or not others:
            return None
        other = rng.choice(others)
        evidence = self._evidence(item, rng)
        unsaid = self._statements.state(other.text, other.golds[0].text)
        if unsaid is None or normalize(other.golds[0].text) in normalize(evidence):
            return None
        pair = (one, unsaid) if rng.random() < 0.7 else (unsaid, one)
        return Claim("two answers, one unsaid", paraphrase.join(*pair), evidence, NOT_FOUND)

    def true_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        made = self._sentence(item, rng)
        return made and Claim("sentence, true", made[0], made[1], SUPPORTED)

    def exchanged_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        return self._changed(
            item, rng, "sentence, exchanged", lambda c, e: paraphrase.exchange(c, e, item.pool, rng)
        )

    def swapped_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        return self._changed(item, rng, "sentence, swapped", lambda c, _: paraphrase.swap(c, rng))

    def negated_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        return self._changed(item, rng, "sentence, negated", lambda c, _: paraphrase.negate(c, rng))

    def opposed_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        return self._changed(
            item, rng, "sentence, opposed", lambda c, e: paraphrase.oppose(c, e, rng)
        )

    def emboldened_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        return self._changed(
            item, rng, "sentence, emboldened", lambda c, _: paraphrase.embolden(c, rng)
        )

    def withheld_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        made = self._sentence(item, rng)
        if made is None:
            return None
        evidence = self._elsewhere(item, made[0], made[2], rng)
        return Claim("sentence, withheld", made[0], evidence, NOT_FOUND) if evidence else None

    def swapped_answer(self, item: Item, rng: random.Random) -> Claim | None:
        """Names, or numbers, of a true statement in each other's place."""
        stated, evidence = self._state(item, item.question.text), self._evidence(item, rng)
        changed = stated and paraphrase.swap(stated, rng)
        return Claim("answer, swapped", changed, evidence, CONTRADICTED) if changed else None

    def padded_answer(self, item: Item, rng: random.Random) -> Claim | None:
        """A true statement with something more, that its evidence does not say."""
        stated, evidence = self._state(item, item.question.text), self._evidence(item, rng)
        return self._padded("answer, padded", item, stated, evidence, rng) if stated else None

    def padded_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        made = self._sentence(item, rng)
        return made and self._padded("sentence, padded", item, made[0], made[1], rng)

    def _padded(
        self, kind: str, item: Item, claim: str, evidence: str, rng: random.Random
    ) -> Claim | None:
        text = item.paragraph.text
        # The same paragraph is on the same matter; a sentence's own aside is in its evidence.
        unsaid = [text[slice(*b)] for b in sentences(text) if text[slice(*b)] not in evidence]
        others = [clause for sentence in unsaid for clause in paraphrase.asides(sentence)]
        padded = paraphrase.pad(claim, others, item.pool, evidence, rng)
        return None if padded in evidence else Claim(kind, padded, evidence, NOT_FOUND)

    def verb_of_answer(self, item: Item, rng: random.Random) -> Claim | None:
        """A true statement with a verb of another sentence of the paragraph."""
        stated, evidence = self._state(item, item.question.text), self._evidence(item, rng)
        changed = stated and paraphrase.other_verb(stated, evidence, item.paragraph.text, rng)
        return Claim("answer, another verb", changed, evidence, NOT_FOUND) if changed else None

    def verb_of_sentence(self, item: Item, rng: random.Random) -> Claim | None:
        made = self._sentence(item, rng)
        if made is None:
            return None
        changed = paraphrase.other_verb(made[0], made[1], item.paragraph.text, rng)
        return Claim("sentence, another verb", changed, made[1], NOT_FOUND) if changed else None

    def stitched_sentences(self, item: Item, rng: random.Random) -> Claim | None:
        """The subject of one sentence and what the next one says of another, both in evidence."""
        text = item.paragraph.text
        bounds = sentences(text)
        if len(bounds) < 2:
            return None
        at = rng.randrange(len(bounds) - 1)
        pair = [text[slice(*b)] for b in bounds[at : at + 2]]
        evidence = " ".join(pair)
        if rng.random() < 0.5:
            pair.reverse()
        stitched = paraphrase.stitch(*pair)
        if stitched is None or self._count(evidence) > 75:
            return None
        claim = paraphrase.shorten(stitched, rng)
        return Claim("sentences, stitched", claim, evidence, CONTRADICTED)

    def _state(self, item: Item, question: str) -> str | None:
        return self._statements.state(question, _answer(item))

    def _evidence(self, item: Item, rng: random.Random) -> str:
        return self._around(item, item.answer, rng)

    def _around(self, item: Item, must: tuple[int, int], rng: random.Random) -> str:
        """Evidence that holds ``must``, now and then under the title of its article."""
        text = item.paragraph.text
        first, last = window_around(text, must, self._draw_size(rng), self._count, rng)
        title = item.title.replace("_", " ") + ". " if rng.random() < TITLED else ""
        return title + text[first:last]

    def _wrong_answer(self, item: Item, evidence: str, rng: random.Random) -> str | None:
        right = _answer(item)
        found = perturb.details(right)
        if found and rng.random() < 0.6:
            changed = paraphrase.exchange(right, evidence, item.pool, rng)
            if changed:
                return changed
        opening = item.question.text.lower().split()[:2]
        sort = found[0].kind if found else None
        others = [
            gold.text
            for question in item.paragraph.questions
            for gold in question.golds[:1]
            if _sort(gold.text) == sort
            and (sort is not None or question.text.lower().split()[:2] == opening)
        ]
        words = set(normalize(right).split())
        fitting = [o for o in others if words.isdisjoint(normalize(o).split())]
        return rng.choice(fitting) if fitting else None

    def _elsewhere(
        self, item: Item, claim: str, held: tuple[int, int], rng: random.Random
    ) -> str | None:
        """The part of the paragraph without the characters ``held`` that is likest the claim."""
        text = item.paragraph.text
        pieces = [
            text[a:b]
            for a, b in windows(text, self._count, self._draw_size(rng))
            if b <= held[0] or a >= held[1]
        ]
        if not pieces:
            return None
        words = {w for w in normalize(claim).split() if len(w) > 3}
        return max(pieces, key=lambda p: len(words & set(normalize(p).split())))

    def _two(self, item: Item, rng: random.Random) -> tuple[str, str, str] | None:
        """Statements of two questions of the paragraph, and evidence that holds both answers."""
        one = self._state(item, item.question.text)
        others = [q for q in item.paragraph.questions if q.golds and q.id != item.question.id]
        if one is None or not others:
            return None
        other = rng.choice(others)
        gold = other.golds[0]
        stated = self._statements.state(other.text, gold.text)
        bounds = (
            min(item.answer[0], gold.start),
            max(item.answer[1], gold.start + len(gold.text)),
        )
        first, last = window_around(item.paragraph.text, bounds, 1, self._count, rng)
        evidence = item.paragraph.text[first:last]
        if stated is None or self._count(evidence) > 75 or gold.text == _answer(item):
            return None
        return one, stated, evidence

    def _sentence(self, item: Item, rng: random.Random) -> tuple[str, str, tuple[int, int]] | None:
        """A sentence in fewer words, evidence that holds it, and its bounds."""
        text = item.paragraph.text
        fitting = [
            b for b in sentences(text) if SENTENCE_CHARS[0] <= b[1] - b[0] <= SENTENCE_CHARS[1]
        ]
        if not fitting:
            return None
        bounds = rng.choice(fitting)
        claim = paraphrase.shorten(text[slice(*bounds)], rng)
        return claim, self._around(item, bounds, rng), bounds

    def _changed(
        self,
        item: Item,
        rng: random.Random,
        kind: str,
        change: Callable[[str, str], str | None],
    ) -> Claim | None:
        made = self._sentence(item, rng)
        changed = made and change(made[0], made[1])
        if made is None or not changed or changed == made[0] or changed in made[1]:
            return None
        return Claim(kind, changed, made[1], CONTRADICTED)


def _answer(item: Item) -> str:
    return item.paragraph.text[slice(*item.answer)]


def _sort(answer: str) -> str | None:
    found = perturb.details(answer)
    return found[0].kind if found else None


def save_claims(claims: Iterable[Claim], path: Path) -> None:
    """One JSON object a line, gzipped with no time stamp: the same claims, the same bytes."""
    lines = "".join(json.dumps(asdict(c), ensure_ascii=False) + "\n" for c in claims)
    path.write_bytes(gzip.compress(lines.encode("utf-8"), mtime=0))


def load_claims(path: Path) -> list[Claim]:
    return list(_read(path))


def _read(path: Path) -> Iterator[Claim]:
    for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines():
        yield Claim(**json.loads(line))
