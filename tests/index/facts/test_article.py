"""The shipped article against a list made by hand: what its fact sheet must hold, and no more."""

from __future__ import annotations

from collections.abc import Iterable

from index.facts.types import DetailKind, FactKind, FactSheet
from index.types import Document

PEOPLE = {
    "Marco Rubio": {"US Secretary of State", "US Secetary of State"},
    "Steve Witkoff": {
        "special envoy",
        "US President Donald Trump’s special envoy tasked with ending the war in Ukraine and talks "
        "with Iran",
    },
    "Emmanuel Macron": {"French President"},
    "Jean-Noël Barrot": {"Foreign Minister"},
    "Donald Trump": {"US President"},
    "Vladimir Putin": {"Russian President"},
    "Kirill Dmitriev": {"head of the Russian Direct Investment Fund"},
    "Keith Kellogg": {"General"},
    "JD Vance": {"US Vice President"},
    "Evelyn Hockstein": set(),
}
ALIASES = {
    "Steve Witkoff": {"Witkoff", "envoy"},
    "Marco Rubio": {"Rubio"},
    "Emmanuel Macron": {"Macron", "French president"},
    "Donald Trump": {"Trump"},
}
REGIONS = {"Donetsk", "Lugansk", "Kherson", "Zaporozhye"}
PLACES = REGIONS | {
    "France", "Ukraine", "Iran", "Africa", "Europe", "Kiev", "Moscow", "US", "Washington",
    "Russia", "China", "Japan", "South Korea", "Canada", "Mexico", "Latin America",
}  # fmt: skip
ORGANISATIONS = {"Russian Direct Investment Fund", "White House", "Financial Times", "EU", "AFP"}
DATES = {"later this week", "March 27, 2025", "February", "Last week", "April 9"}
#: Name, what it measures, whom it is for, earlier values, the later value.
TARIFFS = {
    ("10%", "reciprocal tariff", None, ("20%", "24%", "25%"), None),
    ("20%", "previous rates", "the EU", (), "10%"),
    ("24%", "previous rates", "Japan", (), "10%"),
    ("25%", "previous rates", "South Korea", (), "10%"),
    ("up to 25%", "tariffs", "Canada and Mexico", (), None),
}
OTHER_FIGURES = {"3-4 weeks", "four contested regions", "90 days", "90-day"}
QUOTATIONS = {
    (
        "another step in the negotiating process towards a ceasefire",
        "the White House press secretary",
    ),
    ("frustration", "the White House press secretary"),
    ("fragile", "Macron"),
}


def _names(sheet: FactSheet, kind: FactKind) -> list[str]:
    return [fact.name.text for fact in sheet.of(kind)]


def _one(texts: Iterable[str]) -> str | None:
    return next(iter(texts), None)


def test_precision_and_recall(article_sheet: FactSheet) -> None:
    """Every entry of every kind; run with ``-s`` to see the table."""
    gold = {
        FactKind.PERSON: set(PEOPLE),
        FactKind.PLACE: PLACES,
        FactKind.ORGANISATION: ORGANISATIONS,
        FactKind.DATE: DATES,
        FactKind.FIGURE: {row[0] for row in TARIFFS} | OTHER_FIGURES,
        FactKind.QUOTATION: {quote for quote, _ in QUOTATIONS},
    }
    print("\nkind           precision  recall")
    for kind, expected in gold.items():
        found = _names(article_sheet, kind)
        right = [name for name in found if name in expected]
        precision, recall = len(right) / len(found), len(set(right)) / len(expected)
        print(f"{kind.value:<14} {precision:9.3f} {recall:7.3f}")
        assert (precision, recall) == (1.0, 1.0), (kind, set(found) ^ expected)


def test_people_have_the_roles_and_names_that_the_text_gives_them(
    article_sheet: FactSheet,
) -> None:
    people = {fact.name.text: fact for fact in article_sheet.of(FactKind.PERSON)}
    assert {name: set(p.texts(DetailKind.ROLE)) for name, p in people.items()} == PEOPLE
    for name, aliases in ALIASES.items():
        assert set(people[name].texts(DetailKind.ALIAS)) == aliases


def test_the_four_regions_are_told_to_be_such(article_sheet: FactSheet) -> None:
    sorts = {
        fact.name.text: fact.texts(DetailKind.SORT) for fact in article_sheet.of(FactKind.PLACE)
    }
    assert {name for name, sort in sorts.items() if sort} == REGIONS
    assert {sorts[name] for name in REGIONS} == {("four contested regions in Ukraine",)}


def test_tariffs_with_countries_before_and_after(article_sheet: FactSheet) -> None:
    found = {
        (
            fact.name.text,
            _one(fact.texts(DetailKind.MEASURES)),
            _one(fact.texts(DetailKind.OF)),
            fact.texts(DetailKind.BEFORE),
            _one(fact.texts(DetailKind.AFTER)),
        )
        for fact in article_sheet.of(FactKind.FIGURE)
        if "%" in fact.name.text
    }
    assert found == TARIFFS
    (pause,) = [f for f in article_sheet.of(FactKind.FIGURE) if f.name.text == "90-day"]
    assert pause.texts(DetailKind.MEASURES) == ("suspension of import duties",)
    assert pause.texts(DetailKind.OF) == ("all countries except China",)


def test_quotations_have_their_speakers(article_sheet: FactSheet) -> None:
    found = {
        (fact.name.text, _one(fact.texts(DetailKind.SPEAKER)))
        for fact in article_sheet.of(FactKind.QUOTATION)
    }
    assert found == QUOTATIONS


def test_the_embedded_post(article_sheet: FactSheet) -> None:
    (post,) = article_sheet.of(FactKind.POST)
    assert post.name.text.startswith("Europe’s reassurance force in Ukraine")
    assert post.texts(DetailKind.AUTHOR) == ("Financial Times (@FT)",)
    assert post.texts(DetailKind.POSTED) == ("March 27, 2025",)


def test_the_timeline_is_in_order(article_sheet: FactSheet) -> None:
    """The text tells no year for April 9, so none is claimed; its place is known all the same."""
    names = [fact.name.text for fact in article_sheet.timeline]
    assert names == ["February", "March 27, 2025", "April 9", "Last week", "later this week"]
    values = {fact.name.text: fact.value for fact in article_sheet.timeline}
    assert values["March 27, 2025"] == "2025-03-27"
    assert values["April 9"] is None and values["Last week"] is None


def test_the_most_central_come_first(article_sheet: FactSheet) -> None:
    assert _names(article_sheet, FactKind.PERSON)[0] == "Steve Witkoff"
    assert _names(article_sheet, FactKind.PLACE)[0] == "Ukraine"


def test_the_summary_has_no_headline_and_no_caption(
    article_sheet: FactSheet, article: Document
) -> None:
    sentences = [article.text[start:end] for start, end in article_sheet.summary]
    assert len(sentences) == 8
    assert not any("Evelyn Hockstein" in s or s.startswith("Rubio, Witkoff") for s in sentences)
    assert not any("t.co" in s or "fragile break" in s for s in sentences)
