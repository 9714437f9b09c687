"""Which model writes: one setting, connected through LlamaIndex's own integrations.

LlamaIndex takes seconds to import, so this happens with the first question. What can be checked
before (the form of the name, the key, whether the integration is installed) is checked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from index.errors import LlmError, ModelError, SettingsError
from index.models.llm.allowance import Allowance, Limits
from index.models.llm.client import LanguageModel
from index.models.llm.messages import Chunk, Message, Transport, Usage
from index.settings import Settings, variable

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatMessage, ChatResponse
    from llama_index.core.llms import LLM


@dataclass(frozen=True, slots=True)
class Provider:
    """Who runs a model: the module of LlamaIndex's integration, the extra that installs it, and
    the setting that holds its key (None: none is needed)."""

    name: str
    module: str
    extra: str
    key_setting: str | None


PROVIDERS = {
    provider.name: provider
    for provider in (
        Provider("openai", "llama_index.llms.openai", "openai", "openai_api_key"),
        Provider("anthropic", "llama_index.llms.anthropic", "anthropic", "anthropic_api_key"),
        Provider("google", "llama_index.llms.google_genai", "google", "google_api_key"),
        Provider("ollama", "llama_index.llms.ollama", "ollama", None),
        Provider("openai-like", "llama_index.llms.openai_like", "openai-like", None),
    )
}
#: Sent where an OpenAI-compatible server wants no key; its client insists on one.
_NO_KEY = "none"
#: The integrations of Ollama and Google ask for the size of a window that they are not told.
#: Ollama makes it as large as it is told, which takes memory; our prompts are a third of this.
_OLLAMA_WINDOW = 8_192
_GOOGLE_WINDOW = 128_000


@dataclass(frozen=True, slots=True)
class _Connection:
    """What a provider's integration is told."""

    model: str
    key: str | None
    base_url: str | None
    timeout_s: float
    max_tokens: int


def open_language_model(settings: Settings, name: str) -> LanguageModel:
    """The model ``name``, such as "openai:gpt-x", with the limits of the settings.

    Raises SettingsError for a name, key or address that cannot work, and ModelError where the
    provider's integration is not installed.
    """
    provider, model = parse_name(name)
    connection = _Connection(
        model=model,
        key=_key(provider, settings),
        base_url=_base_url(provider, settings),
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
    )
    _check_installed(provider)
    limits = Limits(
        day_tokens=settings.llm_daily_tokens,
        question_cost=settings.llm_question_cost,
        day_cost=settings.llm_daily_cost,
        input_price=settings.llm_input_price,
        output_price=settings.llm_output_price,
    )
    return LanguageModel(
        name,
        partial(_transport, provider, connection),
        Allowance(limits, settings.index_dir),
        timeout_s=settings.llm_timeout_s,
        max_tokens=settings.llm_max_tokens,
    )


def parse_name(text: str) -> tuple[Provider, str]:
    """The provider and model of a name such as "openai:gpt-x". Raises SettingsError."""
    name, _, model = text.partition(":")
    provider = PROVIDERS.get(name.strip().lower())
    if provider is None or not model.strip():
        known = ", ".join(f"{known}:MODEL" for known in PROVIDERS)
        raise SettingsError(
            f"FOOTNOTE_LLM names no model: {text!r}.", cure=f"Write one of: {known}."
        )
    return provider, model.strip()


def _key(provider: Provider, settings: Settings) -> str | None:
    own = settings.llm_api_key
    secret = own or (getattr(settings, provider.key_setting) if provider.key_setting else None)
    key = secret.get_secret_value().strip() if secret else ""
    if not key and provider.key_setting is not None:
        raise SettingsError(
            f"There is no key for {provider.name}.",
            cure=f"Put {variable(provider.key_setting)}=... into .env, or unset FOOTNOTE_LLM.",
        )
    if not key.isascii() or any(char.isspace() for char in key):
        raise SettingsError(
            f"The key for {provider.name} holds characters that no key has.",
            cure="Copy it anew: one word, without quotes.",
        )
    return key or None


def _base_url(provider: Provider, settings: Settings) -> str | None:
    if provider.name == "openai-like" and settings.llm_base_url is None:
        raise SettingsError(
            "FOOTNOTE_LLM names an OpenAI-compatible server, but not where it is.",
            cure="Set FOOTNOTE_LLM_BASE_URL, such as http://127.0.0.1:8080/v1.",
        )
    return settings.llm_base_url


def _check_installed(provider: Provider) -> None:
    try:
        found = find_spec(provider.module)
    except ModuleNotFoundError:
        found = None
    if found is None:
        raise ModelError(
            f"LlamaIndex's integration of {provider.name} is not installed.",
            cure=f"Run: .venv/bin/python -m pip install -e '.[{provider.extra}]'",
        )


def _transport(provider: Provider, connection: _Connection) -> Transport:
    """Streams through the integration, which is imported here."""
    opened = _connect(provider, connection)
    try:
        _ = opened.metadata  # OpenAI's integration knows a list of models and refuses all others
    except ValueError:
        raise LlmError(
            "The language model is not known where it was asked for.",
            cure=f"{provider.name}:{connection.model}: this version of LlamaIndex does not know "
            f"it. Correct FOOTNOTE_LLM, or say openai-like:{connection.model} with the address "
            "in FOOTNOTE_LLM_BASE_URL.",
            lasting=True,
        ) from None

    def stream(messages: Sequence[Message]) -> Iterator[Chunk]:
        for response in opened.stream_chat([_chat_message(item) for item in messages]):
            yield Chunk(response.delta or "", _usage(response))

    return stream


def _chat_message(message: Message) -> ChatMessage:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    return ChatMessage(role=MessageRole(message.role.value), content=message.text)


def _connect(provider: Provider, connection: _Connection) -> LLM:
    """The LlamaIndex LLM; its own retries are off, for the caller has its own.

    No tools are given to it: a model that cannot act cannot be talked into acting.
    """
    given = connection
    if provider.name == "openai":
        from llama_index.llms.openai import OpenAI

        return OpenAI(
            model=given.model,
            api_key=given.key,
            api_base=given.base_url,
            temperature=0.0,
            max_tokens=given.max_tokens,
            max_retries=0,
            timeout=given.timeout_s,
        )
    if provider.name == "openai-like":
        from llama_index.llms.openai_like import OpenAILike

        return OpenAILike(
            model=given.model,
            api_key=given.key or _NO_KEY,
            api_base=given.base_url,
            is_chat_model=True,
            temperature=0.0,
            max_tokens=given.max_tokens,
            max_retries=0,
            timeout=given.timeout_s,
        )
    if provider.name == "anthropic":
        from llama_index.llms.anthropic import Anthropic

        return Anthropic(
            model=given.model,
            api_key=given.key,
            base_url=given.base_url,
            temperature=0.0,
            max_tokens=given.max_tokens,
            max_retries=0,
            timeout=given.timeout_s,
        )
    if provider.name == "ollama":
        from llama_index.llms.ollama import Ollama

        return Ollama(
            model=given.model,
            base_url=given.base_url or "http://127.0.0.1:11434",
            temperature=0.0,
            context_window=_OLLAMA_WINDOW,
            request_timeout=given.timeout_s,
            additional_kwargs={"num_predict": given.max_tokens},
            headers={"Authorization": f"Bearer {given.key}"} if given.key else None,
        )
    return _connect_google(given)


def _connect_google(given: _Connection) -> LLM:
    from google.genai import types
    from llama_index.llms.google_genai import GoogleGenAI

    return GoogleGenAI(
        model=given.model,
        api_key=given.key,
        max_tokens=given.max_tokens,
        context_window=_GOOGLE_WINDOW,
        max_retries=0,
        http_options=types.HttpOptions(
            base_url=given.base_url, timeout=round(given.timeout_s * 1000)
        ),
        file_mode="inline",
    )


def _usage(response: ChatResponse) -> Usage | None:
    """The token counts of a response, by the names that LlamaIndex's integrations use."""
    counts: dict[str, Any] = response.additional_kwargs
    asked, said = counts.get("prompt_tokens"), counts.get("completion_tokens")
    if isinstance(asked, int) and isinstance(said, int):
        return Usage(asked, said)
    return None
