"""``footnote eval``."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.evaluation import Case
from bot.terminal.exits import Exit, UsageError
from bot.terminal.main import main
from bot.terminal.question_file import read_cases

SENTENCE = (
    "Witkoff is set to meet French President Emmanuel Macron, while Rubio will speak with his "
    "French counterpart, Foreign Minister Jean-Noël Barrot, before heading to Africa."
)
ASKED = [
    {"question": "Who will Witkoff meet?", "quotes": [SENTENCE]},
    {"question": "How are bees kept?", "quotes": []},
]


def test_a_list_and_lines_are_the_same(tmp_path: Path) -> None:
    listed, lines = tmp_path / "a.json", tmp_path / "b.jsonl"
    listed.write_text(json.dumps(ASKED, indent=1))
    lines.write_text("\ufeff" + "\n\n".join(json.dumps(row) for row in ASKED), "utf-8")
    expected = (Case("Who will Witkoff meet?", (SENTENCE,)), Case("How are bees kept?", ()))
    assert read_cases(listed) == read_cases(lines) == expected


def test_one_quote_and_other_names_will_do(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"question": "a", "quotes": "b"}\n{"question": "c", "sentences": ["d"]}')
    assert read_cases(file) == (Case("a", ("b",)), Case("c", ("d",)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "holds no question"),
        (b"[]", "holds no question"),
        (b"[{", "is not JSON"),
        (b'{"question": "a"}\n{', "Line 2 of"),
        (b'{"quotes": []}', 'Question 1 of .* has no "question"'),
        (b"[3]", 'has no "question"'),
        (b'{"question": "a", "quotes": [3]}', "is not a list of sentences"),
        (b'{"question": "a", "quotes": {}}', "is not a list of sentences"),
        (b"\xff\xfe", "is not UTF-8"),
        (b'{"question": "a?"}\n{"question": " "}', "Question 2 of .* empty"),
        (b'{"question": "' + b"who " * 300 + b'"}', "Question 1 of .* too long"),
    ],
)
def test_a_bad_file_is_told_where(content: bytes, said: str, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=said):
        read_cases(file)


def test_a_line_may_hold_a_line_separator(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"question": "a?", "quotes": ["b\u2028c"]}\n', "utf-8")
    assert read_cases(file) == (Case("a?", ("b\u2028c",)),)


def test_an_expected_sentence_must_stand_in_a_document(
    program_environment: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text('{"question": "Who will Witkoff meet?", "quotes": ["Not there."]}')
    command = [sys.executable, "-m", "bot.terminal.main", "eval", str(file)]
    done = subprocess.run(command, env=program_environment, capture_output=True, text=True)
    assert done.returncode == Exit.WRONG
    assert "Question 1: “Not there.” stands in no document." in done.stderr


def test_a_missing_file_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "there-is-none.jsonl"]) == Exit.WRONG
    shown = capsys.readouterr().err
    assert "cannot be read" in shown and "Traceback" not in shown


def test_the_program_counts(program_environment: dict[str, str], tmp_path: Path) -> None:
    def footnote(*words: str) -> str:
        command = [sys.executable, "-m", "bot.terminal.main", "eval", *words]
        done = subprocess.run(command, env=program_environment, capture_output=True, text=True)
        assert done.returncode == Exit.DONE, done.stderr
        return done.stdout

    file = tmp_path / "questions.jsonl"
    other = "Tariffs are set to be a major topic of discussion."
    asked = [*ASKED, {"question": "Who will Witkoff meet?", "quotes": [other]}]
    file.write_text("\n".join(json.dumps(row) for row in asked))
    shown = footnote(str(file))
    assert "answered wrongly: Who will Witkoff meet?" in shown
    assert "2 questions that the documents answer (the right sentence comes first for 1)" in shown
    (row,) = [line.split() for line in shown.splitlines() if "in force" in line]
    assert row[1:4] == ["50%", "100%", "50%"]
    rows = [json.loads(line) for line in footnote("--json", str(file)).splitlines()]
    assert [row["outcome"] for row in rows] == ["right", "refused", "wrong"]
    assert rows[0]["first_is_right"] is True and rows[1]["first_is_right"] is None
