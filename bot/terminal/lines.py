"""``footnote ask --json --lines``: questions in, one a line; answers out, one a line. The same for
the claims of ``footnote check --json --lines``.

Whatever a line holds, it yields exactly one object, and the next line is answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from bot.terminal.contract import (
    AnswerJson,
    CheckErrorJson,
    CheckJson,
    ErrorJson,
    answer_json,
    check_error_json,
    check_json,
    error_json,
)
from bot.terminal.conversations import Conversations
from bot.terminal.faults import report
from bot.terminal.safety import whole
from index.errors import FootnoteError, QuestionError

if TYPE_CHECKING:
    from bot.terminal.asking import Asker

#: Longest line that is read, in bytes; the rest of a longer one is skipped.
MAX_LINE_BYTES = 1_000_000
#: How much of an overlong line is given back.
_ECHO_CHARS = 200


class Request(NamedTuple):
    """One line of input. ``conversation`` is None where the question stands alone."""

    question: str
    conversation: str | int | None = None


class _BadLine(QuestionError):
    """A line that is not a question; ``question`` is what is given back as such."""

    def __init__(self, question: str, what: str, *, cure: str) -> None:
        super().__init__(what, cure=cure)
        self.question = question


def answer_lines(
    engine: Asker, source: BinaryIO, write: Callable[[AnswerJson | ErrorJson], None]
) -> None:
    """Answers every line of ``source``, in order, each before the next is read."""
    conversations = Conversations()
    for raw in read_lines(source):
        engine.refresh()
        write(_answer_line(engine, conversations, raw))


def check_lines(
    engine: Asker, source: BinaryIO, write: Callable[[CheckJson | CheckErrorJson], None]
) -> None:
    """Checks the claim of every line of ``source``, in order, each before the next is read."""
    for raw in read_lines(source):
        engine.refresh()
        write(_check_line(engine, raw))


def read_lines(source: BinaryIO) -> Iterator[bytes]:
    """Lines without their ends; of an overlong one only its first ``MAX_LINE_BYTES`` + 1 bytes."""
    while raw := source.readline(MAX_LINE_BYTES + 1):
        rest = raw
        while not rest.endswith(b"\n") and len(rest) > MAX_LINE_BYTES:
            rest = source.readline(MAX_LINE_BYTES + 1)
        yield raw.rstrip(b"\r\n")


def parse(raw: bytes, key: str = "question") -> Request:
    """The request of one line, bare or under ``key`` of an object. Raises QuestionError for a
    line that is not one."""
    text = raw.decode("utf-8", "replace").removeprefix("\ufeff")
    if len(raw) > MAX_LINE_BYTES:
        raise _BadLine(
            text[:_ECHO_CHARS],
            f"The line is longer than {MAX_LINE_BYTES} bytes.",
            cure=f"Send one {key} a line.",
        )
    if not text.lstrip().startswith("{"):
        return Request(text)
    try:
        # A deep nesting and a huge number fail in other ways than a missing bracket does.
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise _BadLine(
            text,
            "The line begins with { but is not a JSON object.",
            cure=f'Send {{"{key}": "..."}} or the bare {key}.',
        ) from None
    return _request(text, value, key)


def _request(text: str, value: dict[str, object], key: str) -> Request:
    question, conversation = value.get(key), value.get("conversation")
    if not isinstance(question, str):
        raise _BadLine(
            text,
            f'The object has no "{key}" that is a string.',
            cure=f'Send {{"{key}": "..."}}.',
        )
    if isinstance(conversation, bool) or not isinstance(conversation, str | int | None):
        raise _BadLine(
            whole(question),
            '"conversation" is neither a string nor a whole number.',
            cure="Give each conversation a name of its own, or leave the key out.",
        )
    return Request(whole(question), conversation)


def _answer_line(engine: Asker, conversations: Conversations, raw: bytes) -> AnswerJson | ErrorJson:
    question = raw[: MAX_LINE_BYTES + 1].decode("utf-8", "replace")
    try:
        request = parse(raw)
        question = request.question
        key = request.conversation
        answer = engine.ask(question, () if key is None else conversations.history(key))
        if key is not None:
            conversations.remember(key, answer)
        return answer_json(answer)
    except FootnoteError as error:
        given = error.question if isinstance(error, _BadLine) else question
        return error_json(given, str(error), error.what, build=engine.build_id)
    except Exception as error:  # noqa: BLE001 - the edge: one line fails, the rest is answered
        message = report(error)
        return error_json(question, message, message, build=engine.build_id)


def _check_line(engine: Asker, raw: bytes) -> CheckJson | CheckErrorJson:
    claim = raw[: MAX_LINE_BYTES + 1].decode("utf-8", "replace")
    try:
        claim = parse(raw, "claim").question
        return check_json(engine.check(claim))
    except FootnoteError as error:
        return check_error_json(
            error.question if isinstance(error, _BadLine) else claim, error.what
        )
    except Exception as error:  # noqa: BLE001 - the edge: one line fails, the rest is checked
        return check_error_json(claim, report(error))
