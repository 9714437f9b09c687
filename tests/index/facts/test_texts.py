"""The sheets of texts of other genres, scripts and languages, and of none at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.facts.proof import faults
from index.facts.storage import read_sheets, write_sheets
from index.facts.types import DetailKind, FactKind, FactSheet, SummaryLength
from index.types import Document
from tests.index.facts.conftest import MakeSheet, written


def _check(document: Document, sheet: FactSheet) -> None:
    for fact in (*sheet.facts, *sheet.timeline):
        assert faults(document, fact) == []
    for length in SummaryLength:
        spans = sheet.summarise(length)
        assert list(spans) == sorted(spans)
        assert all(document.text[start:end].strip() for start, end in spans)
    assert set(sheet.timeline) <= set(sheet.facts)


def test_every_entry_of_every_text_is_proven(
    texts: list[Document], make: MakeSheet, tmp_path: Path
) -> None:
    sheets = [make(document) for document in texts]
    for document, sheet in zip(texts, sheets, strict=True):
        _check(document, sheet)
    write_sheets(tmp_path, sheets)
    assert read_sheets(tmp_path, {d.id: d for d in texts}) == {s.document_id: s for s in sheets}


SCRIPTS = {
    "chinese": "北京会议\n王毅外长于2025年3月27日在北京表示：「我们希望和平。」参加者有120人。",
    "arabic": "اجتماع في القاهرة\nقال الوزير إن الاجتماع سيعقد في 9 أبريل 2025 بحضور 40 شخصا.",
    "russian": "Встреча в Москве\nПрезидент заявил 27 марта 2025 года: «Мы за мир и за торговлю».",
    "greek": "Η συνάντηση\nΗ συνάντηση έγινε στις 27 Μαρτίου 2025 στην Αθήνα με 12 υπουργούς.",
    "thai": "การประชุม\nการประชุมจัดขึ้นเมื่อวันที่ 27 มีนาคม 2025 ที่กรุงเทพฯ",
    "hindi": "बैठक\nबैठक 27 मार्च 2025 को दिल्ली में हुई। इसमें 40 लोग थे।",
    "marks only": "— … “” ‘’ 1\n\n***\n- a",
    "numbers": "1 2 3 4.5 6,7 8% £ £1 $2bn 99999999999999999999 1e9 0x10 -5 +3 1/2 31.02.2025",
    "brackets": "[1] (@a) “((” „ ” « » <b> | a | b |\n| - | - |",
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=list(SCRIPTS))
def test_other_scripts_do_not_fail(make: MakeSheet, text: str) -> None:
    document = written(text)
    _check(document, make(document))


def test_dates_are_read_in_other_languages(make: MakeSheet) -> None:
    german = written(
        "Der Vertrag\nDer Vertrag wurde am 9. April 2025 in Wien geschlossen und gilt seit Mai. "
        "Die Kosten stiegen von 1.200,50 Euro auf 1.800 Euro, und das ist nicht alles.",
        language="de",
    )
    sheet = make(german)
    assert [f.value for f in sheet.of(FactKind.DATE)] == ["2025-04-09", None]
    figures = {f.name.text: f.value for f in sheet.of(FactKind.FIGURE)}
    assert figures == {"1.200,50 Euro": "1200.5", "1.800 Euro": "1800"}
    assert [f.name.text for f in sheet.of(FactKind.PLACE)] == ["Wien"]
    chinese = make(written(SCRIPTS["chinese"]))
    assert [f.value for f in chinese.of(FactKind.DATE)] == ["2025-03-27"]


def test_a_text_without_people_dates_or_figures(make: MakeSheet, texts: list[Document]) -> None:
    (moss,) = [document for document in texts if document.id == "moss.txt"]
    sheet = make(moss)
    assert sheet.facts == () and sheet.timeline == ()
    assert len(sheet.summary) == 8


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.one_of(
            st.text(max_size=60),
            st.sampled_from(
                [
                    "President Anna Berg, head of the Bank, ",
                    "“It is done,” said Mr Berg.\n",
                    "on 31 February 2025 ",
                    "from 20% to 30% on the EU ",
                    "last week\n",
                    "— News (@n) May 3, 2024\n",
                    "- 3 kg of apples\n",
                    "in Paris; Rome and, Oslo. ",
                ]
            ),
        ),
        max_size=12,
    ),
    st.one_of(st.none(), st.dates(date(1000, 1, 8), date(9998, 1, 1))),
)
def test_any_text_gives_a_proven_sheet(
    make: MakeSheet, pieces: list[str], published: date | None
) -> None:
    text = "".join(pieces)
    if not any(char.isalnum() for char in text):
        text += "word"
    document = written(text, published=published)
    _check(document, make(document))


def test_relative_dates_are_shown_as_both(make: MakeSheet) -> None:
    text = (
        "The vote\nLast week the council met on Tuesday. It will vote on 2 May. In March it had "
        "agreed to wait until next month. The hall was built in 1931 and closed in the 1980s."
    )
    sheet = make(written(text, published=date(2025, 4, 17)))
    found = {f.name.text: (f.value, f.relative) for f in sheet.of(FactKind.DATE)}
    assert found == {
        "Last week": ("2025-04-07/2025-04-13", True),
        "Tuesday": ("2025-04-15", True),
        "2 May": ("2025-05-02", True),
        "March": ("2025-03", True),
        "next month": ("2025-05", True),
        "1931": ("1931", False),
        "1980s": ("1980-01-01/1989-12-31", False),
    }
    events = {f.name.text: f.texts(DetailKind.EVENT) for f in sheet.of(FactKind.DATE)}
    assert events["2 May"] == ("It will vote on 2 May",)
