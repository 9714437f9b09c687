"""Tables of wordings, each a sentence and what is found in it."""

from __future__ import annotations

import pytest

from index.facts.types import DetailKind, FactKind
from tests.index.facts.conftest import MakeSheet, written

ROLES = [
    ("The naturalist Amalia Brandreth described it.", "Amalia Brandreth", ("naturalist",)),
    ("It was led by Ana Ruiz, head of the Port of Cadiz, in May.", "Ana Ruiz",
     ("head of the Port of Cadiz",)),
    ("They met the agency’s director, Piotr Lange, in May.", "Piotr Lange",
     ("agency’s director",)),
    ("Tom Orr was the only candidate and won.", "Tom Orr", ("the only candidate",)),
    ("“No,” said Isa Garrioch, who runs the grocery.", "Isa Garrioch",
     ("who runs the grocery",)),
    ("Chair: Judith Okafor", "Judith Okafor", ("Chair",)),
    ("We thank Noor Haddad of the Fjord Security Lab for the report.", "Noor Haddad",
     ("of the Fjord Security Lab",)),
    ("German Chancellor Olaf Scholz spoke.", "Olaf Scholz", ("German Chancellor",)),
    ("Secretary of State Marco Rubio left.", "Marco Rubio", ("Secretary of State",)),
    ("Ms F. Adair (Town Clerk) took the notes.", "Ms F. Adair", ("Town Clerk",)),
    ("**Ida Solberg** (4 May 1891 – 7 June 1968) was a Norwegian hydrographer.", "Ida Solberg",
     ("a Norwegian hydrographer",)),
    ("We thank Tomasz Wilk.", "Tomasz Wilk", ()),
    ("By Priya Raman", "Priya Raman", ()),
    ("Wentworth Earl Miller III (born 1972) is an actor.", "Wentworth Earl Miller III",
     ("an actor",)),
    ("The song is by Fred Foster, originally performed by a band.", "Fred Foster", ()),
    ("Oke Bjarn, 23, joined in May.", "Oke Bjarn", ()),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "name", "roles"), ROLES, ids=[row[1] for row in ROLES])
def test_roles(make: MakeSheet, sentence: str, name: str, roles: tuple[str, ...]) -> None:
    (person,) = make(written(f"A heading\n\n{sentence}")).of(FactKind.PERSON)
    assert (person.name.text, person.texts(DetailKind.ROLE)) == (name, roles)


NOBODY = [
    "Tariffs rose. Shops closed on Monday in Paris.",
    "The Bank of England and Norsund Lines said no.",
    "The Old Harbour Tunnel is closed. Lake Orrin is deep.",
    "General Motors opened the Queen Edda Bridge.",
    "Python 3.12 said nothing. Windows asked twice.",
    "The lamps of Studio Anders Holm were sold in San Jose and on Ben Tarrow.",
    "Harrow Vale led. On Sunday Harrow Vale will meet the holders.",
    "Partner GmbH of Graz and Brunel & Hart said no.",
    "The champion New York Yankees and Major League Baseball agreed.",
    "The Supreme Commander of the Allied Powers left. It was compiled by Dr.",
    "“Me and Bobby McGee” is a song. The Charlotte Hornets won; the team of Judge Advocate lost.",
]


@pytest.mark.parametrize("sentence", NOBODY)
def test_no_person_where_there_is_none(make: MakeSheet, sentence: str) -> None:
    people = make(written(f"A heading\n\n{sentence}")).of(FactKind.PERSON)
    assert [person.name.text for person in people] == []


def test_one_person_under_several_names(make: MakeSheet) -> None:
    text = (
        "The vote\n\nMayor Tibor Hollan promised a coin. Hollan smiled. Mr Hollan said it was "
        "gold. The mayor kept it. Mrs Ilse Hollan laughed."
    )
    people = {p.name.text: p for p in make(written(text)).of(FactKind.PERSON)}
    assert set(people) == {"Tibor Hollan", "Mrs Ilse Hollan"}


def test_namesakes_are_not_merged(make: MakeSheet) -> None:
    text = (
        "The vote\n\nMrs Lindqvist said no. Peter Lindqvist asked for leave. President Ann Lee met "
        "President Bo Lee. Lee said nothing."
    )
    people = {p.name.text for p in make(written(text)).of(FactKind.PERSON)}
    assert {"Mrs Lindqvist", "Peter Lindqvist", "Ann Lee", "Bo Lee"} <= people


FIGURES = [
    (
        "The rent goes up from £48 to £54.",
        [("£48", None, (), "£54"), ("£54", None, ("£48",), None)],
    ),
    ("They accepted a raise of 6.5% over it.", [("6.5%", "raise", (), None)]),
    ("The tunnel cost 41 million kroner.", [("41 million kroner", "The tunnel", (), None)]),
    ("Use 300 g brown lentils.", [("300 g", "brown lentils", (), None)]),
    ("It has 140 beds.", [("140 beds", "beds", (), None)]),
    ("Line 19 and plot 17 need Python 3.10; call 555 0142.", []),
    ("See KSA-2024-07, version 4.2.0 and https://a.example/12%.", []),
    ("The limit went up from 4 to 8.", []),
    ("It lasted 90 days.", [("90 days", None, (), None)]),
    ("They face tariffs of up to 25%.", [("up to 25%", "tariffs", (), None)]),
    ("A room is between 80 and 140 euros.", [("between 80 and 140 euros", None, (), None)]),
    (
        "It went from 1,900 to 5,400 jobs per second.",
        [("1,900", "jobs", (), "5,400 jobs"), ("5,400 jobs", "jobs", ("1,900",), None)],
    ),
    (
        "They are kept for 90 days instead of 30.",
        [("90 days", None, ("30",), None), ("30", None, (), "90 days")],
    ),
    ("Add 1½ teaspoons salt.", [("1½ teaspoons", "salt", (), None)]),
    ("A scale of 1:50,000; it closed at 9.05 pm.", []),
    ("The Seven Years War and the 2010 census. It grossed $3 worldwide.", [("$3", None, (), None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), FIGURES, ids=[row[0] for row in FIGURES])
def test_figures(
    make: MakeSheet,
    sentence: str,
    expected: list[tuple[str, str | None, tuple[str, ...], str | None]],
) -> None:
    found = [
        (
            fact.name.text,
            next(iter(fact.texts(DetailKind.MEASURES)), None),
            fact.texts(DetailKind.BEFORE),
            next(iter(fact.texts(DetailKind.AFTER)), None),
        )
        for fact in make(written(f"A heading\n\n{sentence}")).of(FactKind.FIGURE)
    ]
    assert found == expected


QUOTES = [
    ("“We will see,” said Ann Roe.", [("We will see", "Ann Roe")]),
    ("Ann Roe told the council: “We will see.”", [("We will see.", "Ann Roe")]),
    ("According to the minister, it was “a very good day”.", [("a very good day", "the minister")]),
    ("“Well?” said the mayor. “What does it need?”",
     [("Well?", "the mayor"), ("What does it need?", "the mayor")]),
    ("They call it “the candle”.", []),
    ('"It is over now," he said.', [("It is over now", "he")]),
    ("„Wir sehen das nicht“, sagte Anna Berg.", [("Wir sehen das nicht", "Anna Berg")]),
    ("She said that nothing was decided.", []),
    ("It was sold as “In the Arms of an Angel” here.", []),
    ("It starts when the umpire calls “Play” there.", [("Play", "the umpire")]),
    ("“That clock,” said Ann Roe, “has stopped.”",
     [("That clock", "Ann Roe"), ("has stopped.", "Ann Roe")]),
    ("Ann Roe of Norland Bank said it was “full but fair”.",
     [("full but fair", "Ann Roe of Norland Bank")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), QUOTES, ids=[row[0] for row in QUOTES])
def test_quotations(make: MakeSheet, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    found = [
        (fact.name.text, next(iter(fact.texts(DetailKind.SPEAKER)), None))
        for fact in make(written(f"A heading\n\n{sentence}")).of(FactKind.QUOTATION)
    ]
    assert found == expected


SPEAKERS = [
    ("Ann Roe sighed. “We are full,” she said.", ("she", "Ann Roe")),
    ("Ann Roe met Tom Orr. “We are full,” he said.", ("he", "Tom Orr")),
    ("Cllr Oyel said no. “We are full,” he said.", ("he", "Cllr Oyel")),
    ("Ann Roe met Tom Orr. “We are full,” they said.", ("they",)),
    ("Ann Roe sighed. “We are full,” he said.", ("he",)),
    ("Tom Orr met Jim Lee. “We are full,” he said.", ("he",)),
    ("“We are full,” he said, when Tom Orr asked.", ("he",)),
    ("“Tom Orr is here.” “We are full,” he said.", ("he",)),
]


@pytest.mark.parametrize(("sentence", "speakers"), SPEAKERS, ids=[row[0] for row in SPEAKERS])
def test_a_pronoun_speaks_for_the_one_it_fits(
    make: MakeSheet, sentence: str, speakers: tuple[str, ...]
) -> None:
    quotations = make(written(f"A heading\n\n{sentence}")).of(FactKind.QUOTATION)
    (found,) = [fact for fact in quotations if fact.name.text == "We are full"]
    assert found.texts(DetailKind.SPEAKER) == speakers


def test_organisations(make: MakeSheet) -> None:
    text = (
        "A heading\n\nMilo Reed of the Royal Survey Office left. The Survey Office said no. "
        "Brunel & Hart plc bought Banque Atlas and Partner GmbH of Graz. SNTM called it a shame. "
        "(Evelyn Hockstein/AFP)"
    )
    sheet = make(written(text))
    found = {o.name.text: o.texts(DetailKind.ALIAS) for o in sheet.of(FactKind.ORGANISATION)}
    assert found == {
        "Royal Survey Office": ("Survey Office",),
        "Brunel & Hart": (),
        "Banque Atlas": (),
        "Partner GmbH": (),
        "SNTM": (),
        "AFP": (),
    }


def test_german_offices_and_companies(make: MakeSheet) -> None:
    text = (
        "Strom\n\nOberbürgermeister Jörg Hansen und die Sprecherin Petra Lind sagten, dass zum "
        "1. Januar 2026 der Preis von 34,8 auf 31,2 Cent sinkt. Das sind 25,1 Prozent der "
        "Nordlicht Energie AG und 41.000 Kunden, und das ist nicht alles."
    )
    sheet = make(written(text, language="de"))
    people = {p.name.text: p.texts(DetailKind.ROLE) for p in sheet.of(FactKind.PERSON)}
    assert people == {"Jörg Hansen": ("Oberbürgermeister",), "Petra Lind": ("Sprecherin",)}
    assert [o.name.text for o in sheet.of(FactKind.ORGANISATION)] == ["Nordlicht Energie AG"]
    assert [d.value for d in sheet.of(FactKind.DATE)] == ["2026-01-01"]
    figures = {f.name.text: f.value for f in sheet.of(FactKind.FIGURE)}
    assert figures == {
        "34,8": "34.8", "31,2 Cent": "31.2", "25,1 Prozent": "25.1", "41.000 Kunden": "41000"
    }  # fmt: skip


def test_counts_in_japanese(make: MakeSheet) -> None:
    text = (
        "図書館\n\n図書館は2025年4月12日に再開した。総工費は約18億円、席は240席、市民300人。\n\n"
        "午前9時から午後8時まで、最初の2時間は無料で、第3回の本は31万冊以上である。"
    )
    figures = {f.name.text: f.value for f in make(written(text)).of(FactKind.FIGURE)}
    assert figures == {
        "約18億円": "1800000000", "240席": "240", "300人": "300", "2時間": "2",
        "31万冊以上": "310000"
    }  # fmt: skip


def test_times_of_day(make: MakeSheet) -> None:
    text = "A heading\n\nIt opens at 8:15 and closes at 9.05 pm or 10 pm. It rose by 1.09 km."
    values = [d.value for d in make(written(text)).of(FactKind.DATE)]
    assert values == ["T08:15", "T21:05", "T22:00"]


def test_what_comes_round_every_year_is_not_in_the_timeline(make: MakeSheet) -> None:
    text = "A heading\n\nIt fell on 3 August 1854. Visitors come between May and September."
    sheet = make(written(text))
    assert [d.name.text for d in sheet.of(FactKind.DATE)] == ["3 August 1854", "May", "September"]
    assert [d.name.text for d in sheet.timeline] == ["3 August 1854"]


def test_the_dates_of_a_life_belong_to_the_whole_sentence(make: MakeSheet) -> None:
    text = "A heading\n\nIda Solberg (born Ida Lie; 4 May 1891 – 7 June 1968) was a painter."
    first, _ = make(written(text)).of(FactKind.DATE)
    (event,) = first.texts(DetailKind.EVENT)
    assert event.startswith("Ida Solberg (born") and event.endswith("was a painter")


NO_PLACES = [
    "He grossed US $140 million and was seen in Terry Gilliam’s film.",
    "It was the best song in Olympic history. They lived in Danish houses.",
    "“Everybody Wants to Rule the World” was sung. He starred as Al in Predator.",
    "In King George’s War they fought. She is Anna Lee (née Washington).",
]


@pytest.mark.parametrize("sentence", NO_PLACES)
def test_no_place_where_there_is_none(make: MakeSheet, sentence: str) -> None:
    places = make(written(f"A heading\n\n{sentence}")).of(FactKind.PLACE)
    assert [place.name.text for place in places] == []
