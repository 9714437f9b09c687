"""Make claims to train and test the checker.

    python -m training.prepare_claims --squad squad-train.json.gz --squad2 squad2-dev24.json.gz \\
        --out runs/claims.jsonl.gz --held-out runs/claims-held.jsonl.gz

Of SQuAD 2.0 only the training articles are read: their answerable questions, and their near
misses with what the reader takes for the answer. Every tenth article of SQuAD is held out; claims
made of it go to ``--held-out``, for figures alone. ``--natural`` adds claims written by people
(JSON lines with ``id``, ``claim``, ``gold_context``, ``label``): those of the training part of the
developing half, see training/natural.py.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tokenizers import Tokenizer

from training.claims import NOT_FOUND, SUPPORTED, Claim, ClaimMakers, save_claims
from training.mine import Item, items
from training.natural import Part, load_natural
from training.prepare import WEIGHTS, piece_counter
from training.reading import Model, OnnxModel, load_tokenizer, read
from training.squad import TRAINING, Article, load_squad
from training.statements import Statements
from training.windows import windows

#: How many of each kind, for 45,000 in all.
QUOTAS = {
    "answer, true": 9_500,
    "answer, wrong": 5_000,
    "question, exchanged": 2_200,
    "answer, negated": 1_500,
    "answer, opposed": 1_000,
    "answer, withheld": 4_500,
    "two answers, true": 1_200,
    "two answers, one wrong": 1_000,
    "sentence, true": 4_500,
    "sentence, exchanged": 2_000,
    "sentence, swapped": 1_200,
    "sentence, negated": 1_000,
    "sentence, opposed": 900,
    "sentence, emboldened": 900,
    "sentence, withheld": 1_200,
    "answer, swapped": 1_200,
    "answer, padded": 1_600,
    "sentence, padded": 1_000,
    "sentences, stitched": 1_200,
}
HELD_OUT = 1_200
HELD_OUT_EVERY = 10
NATURAL_TIMES = 4


def draw_size(rng: random.Random) -> int:
    """Word pieces of evidence: a sentence, or a few."""
    return rng.choice((1, 1, rng.randint(30, 75)))


def made(
    pool: Sequence[Item], makers: ClaimMakers, scale: float, rng: random.Random
) -> list[Claim]:
    """Claims by QUOTAS, as far as ``pool`` goes."""
    result: list[Claim] = []
    for kind, full in QUOTAS.items():
        wanted = round(full * scale)
        for item in rng.sample(pool, len(pool)):
            if wanted == 0:
                break
            claim = makers.by_kind[kind](item, rng)
            if claim is not None and len(claim.claim) < 300:
                result.append(claim)
                wanted -= 1
    return result


def near_misses(
    articles: Sequence[Article],
    statements: Statements,
    model: Model,
    tokenizer: Tokenizer,
    rng: random.Random,
) -> list[Claim]:
    """Near misses that people wrote, answered with what a reader falls for."""
    count = piece_counter(tokenizer)
    asked = [
        (question.text, paragraph.text[slice(*rng.choice(pieces))])
        for article in articles
        for paragraph in article.paragraphs
        for question in paragraph.questions
        if question.impossible and (pieces := windows(paragraph.text, count, 75))
    ]
    result = []
    for (question, window), reading in zip(asked, read(model, tokenizer, asked), strict=True):
        stated = statements.state(question, window[reading.start : reading.end])
        if stated is not None and reading.end - reading.start < 80:
            result.append(Claim("near miss", stated, window, NOT_FOUND))
    return result


def main() -> None:
    parser = argparse.ArgumentParser(prog="training.prepare_claims", description=__doc__)
    parser.add_argument("--squad", type=Path, required=True, help="SQuAD 1.1 train")
    parser.add_argument("--squad2", type=Path, required=True, help="SQuAD 2.0 dev")
    parser.add_argument("--natural", type=Path, help="claims written by people, JSON lines")
    parser.add_argument("--reader", type=Path, default=WEIGHTS / "reader.int8.onnx")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held-out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    rng = random.Random(arguments.seed)
    tokenizer = load_tokenizer(arguments.tokenizer)
    squad = load_squad(arguments.squad)
    people = [a for a in load_squad(arguments.squad2) if a.title in TRAINING]
    statements = Statements.learn(p.text for a in squad for p in a.paragraphs)
    makers = ClaimMakers(statements, piece_counter(tokenizer), draw_size)
    held = items(squad[::HELD_OUT_EVERY])
    taught = items([a for i, a in enumerate(squad) if i % HELD_OUT_EVERY])

    claims = made([*taught, *items(people)], makers, arguments.scale, rng)
    claims += near_misses(people, statements, OnnxModel(arguments.reader, 1), tokenizer, rng)
    if arguments.natural:
        claims += load_natural(arguments.natural, Part.TEACHING) * NATURAL_TIMES
    rng.shuffle(claims)
    held_out = made(held, makers, HELD_OUT / sum(QUOTAS.values()), rng)
    rng.shuffle(held_out)

    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_claims(claims, arguments.out)
    save_claims(held_out, arguments.held_out)
    for kind, number in sorted(Counter(c.kind for c in claims).items()):
        print(f"{number:6d}  {kind}")
    supported = sum(c.label == SUPPORTED for c in claims)
    print(f"{len(claims):6d}  in all, {supported} supported; {len(held_out)} held out")


if __name__ == "__main__":
    main()
