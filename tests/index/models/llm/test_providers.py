from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from index.errors import LlmError, ModelError, SettingsError
from index.models.llm.messages import Message, Role
from index.models.llm.providers import PROVIDERS, open_language_model, parse_name
from index.settings import Settings
from tests.fakes.llm import Reply, ScriptedLlm, raw, refuses, says

ASKED = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Who?"))


@pytest.mark.parametrize(
    ("text", "provider", "model"),
    [
        ("openai:gpt-4o-mini", "openai", "gpt-4o-mini"),
        ("ollama:llama3.2:3b", "ollama", "llama3.2:3b"),
        (" Anthropic : claude-sonnet-4-5 ", "anthropic", "claude-sonnet-4-5"),
        ("openai-like:org/model", "openai-like", "org/model"),
    ],
)
def test_a_name_is_a_provider_and_a_model(text: str, provider: str, model: str) -> None:
    assert parse_name(text) == (PROVIDERS[provider], model)


@pytest.mark.parametrize("text", ["gpt-4o", "openai:", "openai", ":x", "closedai:x", "reader"])
def test_anything_else_is_refused_with_the_forms_that_there_are(text: str) -> None:
    with pytest.raises(SettingsError, match="ollama:MODEL"):
        parse_name(text)


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("openai:gpt-4o-mini", "OPENAI_API_KEY"),
        ("anthropic:claude-sonnet-4-5", "ANTHROPIC_API_KEY"),
        ("google:gemini-2.5-flash", "GOOGLE_API_KEY"),
    ],
)
def test_a_missing_key_is_named(tmp_path: Path, name: str, variable: str) -> None:
    with pytest.raises(SettingsError, match=variable):
        open_language_model(Settings(index_dir=tmp_path), name)


def test_a_key_with_a_line_break_or_umlaut_is_refused_without_being_shown(tmp_path: Path) -> None:
    for key in ("sk-a b", "sk-ü"):
        settings = Settings.model_validate({"index_dir": tmp_path, "openai_api_key": key})
        with pytest.raises(SettingsError, match="no key has") as caught:
            open_language_model(settings, "openai:gpt-4o-mini")
        assert key not in str(caught.value)


def test_a_compatible_server_needs_an_address(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FOOTNOTE_LLM_BASE_URL"):
        open_language_model(Settings(index_dir=tmp_path), "openai-like:x")


@pytest.mark.parametrize("name", ["anthropic", "google", "ollama", "openai-like"])
def test_a_missing_integration_names_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setitem(sys.modules, PROVIDERS[name].module, None)
    settings = Settings.model_validate(
        {"index_dir": tmp_path, "llm_api_key": "k", "llm_base_url": "http://127.0.0.1:1"}
    )
    with pytest.raises(ModelError) as caught:
        open_language_model(settings, f"{name}:x")
    assert f"pip install -e '.[{name}]'" in caught.value.cure


def sse(*bodies: tuple[str, dict[str, Any]]) -> Reply:
    """Server-sent events with names, as Anthropic sends them."""
    return raw(*(f"event: {name}\ndata: {json.dumps(body)}\n\n".encode() for name, body in bodies))


#: Written by hand after the providers' public descriptions of their streams.
ANTHROPIC = sse(
    (
        "message_start",
        {
            "type": "message_start",
            "message": {
                "id": "msg_1",
                "type": "message",
                "role": "assistant",
                "model": "m",
                "content": [],
                "stop_reason": None,
                "stop_sequence": None,
                "usage": {"input_tokens": 25, "output_tokens": 1},
            },
        },
    ),
    (
        "content_block_start",
        {
            "type": "content_block_start",
            "index": 0,
            "content_block": {"type": "text", "text": ""},
        },
    ),
    ("ping", {"type": "ping"}),
    *(
        (
            "content_block_delta",
            {
                "type": "content_block_delta",
                "index": 0,
                "delta": {"type": "text_delta", "text": text},
            },
        )
        for text in ("Ada ", "did [1].")
    ),
    ("content_block_stop", {"type": "content_block_stop", "index": 0}),
    (
        "message_delta",
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 7},
        },
    ),
    ("message_stop", {"type": "message_stop"}),
)
OLLAMA = Reply(
    headers={"Content-Type": "application/x-ndjson"},
    steps=tuple(
        json.dumps(
            {
                "model": "m",
                "created_at": "2026-01-01T00:00:00Z",
                "message": {"role": "assistant", "content": text},
                "done": done,
            }
        ).encode()
        + b"\n"
        for text, done in (("Ada ", False), ("did [1].", False), ("", True))
    ),
)
GOOGLE = raw(
    *(
        b"data: "
        + json.dumps(
            {
                "candidates": [
                    {"content": {"role": "model", "parts": [{"text": text}]}, "index": 0}
                ],
                "usageMetadata": {"promptTokenCount": 5, "candidatesTokenCount": 2},
            }
        ).encode()
        + b"\r\n\r\n"
        for text in ("Ada ", "did [1].")
    )
)
STREAMS = {
    "openai:gpt-4o-mini": ("/v1", says("Ada did [1].")),
    "openai-like:anything": ("/v1", says("Ada did [1].")),
    "anthropic:claude-sonnet-4-5": ("", ANTHROPIC),
    "ollama:llama3.2": ("", OLLAMA),
    "google:gemini-2.5-flash": ("", GOOGLE),
}


def settings_for(llm: ScriptedLlm, tmp_path: Path, name: str) -> Settings:
    return Settings.model_validate(
        {
            "index_dir": tmp_path,
            "llm_base_url": llm.root + STREAMS[name][0],
            "llm_api_key": "sk-test",
            "llm_timeout_s": 20,
        }
    )


@pytest.mark.parametrize("name", STREAMS)
def test_every_provider_streams(scripted_llm: ScriptedLlm, tmp_path: Path, name: str) -> None:
    scripted_llm.script(STREAMS[name][1])
    model = open_language_model(settings_for(scripted_llm, tmp_path, name), name)
    assert "".join(model.stream(ASKED)) == "Ada did [1]."
    (request,) = scripted_llm.requests
    asked = json.dumps(request)
    assert "Be brief." in asked and "Who?" in asked
    assert not request.get("tools")


def test_a_model_that_llama_index_does_not_know(scripted_llm: ScriptedLlm, tmp_path: Path) -> None:
    name = "openai:gpt-from-tomorrow"
    settings = settings_for(scripted_llm, tmp_path, "openai:gpt-4o-mini")
    with pytest.raises(LlmError, match="not known") as caught:
        "".join(open_language_model(settings, name).stream(ASKED))
    assert "openai-like:gpt-from-tomorrow" in caught.value.cure
    assert scripted_llm.requests == []


@pytest.mark.parametrize("name", STREAMS)
@pytest.mark.parametrize(
    ("status", "what"), [(401, "key"), (404, "not known"), (429, "no more"), (500, "out of order")]
)
def test_every_provider_fails_in_the_same_words(
    scripted_llm: ScriptedLlm, tmp_path: Path, name: str, status: int, what: str
) -> None:
    scripted_llm.script(refuses(status))
    model = open_language_model(settings_for(scripted_llm, tmp_path, name), name)
    model._sleep = lambda pause_s: None
    with pytest.raises(LlmError, match=what) as caught:
        "".join(model.stream(ASKED))
    assert f"status {status}" in caught.value.cure
    assert "sk-" not in str(caught.value)
