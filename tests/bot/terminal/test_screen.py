"""Pages on narrow and wide terminals, with and without colour."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from bot.terminal.page import BLANK, faint, item, line, stack, strong
from bot.terminal.screen import MIN_WIDTH, PlainScreen, is_terminal, open_screen
from tests.bot.terminal.fakes import Shown

WORDS = st.text(alphabet="abc äß漢字 \u3000👍", max_size=200)


@given(st.lists(WORDS, max_size=4), st.integers(MIN_WIDTH + 6, 120))
def test_no_row_is_wider_than_the_terminal(words: list[str], width: int) -> None:
    shown = Shown(width)
    shown.screen.show((line(*words, first="  │ "), item("      ", *map(strong, words))))

    assert all(cell_len(row) <= width for row in shown.rows)


@given(WORDS, st.integers(MIN_WIDTH + 6, 120))
def test_wrapping_loses_nothing_but_blanks(words: str, width: int) -> None:
    shown = Shown(width)
    shown.screen.show((line(words),))

    assert "".join(shown.text.split()) == "".join(words.split())


def test_wrapped_rows_stand_under_the_first() -> None:
    shown = Shown(24)
    shown.screen.show((item("[1] ", "a title that is too long for it"),))

    assert shown.rows == ["[1] a title that is too", "    long for it"]


def test_no_row_ends_in_blanks() -> None:
    shown = Shown(24)
    shown.screen.show((line("a title that is too long for it   "), BLANK, line(first="  ")))

    assert shown.rows == ["a title that is too long", "for it", "", ""]


def test_a_pipe_gets_whole_lines_and_no_colour() -> None:
    shown = Shown()
    shown.screen.show((line(strong("bold"), faint(" and faint "), "x" * 300),))

    assert shown.text == f"bold and faint {'x' * 300}\n"


def test_without_colour_the_text_is_the_same() -> None:
    page = (line(strong("one"), " two"), line(first="  │ "))
    plain, coloured = Shown(40), Shown(40, colour=True)
    plain.screen.show(page)
    coloured.screen.show(page)

    assert "\x1b" not in plain.text
    assert "\x1b[1mone" in coloured.text


def test_parts_of_a_page_are_one_blank_line_apart() -> None:
    assert stack((line("a"),), (), (line("b"),)) == (line("a"), BLANK, line("b"))


def test_a_stream_that_is_no_terminal_gets_the_plain_screen() -> None:
    assert isinstance(open_screen(io.StringIO()), PlainScreen)


@pytest.mark.parametrize("stream", [None, io.StringIO()])
def test_what_is_no_terminal(stream: io.StringIO | None) -> None:
    assert not is_terminal(stream)


def test_a_closed_stream_is_no_terminal() -> None:
    stream = io.StringIO()
    stream.close()

    assert not is_terminal(stream)
