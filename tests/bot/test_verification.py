from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.ledger import AnswerRecord
from bot.verification import Standing, Verification
from index.types import Answer, Span
from tests.bot.scripted import answered, document, not_found

SOURCE = document()
SENTENCE = Span(0, 47)


def record(answer: Answer) -> AnswerRecord:
    return AnswerRecord("a" * 12, 1.0, "u", 1, 2, "m:3", False, "mention", answer)


def test_an_answer_is_as_good_as_the_worst_of_its_quotes() -> None:
    quoting = record(answered(SOURCE, quote=SENTENCE, count=2))
    today = {
        "same": SOURCE,
        "moved": document("A new beginning. " + SOURCE.text),
        "changed": document(SOURCE.text.replace("1894", "1895")),
        "gone": None,
    }
    found = Verification()
    for source in today.values():
        found.add([quoting], {SOURCE.id: source}.get)
    found.add([record(not_found(SOURCE))], lambda _: None)  # quotes nothing
    assert found.counts == Counter(Standing)
    assert found.answers == 4
    assert [fallen.standing for fallen in found.fallen] == [Standing.CHANGED, Standing.GONE]


def test_one_lost_quote_among_several_is_enough() -> None:
    answer = answered(SOURCE, quote=SENTENCE, count=2)
    lost = replace(answer.citations[1], document_id="lost.txt")
    found = Verification()
    found.add(
        [record(replace(answer, citations=(answer.citations[0], lost)))],
        {SOURCE.id: SOURCE}.get,
    )
    assert [fallen.standing for fallen in found.fallen] == [Standing.GONE]
