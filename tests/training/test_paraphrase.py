"""Sentences in fewer words, and made to say something else."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from training import paraphrase, perturb

SENTENCE = "However, the harbour (a large one) was opened in 1894 by Ada Quill, while others slept."
EVIDENCE = "The harbour was opened in 1894 by Ada Quill, not by Tom Reed. It closed in 1951."


def rngs() -> list[random.Random]:
    return [random.Random(seed) for seed in range(12)]


def test_shortening_adds_nothing() -> None:
    made = {paraphrase.shorten(SENTENCE, rng) for rng in rngs()}
    assert "The harbour was opened in 1894 by Ada Quill." in made
    known = {*SENTENCE.lower().strip(".").replace(",", "").split(), *paraphrase.SYNONYMS.values()}
    assert all(set(text.lower().strip(".").replace(",", "").split()) <= known for text in made)


def test_an_exchange_changes_one_detail() -> None:
    claim = "The harbour was opened in 1894 by Ada Quill."
    pool = perturb.pool([EVIDENCE, "Mary Finch came in 1920."], [])
    for rng in rngs():
        changed = paraphrase.exchange(claim, EVIDENCE, pool, rng)
        assert changed and changed != claim
        assert ("1894" in changed) != ("Ada Quill" in changed)
    assert paraphrase.exchange("It rained.", EVIDENCE, pool, random.Random(0)) is None


def test_a_swap_keeps_all_words() -> None:
    claim = "Ada Quill wrote to Tom Reed."
    assert paraphrase.swap(claim, random.Random(0)) == "Tom Reed wrote to Ada Quill."
    assert paraphrase.swap("It rained.", random.Random(0)) is None


def test_negation_goes_both_ways() -> None:
    rng = random.Random(1)
    assert paraphrase.negate("It was not open.", rng) == "It was open."
    made = {paraphrase.negate("It was open.", rng) for rng in rngs()}
    assert {"It was not open.", "It was never open."} <= made
    assert paraphrase.negate("Rain fell.", rng) is None


def test_opposites_and_boldness() -> None:
    rng = random.Random(0)
    assert paraphrase.oppose("The first ship sank.", "the first ship", rng) == "The last ship sank."
    assert paraphrase.oppose("The first ship sank.", "a ship", rng) is None
    assert paraphrase.embolden("Some members may leave.", rng) in {
        "All members may leave.",
        "Some members will leave.",
        "Some members will certainly leave.",
    }
    assert paraphrase.embolden("It rained.", rng) is None


def test_attempts_and_opinions_become_facts() -> None:
    rng = random.Random(3)
    made = {paraphrase.embolden("She planned to build a dam.", rng) for rng in rngs()}
    assert "She built a dam." in made
    assert paraphrase.embolden("Holt argued that it leaked.", rng) == "It leaked."


def test_stitching_takes_the_subject_of_one_and_the_rest_of_the_other() -> None:
    one, other = "The dam was opened by Osric.", "Kardun is the largest town."
    assert paraphrase.stitch(one, other) == "The dam is the largest town."
    assert paraphrase.stitch("It was opened.", other) is None


def test_padding_adds_to_the_claim() -> None:
    pool = perturb.pool([EVIDENCE], [])
    aside = paraphrase.asides("The dam, which Osric opened, leaked.")
    assert aside == [", which Osric opened"]
    for rng in rngs():
        padded = paraphrase.pad("It closed.", aside, pool, EVIDENCE, rng)
        assert padded.startswith("It closed") and len(padded) > len("It closed.")


@given(st.text(max_size=120), st.integers(0, 9))
def test_any_text_is_taken(text: str, seed: int) -> None:
    rng = random.Random(seed)
    paraphrase.shorten(text, rng)
    paraphrase.negate(text, rng)
    paraphrase.oppose(text, text, rng)
    paraphrase.embolden(text, rng)
    paraphrase.swap(text, rng)
