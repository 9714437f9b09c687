"""Questions with known answers, read from a file for ``footnote eval``."""

from __future__ import annotations

import json
from pathlib import Path

from bot.evaluation import Case
from bot.terminal.exits import UsageError
from index.answer.question import MAX_CHARS, parse_question
from index.errors import QuestionError

_FORM = 'Each question is an object such as {"question": "Who ...?", "quotes": ["A sentence."]}.'
#: What the list of right sentences may be called.
_QUOTES = ("quotes", "sentences")


def read_cases(path: Path, most_chars: int = MAX_CHARS) -> tuple[Case, ...]:
    """The questions of ``path``, a JSON list or JSON lines: ``question``, and ``quotes``, the
    sentences that answer it (empty or left out where the documents do not). Other keys are not
    looked at. Raises UsageError, with what is wrong where, for any other file and for a question
    that cannot be asked, such as one of more than ``most_chars`` characters."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read ({error.strerror}).", cure=_FORM) from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.", cure="Save it as UTF-8.") from None
    cases = tuple(_case(row, number, path) for number, row in enumerate(_rows(text, path), 1))
    for number, case in enumerate(cases, 1):
        try:
            parse_question(case.question, most_chars)
        except QuestionError as error:
            raise UsageError(f"Question {number} of {path}: {error.what}", cure=_FORM) from None
    if not cases:
        raise UsageError(f"{path} holds no question.", cure=_FORM)
    return cases


def _rows(text: str, path: Path) -> list[object]:
    """The elements of a list, or the value of each line that is not blank."""
    if text.lstrip().startswith("["):
        try:
            rows: list[object] = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise UsageError(f"{path} is not JSON ({error}).", cure=_FORM) from None
        return rows
    rows = []
    for number, row in enumerate(text.split("\n"), 1):
        if not row.strip():
            continue
        try:
            rows.append(json.loads(row))
        except (ValueError, RecursionError):
            raise UsageError(f"Line {number} of {path} is not JSON.", cure=_FORM) from None
    return rows


def _case(row: object, number: int, path: Path) -> Case:
    where = f"Question {number} of {path}"
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise UsageError(f'{where} has no "question" that is a string.', cure=_FORM)
    quotes: object = next((row[key] for key in _QUOTES if key in row), [])
    quotes = [quotes] if isinstance(quotes, str) else quotes
    if not isinstance(quotes, list) or not all(isinstance(q, str) and q.strip() for q in quotes):
        raise UsageError(f'{where}: "quotes" is not a list of sentences.', cure=_FORM)
    return Case(row["question"], tuple(quotes))
