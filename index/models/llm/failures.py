"""From what a provider's library raises to one clear line, and what to do about it.

Nothing that a provider writes is passed on: its messages may hold parts of the key or of the
question. The status, or the kind of failure, says enough.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx

from index.errors import LlmError

#: Longest pause that a provider's Retry-After is honoured for; a person waits.
_MOST_PATIENCE_S = 8.0
_AUTH = {401, 403}


def explain(error: BaseException, model: str) -> LlmError:
    """``error`` as one of ours; ``model`` is the one in the settings, such as "openai:gpt-x"."""
    if isinstance(error, LlmError):
        return error
    chain = tuple(_chain(error))
    status = next((found for item in chain if (found := _status(item)) is not None), None)
    if status is not None:
        return _by_status(status, model, _retry_after(chain))
    names = " ".join(type(item).__name__ for item in chain)
    if any(isinstance(item, TimeoutError | httpx.TimeoutException) for item in chain):
        return timed_out(model)
    if "Timeout" in names:
        return timed_out(model)
    if any(isinstance(item, httpx.ConnectError | ConnectionError) for item in chain):
        return LlmError(
            "The language model cannot be reached.",
            cure=f"{model}: no connection. Check FOOTNOTE_LLM_BASE_URL, that the server runs, "
            "and this machine's network.",
            retryable=True,
        )
    if any(isinstance(item, UnicodeError | ValueError | httpx.HTTPError) for item in chain):
        return broken_off(model)
    return LlmError(
        "The language model failed.",
        cure=f"{model}: {type(error).__name__}. Set FOOTNOTE_LOG_LEVEL=DEBUG for its traceback.",
        retryable=True,
    )


def timed_out(model: str) -> LlmError:
    """It took too long."""
    return LlmError(
        "The language model took too long.",
        cure=f"{model}: not done in time. Raise FOOTNOTE_LLM_TIMEOUT_S, or choose a faster model.",
        retryable=True,
    )


def broken_off(model: str) -> LlmError:
    """Its stream ended where it should not, or is not what the protocol says."""
    return LlmError(
        "The language model's answer broke off.",
        cure=f"{model}: the stream was cut or is malformed. If it happens again, check that "
        "FOOTNOTE_LLM_BASE_URL is an endpoint of this provider's kind, and any proxy before it.",
        retryable=True,
    )


def said_nothing(model: str) -> LlmError:
    """A whole answer without a word."""
    return LlmError(
        "The language model said nothing.",
        cure=f"{model}: an empty answer. If it happens again, choose another model.",
        retryable=True,
    )


def _by_status(status: int, model: str, retry_after_s: float | None) -> LlmError:
    seen = f"{model}: status {status}."
    if status in _AUTH:
        return LlmError(
            "The language model does not accept its key.",
            cure=f"{seen} Check the provider's key in .env, and what it is allowed to use.",
            lasting=True,
        )
    if status == 404:
        return LlmError(
            "The language model is not known where it was asked for.",
            cure=f"{seen} Check the name in FOOTNOTE_LLM and the address in FOOTNOTE_LLM_BASE_URL; "
            "with Ollama, pull the model first.",
            lasting=True,
        )
    if status == 429:
        return LlmError(
            "The language model takes no more questions for now.",
            cure=f"{seen} Its rate limit or quota is used up: wait, or raise it at the provider.",
            retryable=retry_after_s is None or retry_after_s <= _MOST_PATIENCE_S,
            retry_after_s=retry_after_s,
        )
    if status == 408 or status >= 500:
        return LlmError(
            "The language model is out of order.",
            cure=f"{seen} The fault is at the provider's or your server's side; see its log.",
            retryable=True,
            retry_after_s=retry_after_s,
        )
    return LlmError(
        "The language model refused the request.",
        cure=f"{seen} Check the name in FOOTNOTE_LLM; a small context window needs a smaller "
        "FOOTNOTE_TOP_K or FOOTNOTE_LLM_MAX_TOKENS.",
        lasting=True,
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """``error`` and what it was raised from; the libraries wrap each other's."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        current = current.__cause__ or current.__context__


def _status(error: BaseException) -> int | None:
    """The HTTP status that the libraries of OpenAI, Anthropic and Ollama keep as ``status_code``
    and Google's as ``code``."""
    for name in ("status_code", "code"):
        value = getattr(error, name, None)
        if isinstance(value, int) and 400 <= value < 600:
            return value
    return None


def _retry_after(chain: tuple[BaseException, ...]) -> float | None:
    """Seconds of a Retry-After header, where there is one in seconds."""
    for error in chain:
        response = getattr(error, "response", None)
        if isinstance(response, httpx.Response):
            try:
                return max(0.0, float(response.headers["retry-after"]))
            except (KeyError, ValueError):
                continue
    return None
