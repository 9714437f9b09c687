"""What the scripted model answers, as steps of bytes and pauses."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response. ``steps`` are written and flushed one by one, a float is a pause in
    seconds; ``cut`` closes the connection without the end that the protocol asks for."""

    status: int = 200
    steps: tuple[bytes | float, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False


def event(text: str, *, finish: str | None = None) -> bytes:
    """One event of OpenAI's streaming chat completions."""
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1700000000,
        "model": "scripted",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}],
    }
    return b"data: " + json.dumps(body).encode() + b"\n\n"


def says(text: str, *, piece_chars: int = 7, pause_s: float = 0.0) -> Reply:
    """``text``, streamed in pieces that heed no word."""
    steps: list[bytes | float] = []
    for piece in _pieces(text, piece_chars):
        steps.append(event(piece))
        if pause_s:
            steps.append(pause_s)
    return Reply(steps=(*steps, event("", finish="stop"), b"data: [DONE]\n\n"))


def breaks_off(text: str, *, piece_chars: int = 7) -> Reply:
    """``text``, and then the connection is gone in the middle of an event."""
    steps = [event(piece) for piece in _pieces(text, piece_chars)]
    return Reply(steps=(*steps, b'data: {"id": "chatcm'), cut=True)


def hangs(text: str = "", *, pause_s: float = 30.0) -> Reply:
    """``text``, and then nothing for a long time."""
    return Reply(steps=(*(event(piece) for piece in _pieces(text, 7)), pause_s))


def refuses(status: int, **headers: str) -> Reply:
    """An error as OpenAI words it. It quotes the key, as OpenAI's do in part."""
    body = {"error": {"message": "Incorrect API key provided: sk-quoted", "code": "some_code"}}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status, (json.dumps(body).encode(),), {"Content-Type": "application/json"} | named)


def raw(*steps: bytes | float) -> Reply:
    """These bytes as they are."""
    return Reply(steps=steps)


def _pieces(text: str, chars: int) -> Iterable[str]:
    return (text[start : start + chars] for start in range(0, len(text), chars))
