"""Nothing that a document holds is obeyed by the terminal."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.page import Page, line, strong
from bot.terminal.rendering import answer_page
from bot.terminal.safety import register_plain_type, visible, whole
from bot.terminal.source_view import cited, source_page
from bot.terminal.why_view import why_page
from tests.bot.terminal.fakes import Shown, cite, make_answer, make_document

BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HOSTILE = [
    "\x1b[2J\x1b[H",  # clears the screen
    "\x1b]0;owned\x07",  # renames the window
    "\x1b]52;c;cm0gLXJm\x07",  # writes the clipboard
    "\x9b31m",  # a control sequence in one C1 character
    "\x9d0;owned\x9c",
    "\rhidden\x08\x08\x08",
    "\u202egnp.exe",
    "\u2067\u2066",
    "[bold red]markup[/]",
    "[link=https://example.org]here[/link]",
    ":smiley:",
    "\x00\x07\x0e\x0f\x7f",
    "\ufff9\ufffa\ufffb",
]


def is_harmless(text: str) -> bool:
    return not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} or c in BIDI for c in text)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_comes_out_is_one_harmless_line(text: str) -> None:
    shown = visible(text)

    assert is_harmless(shown)
    assert visible(shown) == shown


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp"))))
def test_printable_text_is_not_changed(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\x9bb", "a<U+009B>b"),
        ("a\x7fb", "a␡b"),
        ("a\u202eb", "a<U+202E>b"),
        ("one\ntwo\r\nthree\tfour", "one two three four"),
        ("a\ud800b", "a\ufffdb"),
        ("مرحبا\u200f", "مرحبا\u200f"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_what_is_shown_in_place(given: str, shown: str) -> None:
    assert visible(given) == shown


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("width", [None, 40])
def test_a_hostile_document_is_shown_and_not_obeyed(hostile: str, width: int | None) -> None:
    quote = f"Before {hostile} after."
    document = make_document(f"First line.\n{quote}\nLast {hostile} line.", title=f"T {hostile}")
    citation = cite(document, quote, hostile, heading=f"H {hostile}")
    answer = make_answer(f"who {hostile}", [citation], short=hostile)

    for page in pages_about(document_page=source_page(cited(citation), document), answer=answer):
        shown = Shown(width)
        shown.screen.show(page)
        assert all(is_harmless(row) for row in shown.text.split("\n"))
        if hostile.isprintable() and width is None:
            assert hostile in shown.text


def pages_about(*, document_page: Page, answer: object) -> list[Page]:
    from index.types import Answer

    assert isinstance(answer, Answer)
    return [answer_page(answer), document_page, why_page(answer, threshold=0.5)]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_coloured_screen_emits_nothing_but_colours(hostile: str) -> None:
    shown = Shown(60, colour=True)
    shown.screen.show((line("plain ", strong(f"strong {hostile}"), hostile),))

    rest = shown.text
    while (start := rest.find("\x1b")) >= 0:
        end = rest.index("m", start)
        parameters = rest[start + 2 : end]
        assert rest[start + 1] == "["
        assert all(c.isdigit() or c == ";" for c in parameters)
        rest = rest[:start] + rest[end + 1 :]
    assert all(is_harmless(row) for row in rest.split("\n"))


def test_lone_surrogates_are_replaced_and_nothing_else_is() -> None:
    assert whole("a\udcffb é 👍") == "a\ufffdb é 👍"


@pytest.mark.parametrize(
    ("given", "shown"),
    [("“it’s” – a…", b'"it\'s" - a...'), ("Barrot, Noël", b"Barrot, No\\xebl"), ("│ ›", b"| >")],
)
def test_an_encoding_without_typography_gets_plain_signs(given: str, shown: bytes) -> None:
    assert given.encode("ascii", errors=register_plain_type()) == shown
