"""The application's registered commands: overwriting them in bulk, and finding one to invoke."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from tests.fakes.discord.errors import FormErrors, too_many_commands_created
from tests.fakes.discord.payload_types import JsonObject
from tests.fakes.discord.rules import Rules
from tests.fakes.discord.snowflakes import Snowflakes

CHAT_INPUT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
#: The most commands of each type in one scope.
MOST = {CHAT_INPUT: 100, USER: 15, MESSAGE: 15}
#: Names, descriptions and values of a command and its options together.
LONGEST_COMMAND = 8000
_NAME = re.compile(r"[-_'\w]{1,32}")


class Commands:
    """By scope: None for global commands, a guild's id for that guild's."""

    def __init__(self, ids: Snowflakes, application_id: int, rules: Rules) -> None:
        self._ids = ids
        self._application_id = application_id
        self._rules = rules
        self._scopes: dict[int | None, list[JsonObject]] = {}
        self._created = 0
        #: How often the client has overwritten a scope.
        self.syncs = 0

    def all(self, guild_id: int | None = None) -> list[JsonObject]:
        return self._scopes.get(guild_id, [])

    def overwrite(self, guild_id: int | None, forms: list[JsonObject]) -> list[JsonObject]:
        """Replaces the whole scope. A command that keeps its name and type keeps its id."""
        _check(forms)
        old = {(each["name"], each["type"]): each for each in self.all(guild_id)}
        new = [form for form in forms if (form["name"], form.get("type") or CHAT_INPUT) not in old]
        if self._created + len(new) > self._rules.command_creates:
            raise too_many_commands_created()
        self._created += len(new)
        self.syncs += 1
        self._scopes[guild_id] = [self._stored(form, guild_id, old) for form in forms]
        return self._scopes[guild_id]

    def _stored(
        self, form: JsonObject, guild_id: int | None, old: dict[tuple[str, int], JsonObject]
    ) -> JsonObject:
        kind = form.get("type") or CHAT_INPUT
        before = old.get((form["name"], kind))
        permissions = form.get("default_member_permissions")
        stored = {
            **_without_nulls(form),
            "type": kind,
            "application_id": str(self._application_id),
            "description": form.get("description") or "",
            "default_member_permissions": None if permissions is None else str(permissions),
            "version": "0",
        }
        stored["id"] = before["id"] if before else str(self._ids.next())
        if guild_id is not None:
            stored["guild_id"] = str(guild_id)
        unchanged = before is not None and {**before, "version": "0"} == stored
        stored["version"] = before["version"] if before and unchanged else str(self._ids.next())
        return stored

    def find(self, name: str, kind: int, guild_id: int | None) -> JsonObject | None:
        """What a user in this guild would invoke: the guild's own command before a global one."""
        for scope in (guild_id, None):
            for command in self.all(scope):
                if command["name"] == name and command["type"] == kind:
                    return command
        return None


def _without_nulls(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nulls(inner) for key, inner in value.items() if inner is not None}
    if isinstance(value, list):
        return [_without_nulls(inner) for inner in value]
    return value


def _check(forms: list[JsonObject]) -> None:
    errors = FormErrors()
    names = Counter((form.get("name"), form.get("type") or CHAT_INPUT) for form in forms)
    for (name, _), count in names.items():
        if count > 1:
            errors.add(
                (),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                f"Application command names must be unique ({name})",
            )
    for kind, most in MOST.items():
        if sum((form.get("type") or CHAT_INPUT) == kind for form in forms) > most:
            errors.add((), "BASE_TYPE_BAD_LENGTH", f"Must be {most} or fewer in length.")
    for number, form in enumerate(forms):
        if (form.get("type") or CHAT_INPUT) == CHAT_INPUT:
            _check_chat_input(errors, (number,), form)
        else:
            _check_length(errors, (number, "name"), form.get("name"), 1, 32)
            if form.get("description"):
                errors.add(
                    (number, "description"),
                    "APPLICATION_COMMAND_INVALID_DESCRIPTION",
                    "Context menu commands cannot have description",
                )
        if sum(_lengths(form)) > LONGEST_COMMAND:
            errors.add((number,), "APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size")
    errors.raise_if_any()


def _check_chat_input(errors: FormErrors, at: tuple[str | int, ...], form: JsonObject) -> None:
    """A slash command, or one of its options."""
    name = form.get("name")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or name != name.lower():
        errors.add(
            (*at, "name"),
            "APPLICATION_COMMAND_INVALID_NAME",
            "Command name is invalid",
        )
    _check_length(errors, (*at, "description"), form.get("description"), 1, 100)
    options = form.get("options") or []
    if len(options) > 25:
        errors.add((*at, "options"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
    optional_seen = False
    for number, option in enumerate(options):
        here = (*at, "options", number)
        _check_chat_input(errors, here, option)
        if option.get("required") and optional_seen:
            errors.add(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        choices = option.get("choices") or []
        if len(choices) > 25:
            errors.add((*here, "choices"), "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.")
        for index, choice in enumerate(choices):
            _check_length(errors, (*here, "choices", index, "name"), choice.get("name"), 1, 100)


def _check_length(
    errors: FormErrors, at: tuple[str | int, ...], text: object, least: int, most: int
) -> None:
    if not isinstance(text, str) or not least <= len(text) <= most:
        errors.add(at, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def _lengths(form: JsonObject) -> Iterator[int]:
    yield len(form.get("name") or "")
    yield len(form.get("description") or "")
    for choice in form.get("choices") or ():
        yield len(choice["name"])
        yield len(str(choice["value"]))
    for option in form.get("options") or ():
        yield from _lengths(option)
