"""Holds requests and answers to Discord's published OpenAPI document.

``openapi.json`` beside this file is a part of it, made by ``prune_openapi.py``.

Validating a message with components takes jsonschema milliseconds. Payloads are therefore first
reduced to their *shape*, in which everything that no schema in the document can tell apart is
equal, and each shape is validated once.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.fakes.discord.payload_types import JsonObject

DOCUMENT = Path(__file__).with_name("openapi.json")
_ADDRESS = "urn:discord"


class Schema:
    """Answers for each payload: None if it is as the document says, otherwise what is wrong."""

    def __init__(self, document: JsonObject) -> None:
        _accept_known_differences(document)
        self._document = document
        self._abstraction = _Abstraction(document)
        self._registry: Registry[Any] = Registry().with_resource(
            _ADDRESS, DRAFT202012.create_resource(document)
        )
        self._validators: dict[str, Draft202012Validator] = {}
        self._verdicts: dict[tuple[str, object], str | None] = {}

    def check_request(self, method: str, path: str, body: Any) -> str | None:
        """``path`` is the template, such as ``/channels/{channel_id}``."""
        operation = self._operation(method, path)
        if operation is None:
            return f"{method} {path} is not in Discord's OpenAPI document"
        if "requestBody" not in operation:
            return None
        pointer = _pointer("paths", path, method.lower(), "requestBody", "content")
        return self._check(f"{pointer}/application~1json/schema", body)

    def check_answer(self, method: str, path: str, status: int, body: Any) -> str | None:
        operation = self._operation(method, path)
        if operation is None:
            return f"{method} {path} is not in Discord's OpenAPI document"
        answers = operation["responses"]
        key = next((k for k in (str(status), f"{status // 100}XX") if k in answers), None)
        if key is None:
            return f"the document knows no answer {status}"
        if "$ref" in answers[key]:
            pointer = answers[key]["$ref"]
            content = self._document["components"]["responses"][pointer.rsplit("/", 1)[1]]
        else:
            pointer = _pointer("paths", path, method.lower(), "responses", key)
            content = answers[key]
        if "content" not in content:
            return None if body is None else f"{status} has no body in the document"
        return self._check(f"{pointer}/content/application~1json/schema", body)

    def check_object(self, name: str, body: Any) -> str | None:
        """``body`` against the component schema ``name``, such as ``MessageResponse``."""
        return self._check(_pointer("components", "schemas", name), body)

    def _operation(self, method: str, path: str) -> JsonObject | None:
        operation: JsonObject | None = self._document["paths"].get(path, {}).get(method.lower())
        return operation

    def _check(self, pointer: str, body: Any) -> str | None:
        key = (pointer, self._abstraction.shape(body))
        if key not in self._verdicts:
            self._verdicts[key] = self._validate(pointer, body)
        return self._verdicts[key]

    def _validate(self, pointer: str, body: Any) -> str | None:
        if pointer not in self._validators:
            self._validators[pointer] = Draft202012Validator(
                {"$ref": f"{_ADDRESS}{pointer}"}, registry=self._registry
            )
        validator = self._validators[pointer]
        if validator.is_valid(body):
            return None
        error = best_match(validator.iter_errors(body))
        assert error is not None
        return f"at {error.json_path}: {error.message[:300]}"


@cache
def discord_schema() -> Schema:
    """The one schema of this process; reading it takes a moment."""
    return Schema(read_document())


def read_document() -> JsonObject:
    document: JsonObject = json.loads(DOCUMENT.read_text("utf-8"))
    return document


def _pointer(*parts: str) -> str:
    return "#/" + "/".join(part.replace("~", "~0").replace("/", "~1") for part in parts)


def _accept_known_differences(document: JsonObject) -> None:
    """Where Discord's practice is wider than its document.

    discord.py sends some ids as integers, and Discord takes them. The codes of single fields in
    an error are words such as BASE_TYPE_MAX_LENGTH, as Discord's reference shows them, while the
    document gives them the type of the error's own number.
    """
    schemas = document["components"]["schemas"]
    schemas["SnowflakeType"]["type"] = ["string", "integer"]
    codes_in_words = {"properties": {"code": {"type": "string"}, "message": {"type": "string"}}}
    schemas["InnerErrors"]["properties"]["_errors"]["items"] = {
        "type": "object",
        "required": ["code", "message"],
        **codes_in_words,
    }


class _Abstraction:
    """Maps a payload to its shape.

    A schema sees of a text only whether it is one of the document's constants, which of the
    document's patterns it matches and between which of the document's lengths its own lies; of a
    number, likewise, only its type, constants and bounds; of a list its length, the shapes of its
    items and whether they differ (which the document asks only of simple items). Nothing else is
    kept.
    """

    def __init__(self, document: JsonObject) -> None:
        constants: set[object] = set()
        lengths: set[int] = set()
        bounds: set[float] = set()
        patterns: set[str] = set()
        for node in _objects(document):
            constants.update(node["enum"] if isinstance(node.get("enum"), list) else ())
            if isinstance(node.get("const"), str | int | float):
                constants.add(node["const"])
            for keyword in ("minLength", "maxLength"):
                if isinstance(node.get(keyword), int):
                    lengths.add(node[keyword])
            for keyword in ("minimum", "maximum"):
                if isinstance(node.get(keyword), int | float):
                    bounds.add(node[keyword])
            if isinstance(node.get("pattern"), str):
                patterns.add(node["pattern"])
        self._constants = constants
        self._lengths = sorted(lengths)
        self._bounds = sorted(bounds)
        self._patterns = [re.compile(pattern) for pattern in sorted(patterns)]
        self._texts: dict[str, object] = {}

    def shape(self, value: Any) -> object:
        """Hashable. Objects keep the order of their keys: another order is only another shape."""
        kind = type(value)
        if kind is dict:
            return tuple([(key, self.shape(inner)) for key, inner in value.items()])
        if kind is list:
            shapes = dict.fromkeys([self.shape(inner) for inner in value])
            return (kind, len(value), _all_differ(value), *shapes)
        if kind is str:
            return self._text(value)
        if value is None or kind is bool:
            return (kind, value)
        return self._number(value)

    def _text(self, text: str) -> object:
        known = self._texts.get(text)
        if known is None:
            if len(self._texts) > 10_000:
                self._texts.clear()
            known = self._texts[text] = self._text_shape(text)
        return known

    def _text_shape(self, text: str) -> object:
        if text in self._constants:
            return text
        matches = tuple([pattern.search(text) is not None for pattern in self._patterns])
        return (str, matches, *_place(self._lengths, len(text)))

    def _number(self, number: float) -> object:
        kind = type(number)
        if number in self._constants:
            return (kind, number)
        return (kind, float(number).is_integer(), *_place(self._bounds, number))


def _all_differ(items: list[Any]) -> bool:
    simple = [item for item in items if not isinstance(item, dict | list)]
    return len(set(simple)) == len(simple)


def _place(thresholds: list[Any], value: float) -> tuple[int, bool]:
    """Where ``value`` lies among ``thresholds``: before which, and whether exactly on it."""
    index = bisect_left(thresholds, value)
    return index, index < len(thresholds) and thresholds[index] == value


def _objects(node: Any) -> Iterator[JsonObject]:
    if isinstance(node, dict):
        yield node
        for inner in node.values():
            yield from _objects(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _objects(inner)
