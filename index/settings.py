"""All settings, from the environment and one ``.env`` file. ``.env.example`` lists them.

The environment wins over the file. Relative paths count from the working directory; the
defaults live in the checkout, so that ``footnote`` works from any directory.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import SplitResult, urlsplit

from dotenv import dotenv_values
from dotenv.parser import parse_stream
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
)
from rapidfuzz import fuzz, process

from index.errors import SettingsError

CHECKOUT = Path(__file__).resolve().parent.parent
PREFIX = "FOOTNOTE_"
#: Settings that keep the name everybody already uses.
SHARED_NAMES = {
    "discord_token": "DISCORD_TOKEN",
    "chroma_url": "CHROMA_URL",
    "openai_api_key": "OPENAI_API_KEY",
    "anthropic_api_key": "ANTHROPIC_API_KEY",
    "google_api_key": "GOOGLE_API_KEY",
}


def _split_paths(value: object) -> object:
    """A list of paths from one string: separated by commas, line breaks or the path separator."""
    if not isinstance(value, str):
        return value
    try:
        if Path(value).expanduser().exists():  # a name that holds a separator itself
            return (value,)
    except (OSError, RuntimeError):
        pass  # too long for one name, or another user's home; told from the parts
    parts = re.split(r"[,\n]" + ("|:" if os.pathsep == ":" else f"|{os.pathsep}"), value)
    return tuple(part.strip() for part in parts if part.strip())


def _expand(path: Path) -> Path:
    try:
        return path.expanduser().absolute()
    except RuntimeError:
        raise ValueError(f"there is no user {path.parts[0][1:]} whose home is {path}") from None


def _loopback(url: str | None, *schemes: str) -> str | None:
    if url is None:
        return None
    parts = _address(url)
    if (
        parts is None
        or parts.scheme not in schemes
        or parts.hostname not in {"127.0.0.1", "localhost", "::1"}
    ):
        raise ValueError(
            f"must be a loopback address such as {schemes[0]}://127.0.0.1:8080; "
            "it exists to test against a local Discord"
        )
    return url.rstrip("/")


def _address(url: str) -> SplitResult | None:
    """The parts of ``url``; None if it names no host, or a port that there is not."""
    try:
        parts = urlsplit(url)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:  # a port out of range, half an IPv6 address
        return None


def _is_bare_address(url: str) -> bool:
    """Whether ``url`` names a web server and nothing else. Messages show it: no passwords."""
    parts = _address(url)
    if parts is None or parts.scheme not in {"http", "https"} or "@" in parts.netloc:
        return False
    return not (parts.path.strip("/") or parts.query or parts.fragment)


class Settings(BaseModel):
    """Validated settings. Secrets are ``SecretStr``: they never show in ``repr`` or a log."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    sources: Annotated[tuple[Path, ...], BeforeValidator(_split_paths)] = Field(
        (CHECKOUT / "seeds",), min_length=1, description="Folders or files to answer from."
    )
    index_dir: Path = Field(
        CHECKOUT / ".footnote" / "index", description="Where the index is kept."
    )
    ledger: Path = Field(
        CHECKOUT / ".footnote" / "ledger.sqlite3",
        description="Where given answers, votes and channel settings are kept.",
    )
    chroma_url: str | None = Field(
        None, description="A Chroma server to use in place of the embedded one."
    )
    threads: int = Field(
        0, ge=0, le=64, description="Threads for the models; 0 means one a core, at most four."
    )
    top_k: int = Field(8, ge=1, le=50, description="Passages that retrieval keeps.")
    threshold: float | None = Field(
        None,
        ge=0,
        le=1,
        description="Lowest confidence that is shown as an answer; empty: as calibrated.",
    )
    max_question_chars: int = Field(
        1000, ge=20, le=100_000, description="Longest question that is accepted, in characters."
    )
    llm: str | None = Field(
        None,
        description="A language model that writes the answers, such as openai:gpt-4o-mini; empty: "
        "the built-in reader. See docs/llm.md.",
    )
    llm_base_url: str | None = Field(
        None, description="Where that model is, if not at its provider's own address."
    )
    llm_api_key: SecretStr | None = Field(
        None, description="Its key; empty: the provider's own, one of the next three."
    )
    openai_api_key: SecretStr | None = Field(None, description="OpenAI's key.")
    anthropic_api_key: SecretStr | None = Field(None, description="Anthropic's key.")
    google_api_key: SecretStr | None = Field(None, description="Google's key.")
    llm_timeout_s: float = Field(
        20.0,
        gt=0,
        le=600,
        description="Longest time it may take for an answer; then the reader answers.",
    )
    llm_max_tokens: int = Field(
        600, ge=16, le=100_000, description="Longest answer it may write, in tokens."
    )
    llm_daily_tokens: int = Field(
        1_000_000, ge=0, description="Tokens that it may read and write in a day (UTC)."
    )
    llm_input_price: float = Field(
        0.0, ge=0, description="What a million tokens that it reads cost, in any currency."
    )
    llm_output_price: float = Field(
        0.0, ge=0, description="What a million tokens that it writes cost."
    )
    llm_question_cost: float | None = Field(
        None, ge=0, description="What one question may cost; empty: no limit."
    )
    llm_daily_cost: float | None = Field(
        None, ge=0, description="What a day (UTC) may cost; empty: no limit."
    )
    log_level: str = Field("WARNING", description="DEBUG, INFO, WARNING or ERROR.")
    discord_token: SecretStr | None = Field(
        None, description="The bot's token; see docs/discord-setup.md."
    )
    discord_api: str | None = Field(
        None, description="Another Discord's REST address, loopback only."
    )
    discord_gateway: str | None = Field(
        None, description="Another Discord's gateway address, loopback only."
    )
    discord_message_content: bool = Field(
        False,
        description="Ask Discord for the Message Content intent, which answer-all channels, forums "
        "and threads without mentions need.",
    )
    discord_cooldown_s: float = Field(
        3.0,
        ge=0,
        le=3600,
        description="Seconds in which a Discord user earns one more question; a few at once are "
        "free.",
    )
    discord_queue_size: int = Field(
        50, ge=1, le=10_000, description="Discord questions that may wait at once."
    )
    answer_timeout_s: float = Field(
        30.0, gt=0, le=600, description="Longest time a Discord question may be worked on."
    )
    retention_days: int = Field(
        90,
        ge=1,
        le=3650,
        description="Days for which the ledger keeps answers, votes and conversations.",
    )

    @field_validator("sources")
    @classmethod
    def _expand_sources(cls, paths: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(_expand(path) for path in paths)

    @field_validator("index_dir", "ledger")
    @classmethod
    def _expand_path(cls, path: Path) -> Path:
        return _expand(path)

    @field_validator("discord_api")
    @classmethod
    def _check_api(cls, url: str | None) -> str | None:
        return _loopback(url, "http", "https")

    @field_validator("discord_gateway")
    @classmethod
    def _check_gateway(cls, url: str | None) -> str | None:
        return _loopback(url, "ws", "wss")

    @field_validator("chroma_url")
    @classmethod
    def _check_chroma(cls, url: str | None) -> str | None:
        if url is not None and not _is_bare_address(url):
            raise ValueError("must look like http://host:8000, without name, password or path")
        return url

    @field_validator("llm_base_url")
    @classmethod
    def _check_llm_url(cls, url: str | None) -> str | None:
        if url is None:
            return None
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("must look like http://host:8080/v1")
        if parts.username is not None:
            raise ValueError("must not hold a password; put the key into FOOTNOTE_LLM_API_KEY")
        return url.rstrip("/")

    @field_validator("log_level")
    @classmethod
    def _check_level(cls, level: str) -> str:
        if level.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return level.upper()


def variable(field: str) -> str:
    """The environment variable that sets ``field``."""
    return SHARED_NAMES.get(field, PREFIX + field.upper())


def load_settings(
    environ: Mapping[str, str] | None = None, env_file: Path | None = None
) -> Settings:
    """Settings from ``environ`` (default: the process's) over ``env_file`` (default: ``.env`` in
    the working directory, else in the checkout).

    Raises SettingsError for an unknown ``FOOTNOTE_*`` key or a malformed value.
    """
    environ = os.environ if environ is None else environ
    if env_file is None:
        env_file = next((p for p in (Path(".env"), CHECKOUT / ".env") if p.is_file()), None)
    merged = {**_read_env_file(env_file), **environ}
    names = {variable(field): field for field in Settings.model_fields}
    for key in merged:
        if key.startswith(PREFIX) and key not in names:
            raise _unknown_key(key, list(names))
    # An empty value is "not set": that is how .env.example shows optional keys.
    values: dict[str, Any] = {names[k]: v for k, v in merged.items() if k in names and v != ""}
    try:
        return Settings(**values)
    except ValidationError as error:
        raise _malformed(error) from None


def _read_env_file(path: Path | None) -> dict[str, str]:
    if path is None:
        return {}
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The settings file {path} cannot be read ({type(error).__name__}).",
            cure="Make it a readable text file in UTF-8; .env.example shows the form.",
        ) from None
    ours = {variable(field) for field in Settings.model_fields}
    for line in parse_stream(StringIO(text)):
        if line.error or (line.value is None and line.key in ours):
            # The line itself is not shown: it may be half a token.
            raise SettingsError(
                f"Line {line.original.line} of {path} is not of the form NAME=value.",
                cure="Correct it; .env.example shows the form.",
            )
    values = dotenv_values(stream=StringIO(text))
    return {key: value for key, value in values.items() if value is not None}


def _unknown_key(key: str, known: list[str]) -> SettingsError:
    # Their common beginning would make any two alike.
    match = process.extractOne(
        key,
        known,
        scorer=fuzz.ratio,
        processor=lambda name: name.upper().removeprefix(PREFIX),
        score_cutoff=60,
    )
    hint = f"Did you mean {match[0]}?" if match else "See .env.example for those that exist."
    return SettingsError(f"There is no setting {key}.", cure=hint)


#: What pydantic's types of errors mean to somebody who knows no Python; the others say it.
_REASONS = {
    "int_parsing": "must be a whole number",
    "int_from_float": "must be a whole number",
    "float_parsing": "must be a number",
    "bool_parsing": "must be true or false",
    "too_short": "names no file or folder",
}


def _malformed(error: ValidationError) -> SettingsError:
    first = error.errors(include_url=False, include_input=False)[0]
    name = variable(str(first["loc"][0])) if first["loc"] else "A setting"
    said = str(first["msg"]).removeprefix("Value error, ").replace("Input should", "must", 1)
    reason = _REASONS.get(first["type"], said)
    return SettingsError(
        f"{name} is not usable: {reason[:1].lower()}{reason[1:]}.",
        cure="Correct it in the environment or in .env; .env.example shows the form.",
    )
