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
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), QUOTES, ids=[row[0] for row in QUOTES])
def test_quotations(make: MakeSheet, sentence: str, expected: list[tuple[str, str | None]]) -> None:
    found = [
        (fact.name.text, next(iter(fact.texts(DetailKind.SPEAKER)), None))
        for fact in make(written(f"A heading\n\n{sentence}")).of(FactKind.QUOTATION)
    ]
    assert found == expected
