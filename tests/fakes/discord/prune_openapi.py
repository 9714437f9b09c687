"""Cuts Discord's OpenAPI document down to the routes that the loopback Discord serves.

    python -m tests.fakes.discord.prune_openapi path/to/openapi.json

The document is published by Discord under the MIT licence at
https://github.com/discord/discord-api-spec (file ``specs/openapi.json``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.fakes.discord.payload_types import JsonObject
from tests.fakes.discord.routes import ROUTES
from tests.fakes.discord.schema import DOCUMENT

SOURCE = "https://github.com/discord/discord-api-spec"
#: What says nothing to a validator of bodies.
PROSE = frozenset({"description", "title", "headers"})
#: Objects that only the gateway sends.
GATEWAY_OBJECTS = (
    "MessageResponse",
    "ThreadResponse",
    "GuildChannelResponse",
    "GuildMemberResponse",
    "GuildRoleResponse",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=Path, help="the complete OpenAPI document")
    arguments = parser.parse_args()
    whole = json.loads(arguments.document.read_text("utf-8"))
    text = json.dumps(prune(whole), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    DOCUMENT.write_text(text + "\n", "utf-8")


def prune(whole: JsonObject) -> JsonObject:
    """The paths of ROUTES and everything that they refer to, without prose."""
    paths: JsonObject = {}
    for route in ROUTES:
        operation = whole["paths"].get(route.path, {}).get(route.method.lower())
        if operation is not None:
            paths.setdefault(route.path, {})[route.method.lower()] = _operation(operation)
    components: JsonObject = {"schemas": {}, "responses": {}}
    wanted = [f"#/components/schemas/{name}" for name in GATEWAY_OBJECTS]
    wanted.extend(_references(paths))
    while wanted:
        _, _, section, name = wanted.pop().split("/")
        if name not in components[section]:
            kept = _without_prose(whole["components"][section][name])
            components[section][name] = kept
            wanted.extend(_references(kept))
    return {
        "openapi": whole["openapi"],
        "info": {**whole["info"], "x-source": SOURCE, "x-note": "Pruned; see prune_openapi.py."},
        "paths": paths,
        "components": components,
    }


def _operation(operation: JsonObject) -> JsonObject:
    kept: JsonObject = {"responses": _without_prose(operation["responses"])}
    if "requestBody" in operation:
        content = operation["requestBody"]["content"]
        schema = content.get("application/json") or content["multipart/form-data"]
        kept["requestBody"] = {"content": {"application/json": _without_prose(schema)}}
    return kept


def _without_prose(node: Any, *, names_fields: bool = False) -> Any:
    """``names_fields``: the keys of ``node`` are field names, of which none is prose."""
    if isinstance(node, dict):
        return {
            key: _without_prose(value, names_fields=key == "properties" and not names_fields)
            for key, value in node.items()
            if names_fields or key not in PROSE
        }
    if isinstance(node, list):
        return [_without_prose(each) for each in node]
    return node


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from _references(value)
    elif isinstance(node, list):
        for value in node:
            yield from _references(value)


if __name__ == "__main__":
    main()
