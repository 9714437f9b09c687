"""Settings: every bad value is one clear line, and no secret is in any."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SettingsError
from index.settings import Settings, load_settings, variable

NO_FILE = Path("/nonexistent/.env")
SECRET = "hunter2hunter2"


def load(**environ: str) -> Settings:
    return load_settings(environ, NO_FILE)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("FOOTNOTE_TOP_K", "many", "must be a whole number"),
        ("FOOTNOTE_TOP_K", "0", "must be greater than or equal to 1"),
        ("FOOTNOTE_THRESHOLD", "2", "must be less than or equal to 1"),
        ("FOOTNOTE_THRESHOLD", "high", "must be a number"),
        ("FOOTNOTE_THRESHOLD", "nan", "must be"),
        ("FOOTNOTE_THREADS", "-1", "must be greater than or equal to 0"),
        ("FOOTNOTE_MAX_QUESTION_CHARS", "1", "must be greater than or equal to 20"),
        ("FOOTNOTE_LOG_LEVEL", "loud", "must be DEBUG, INFO, WARNING or ERROR"),
        ("FOOTNOTE_SOURCES", ",", "names no file or folder"),
        ("FOOTNOTE_SOURCES", "~no-such-user/a", "there is no user no-such-user"),
        ("FOOTNOTE_INDEX_DIR", "~no-such-user/a", "there is no user no-such-user"),
        ("FOOTNOTE_DISCORD_API", "http://example.org", "must be a loopback address"),
        ("FOOTNOTE_DISCORD_API", "http://127.0.0.1:99999", "must be a loopback address"),
        ("FOOTNOTE_DISCORD_API", "http://[::1", "must be a loopback address"),
        ("FOOTNOTE_DISCORD_GATEWAY", "http://127.0.0.1", "must be a loopback address"),
        ("FOOTNOTE_DISCORD_MESSAGE_CONTENT", "maybe", "must be true or false"),
        ("FOOTNOTE_RETENTION_DAYS", "1.5", "must be a whole number"),
        ("FOOTNOTE_ANSWER_TIMEOUT_S", "inf", "must be less than or equal to 600"),
        ("CHROMA_URL", "nonsense", "must look like http://host:8000"),
        ("CHROMA_URL", "http://", "must look like http://host:8000"),
        ("CHROMA_URL", "http://host:99999", "must look like http://host:8000"),
        ("CHROMA_URL", "http://host:0", "must look like http://host:8000"),
        ("CHROMA_URL", "http://host/path", "must look like http://host:8000"),
    ],
)
def test_a_malformed_value_is_named_with_what_it_must_be(
    name: str, value: str, reason: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(**{name: value})
    assert caught.value.what.startswith(f"{name} is not usable: {reason}")
    assert ".env" in caught.value.cure


@pytest.mark.parametrize(
    "url", [f"http://user:{SECRET}@host:8000", f"http://:{SECRET}@host", f"http://user:{SECRET}"]
)
def test_a_password_in_an_address_is_refused_and_not_shown(url: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(CHROMA_URL=url)
    assert SECRET not in str(caught.value)


def test_secrets_are_not_shown() -> None:
    settings = load(DISCORD_TOKEN=SECRET)
    assert SECRET not in repr(settings) and SECRET not in str(settings)
    assert SECRET not in settings.model_dump_json()
    with pytest.raises(SettingsError) as caught:
        load(DISCORD_TOKEN=SECRET, FOOTNOTE_TOP_K=SECRET)
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "hint"),
    [
        ("FOOTNOTE_SOURCE", "Did you mean FOOTNOTE_SOURCES?"),
        ("FOOTNOTE_sources", "Did you mean FOOTNOTE_SOURCES?"),
        ("FOOTNOTE_INDEXDIR", "Did you mean FOOTNOTE_INDEX_DIR?"),
        ("FOOTNOTE_DISCORD_TOKEN", "Did you mean DISCORD_TOKEN?"),
        ("FOOTNOTE_CHROMA_URL", "Did you mean CHROMA_URL?"),
        ("FOOTNOTE_XYZZY", "See .env.example for those that exist."),
    ],
)
def test_an_unknown_key_is_an_error_with_a_suggestion(key: str, hint: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load(**{key: "1"})
    assert caught.value.what == f"There is no setting {key}."
    assert caught.value.cure == hint


def test_keys_of_others_are_none_of_our_business() -> None:
    assert load(HOME="/nowhere", TOP_K="x", footnote="y") == Settings()


def test_an_empty_value_is_not_set() -> None:
    assert load(**{variable(name): "" for name in Settings.model_fields}) == Settings()


@pytest.mark.parametrize("value", ["{a},{b}", "{a}:{b}", "{a}\n {b} ", ",{a},,{b},"])
def test_sources_are_a_list(tmp_path: Path, value: str) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    assert load(FOOTNOTE_SOURCES=value.format(a=one, b=other)).sources == (one, other)


def test_a_source_whose_name_holds_a_separator(tmp_path: Path) -> None:
    folder = tmp_path / "a, b: c"
    folder.mkdir()
    assert load(FOOTNOTE_SOURCES=str(folder)).sources == (folder,)


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffFOOTNOTE_TOP_K=3\nFOOTNOTE_THREADS=1\nOTHER=x\n", "utf-8")
    settings = load_settings({"FOOTNOTE_TOP_K": "4"}, file)
    assert (settings.top_k, settings.threads) == (4, 1)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"FOOTNOTE_TOP_K=\xe4"])
def test_a_file_that_is_no_text_is_named(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / ".env"
    file.write_bytes(content)
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings({}, file)


@pytest.mark.parametrize(
    "row",
    ["FOOTNOTE_TOP_K 5", "FOOTNOTE_TOP_K: 5", "FOOTNOTE_TOP_K", "DISCORD_TOKEN",
     'FOOTNOTE_TOP_K="5', "DISCORD_TOKEN xyz-secret"],
)  # fmt: skip
def test_a_line_that_sets_nothing_is_named_but_not_shown(tmp_path: Path, row: str) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# A comment\n\nOTHER\nexport FOOTNOTE_THREADS=1\n{row}\n", "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_settings({}, file)
    assert f"Line 5 of {file}" in caught.value.what
    assert "secret" not in f"{caught.value.what} {caught.value.cure}"


@given(st.sampled_from(list(Settings.model_fields)), st.text(max_size=40))
def test_any_value_of_any_key_is_taken_or_refused(name: str, value: str) -> None:
    try:
        load(**{variable(name): value})
    except SettingsError as error:
        assert "\n" not in error.cure


@pytest.mark.parametrize("name", ["FOOTNOTE_SOURCES", "FOOTNOTE_INDEX_DIR", "FOOTNOTE_LEDGER"])
def test_a_name_that_no_disk_takes_is_no_settings_matter(name: str) -> None:
    assert load(**{name: "a" * 5000}) != Settings()
