"""The real client of the real integration, against a scripted server on loopback."""

from __future__ import annotations

import logging
import socket
import time
from pathlib import Path
from typing import Any

import pytest

from index.errors import LlmError
from index.models.llm.allowance import USAGE_FILE, Allowance, Limits
from index.models.llm.breaker import FIRST_PAUSE_S, Breaker
from index.models.llm.client import MOST_TRIES, LanguageModel
from index.models.llm.messages import Chunk, Message, Role, Usage
from index.models.llm.providers import open_language_model
from index.settings import Settings
from tests.fakes.llm import ScriptedLlm, breaks_off, hangs, raw, refuses, says
from tests.fakes.llm.replies import event

ASKED = (Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Who?"))
KEY = "sk-secret-0123456789"


def connect(base_url: str, tmp_path: Path, **changes: Any) -> LanguageModel:
    given: dict[str, Any] = {
        "index_dir": tmp_path,
        "llm_base_url": base_url,
        "llm_api_key": KEY,
        "llm_timeout_s": 10,
    }
    model = open_language_model(Settings(**{**given, **changes}), "openai-like:scripted")
    model._sleep = lambda pause_s: None  # the pauses are tested by themselves
    return model


@pytest.fixture
def model(scripted_llm: ScriptedLlm, tmp_path: Path) -> LanguageModel:
    return connect(scripted_llm.base_url, tmp_path)


def heard(model: LanguageModel) -> str:
    return "".join(model.stream(ASKED))


def test_it_streams_what_the_model_says(model: LanguageModel, scripted_llm: ScriptedLlm) -> None:
    scripted_llm.script(says("Ada Quill – née Öhm – did [1]."))
    pieces = list(model.stream(ASKED))
    assert "".join(pieces) == "Ada Quill – née Öhm – did [1]."
    assert len(pieces) > 2


def test_the_request_offers_no_tools_and_bounds_the_answer(
    model: LanguageModel, scripted_llm: ScriptedLlm
) -> None:
    scripted_llm.script(says("Yes."))
    heard(model)
    (body,) = scripted_llm.requests
    assert {"tools", "functions", "tool_choice"}.isdisjoint(body)
    assert body["max_tokens"] == 600
    assert body["temperature"] == 0
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert scripted_llm.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize(
    ("status", "what", "cure", "calls"),
    [
        (401, "does not accept its key", "Check the provider's key", 1),
        (403, "does not accept its key", "Check the provider's key", 1),
        (404, "not known", "Check the name in FOOTNOTE_LLM", 1),
        (400, "refused the request", "FOOTNOTE_LLM_MAX_TOKENS", 1),
        (429, "takes no more questions", "rate limit or quota", MOST_TRIES),
        (500, "out of order", "see its log", MOST_TRIES),
        (503, "out of order", "see its log", MOST_TRIES),
    ],
)
def test_a_refusal_is_one_clear_line_and_its_cure(
    model: LanguageModel,
    scripted_llm: ScriptedLlm,
    caplog: pytest.LogCaptureFixture,
    status: int,
    what: str,
    cure: str,
    calls: int,
) -> None:
    caplog.set_level(logging.DEBUG, "index")
    scripted_llm.script(refuses(status))
    with pytest.raises(LlmError) as caught:
        heard(model)
    assert what in caught.value.what
    assert cure in caught.value.cure
    assert f"openai-like:scripted: status {status}." in caught.value.cure
    assert len(scripted_llm.requests) == calls
    shown = str(caught.value) + caplog.text
    assert KEY not in shown and "sk-quoted" not in shown


@pytest.mark.parametrize(
    ("reply", "what"),
    [
        (says(""), "said nothing"),
        (raw(b"data: [DONE]\n\n"), "said nothing"),
        (raw(b'data: {"not": \n\n'), "broke off"),
        (raw(b'data: {"choices": [{"delta": {"content": "\xff\xfe"}}]}\n\n'), "broke off"),
        (raw(b"<html>a proxy's error page</html>"), "said nothing"),
        (breaks_off(""), "broke off"),
    ],
    ids=["nothing", "done", "bad json", "bad utf-8", "html", "cut"],
)
def test_a_stream_that_is_none_fails_clearly(
    model: LanguageModel, scripted_llm: ScriptedLlm, reply: Any, what: str
) -> None:
    scripted_llm.script(reply)
    with pytest.raises(LlmError, match=what):
        heard(model)
    assert len(scripted_llm.requests) == MOST_TRIES


def test_a_passing_failure_is_tried_again(model: LanguageModel, scripted_llm: ScriptedLlm) -> None:
    scripted_llm.script(refuses(503), breaks_off(""), says("Ada."))
    assert heard(model) == "Ada."


def test_nothing_is_said_twice(model: LanguageModel, scripted_llm: ScriptedLlm) -> None:
    scripted_llm.script(breaks_off("Ada Quill did [1]. Bob"), says("Never asked for."))
    said = ""
    with pytest.raises(LlmError, match="broke off"):
        for piece in model.stream(ASKED):
            said += piece
    assert said == "Ada Quill did [1]. Bob"
    assert len(scripted_llm.requests) == 1


@pytest.mark.parametrize("said", ["", "Ada "])
def test_a_model_that_hangs_is_left(scripted_llm: ScriptedLlm, tmp_path: Path, said: str) -> None:
    scripted_llm.script(hangs(said))
    with pytest.raises(LlmError, match="took too long") as caught:
        heard(connect(scripted_llm.base_url, tmp_path, llm_timeout_s=0.5))
    assert "FOOTNOTE_LLM_TIMEOUT_S" in caught.value.cure


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        with pytest.raises(LlmError, match="cannot be reached") as caught:
            heard(connect(url, tmp_path))
    assert "FOOTNOTE_LLM_BASE_URL" in caught.value.cure


def test_an_endless_answer_is_cut_at_the_limit(scripted_llm: ScriptedLlm, tmp_path: Path) -> None:
    scripted_llm.script(raw(*([event("and so on ")] * 5_000)))
    said = heard(connect(scripted_llm.base_url, tmp_path, llm_max_tokens=50))
    assert 50 * 4 <= len(said) <= 50 * 4 + 40


def test_retry_after_is_heeded_if_it_is_short(
    model: LanguageModel, scripted_llm: ScriptedLlm
) -> None:
    waited: list[float] = []
    model._sleep = waited.append
    scripted_llm.script(refuses(429, Retry_After="2"), says("Ada."))
    assert heard(model) == "Ada."
    assert waited == [2.0]
    scripted_llm.script(refuses(429, Retry_After="3600"))
    with pytest.raises(LlmError, match="takes no more questions"):
        heard(model)
    assert waited == [2.0]


def test_a_broken_model_is_left_alone_for_a_while(
    model: LanguageModel, scripted_llm: ScriptedLlm
) -> None:
    scripted_llm.script(refuses(401))
    for _ in range(4):
        with pytest.raises(LlmError, match="key"):
            heard(model)
    assert len(scripted_llm.requests) == 1


def test_use_is_booked_as_the_provider_counts_it(tmp_path: Path) -> None:
    def transport(messages: Any) -> Any:
        yield Chunk("Ada Quill did.", None)
        yield Chunk("", Usage(111, 22))

    allowance = Allowance(Limits(day_tokens=10_000), tmp_path)
    model = LanguageModel("x:y", lambda: transport, allowance, timeout_s=5, max_tokens=100)
    assert heard(model) == "Ada Quill did."
    assert allowance.spent().tokens == 133
    assert (tmp_path / USAGE_FILE).exists()


def test_no_call_is_made_that_the_day_does_not_allow(
    scripted_llm: ScriptedLlm, tmp_path: Path
) -> None:
    model = connect(scripted_llm.base_url, tmp_path, llm_daily_tokens=300)
    with pytest.raises(LlmError, match="share for today") as caught:
        heard(model)
    assert "FOOTNOTE_LLM_DAILY_TOKENS" in caught.value.cure
    assert scripted_llm.requests == []


def test_a_listener_that_leaves_ends_the_call(scripted_llm: ScriptedLlm, tmp_path: Path) -> None:
    model = connect(scripted_llm.base_url, tmp_path)
    scripted_llm.script(says("word " * 400, pause_s=0.002))
    stream = model.stream(ASKED)
    assert next(stream)
    stream.close()
    started = time.monotonic()
    assert heard(connect(scripted_llm.base_url, tmp_path))
    assert time.monotonic() - started < 60


def test_a_trial_that_is_left_early_has_succeeded(tmp_path: Path) -> None:
    def transport(messages: Any) -> Any:
        yield Chunk("Ada Quill", None)
        yield Chunk(" did.", None)

    now = 0.0
    breaker = Breaker(lambda: now)
    breaker.failed(LlmError("Its key is wrong.", cure="Correct it.", lasting=True))
    allowance = Allowance(Limits(day_tokens=10_000), tmp_path)
    model = LanguageModel(
        "x:y", lambda: transport, allowance, timeout_s=5, max_tokens=100, breaker=breaker
    )
    with pytest.raises(LlmError, match="key is wrong"):
        heard(model)
    assert allowance.spent().tokens == 0
    now = FIRST_PAUSE_S
    stream = model.stream(ASKED)
    assert next(stream)
    stream.close()
    assert heard(model) == "Ada Quill did."
