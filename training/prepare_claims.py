"""Make claims to train and test the checker.

    python -m training.prepare_claims --squad squad-train.json.gz --squad2 squad2-dev24.json.gz \\
        --out runs/claims

Of SQuAD 2.0 only the training articles are read: their answerable questions, and their near
misses with what the reader takes for the answer. Of SQuAD 1.1 every fifth article teaches nothing:
claims made of one half of those go to ``calibration.jsonl.gz`` in ``--out``, of the other half to
``reporting.jsonl.gz``, for figures alone; the rest to ``teaching.jsonl.gz``. ``--natural`` adds
claims written by people (JSON lines with ``id``, ``claim``, ``gold_context``, ``raw_label``): those
of the teaching part, see training/natural.py. ``--written`` adds claims written for this project,
over SQuAD's paragraphs and those of ``--texts``, see training/written_claims.py; those to calibrate
and to report go to ``written-calibration.jsonl.gz`` and ``written-reporting.jsonl.gz``.
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
from training.texts import load_texts
from training.windows import windows
from training.written_claims import load_written

#: How many of each kind, for 50,800 in all.
QUOTAS = {
    "answer, true": 10_500,
    "answer, wrong": 4_500,
    "question, exchanged": 1_800,
    "answer, negated": 1_200,
    "answer, opposed": 1_000,
    "answer, withheld": 4_000,
    "two answers, true": 1_800,
    "two answers, one wrong": 1_000,
    "two answers, one unsaid": 2_200,
    "sentence, true": 4_500,
    "sentence, exchanged": 1_500,
    "sentence, swapped": 1_200,
    "sentence, negated": 1_000,
    "sentence, opposed": 900,
    "sentence, emboldened": 900,
    "sentence, withheld": 1_200,
    "answer, swapped": 1_200,
    "answer, padded": 2_600,
    "sentence, padded": 1_800,
    "sentences, stitched": 1_400,
    "answer, another verb": 2_600,
    "sentence, another verb": 2_000,
}
#: Claims to calibrate by, and as many to report; of these articles of SQuAD, by number modulo 10.
HELD_OUT = 1_200
CALIBRATION, REPORTING = 5, 0
NATURAL_TIMES = 4
WRITTEN_TIMES = 2


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
    parser.add_argument("--written", type=Path, help="claims of our own, JSON lines")
    parser.add_argument("--texts", type=Path, help="our own texts, JSON lines")
    parser.add_argument("--reader", type=Path, default=WEIGHTS / "reader.int8.onnx")
    parser.add_argument("--tokenizer", type=Path, default=WEIGHTS / "tokenizer.json")
    parser.add_argument("--out", type=Path, required=True, help="folder to write into")
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()

    rng = random.Random(arguments.seed)
    tokenizer = load_tokenizer(arguments.tokenizer)
    squad = load_squad(arguments.squad)
    people = [a for a in load_squad(arguments.squad2) if a.title in TRAINING]
    statements = Statements.learn(p.text for a in squad for p in a.paragraphs)
    makers = ClaimMakers(statements, piece_counter(tokenizer), draw_size)
    taught = [a for i, a in enumerate(squad) if i % 10 not in {CALIBRATION, REPORTING}]

    claims = made(items([*taught, *people]), makers, arguments.scale, rng)
    claims += near_misses(people, statements, OnnxModel(arguments.reader, 1), tokenizer, rng)
    if arguments.natural:
        claims += load_natural(arguments.natural, Part.TEACHING) * NATURAL_TIMES
    parts: dict[str, list[Claim]] = {Part.TEACHING: claims}
    if arguments.written:
        texts = [*squad, *(load_texts(arguments.texts) if arguments.texts else ())]
        count = piece_counter(tokenizer)
        for _ in range(WRITTEN_TIMES):  # each time with windows of its own
            claims += load_written(arguments.written, texts, Part.TEACHING, count, draw_size, rng)
        for part in (Part.CALIBRATION, Part.REPORTING):
            own = load_written(arguments.written, texts, part, count, draw_size, rng)
            parts[f"written-{part}"] = own
    for part, offset in ((Part.CALIBRATION, CALIBRATION), (Part.REPORTING, REPORTING)):
        held = items(squad[offset::10])
        parts[part] = made(held, makers, HELD_OUT / sum(QUOTAS.values()), rng)

    arguments.out.mkdir(parents=True, exist_ok=True)
    for name, some in parts.items():
        rng.shuffle(some)
        save_claims(some, arguments.out / f"{name}.jsonl.gz")
    for kind, number in sorted(Counter(c.kind for c in claims).items()):
        print(f"{number:6d}  {kind}")
    supported = sum(c.label == SUPPORTED for c in claims)
    print(f"{len(claims):6d}  in all, {supported} supported")


if __name__ == "__main__":
    main()
