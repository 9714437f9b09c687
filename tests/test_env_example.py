"""`.env.example` and the settings are the same list."""

from __future__ import annotations

from pathlib import Path

from dotenv import dotenv_values

from index.settings import CHECKOUT, Settings, load_settings, variable

EXAMPLE = CHECKOUT / ".env.example"


def test_it_lists_every_setting_and_no_other() -> None:
    listed = list(dotenv_values(EXAMPLE))
    assert listed == [variable(name) for name in Settings.model_fields]


def test_its_values_are_the_defaults() -> None:
    values = {key: value or "" for key, value in dotenv_values(EXAMPLE).items()}
    for key in ("FOOTNOTE_SOURCES", "FOOTNOTE_INDEX_DIR", "FOOTNOTE_LEDGER"):
        values[key] = str(CHECKOUT / values[key])
    assert load_settings(values, Path("/nonexistent/.env")) == Settings()


def test_each_has_its_meaning_above_it() -> None:
    lines = EXAMPLE.read_text("utf-8").splitlines()
    for name, field in Settings.model_fields.items():
        row = next(i for i, line in enumerate(lines) if line.startswith(variable(name) + "="))
        assert lines[row - 1] == f"# {field.description}"
