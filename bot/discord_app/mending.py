"""Events that lack what discord.py insists on, and the bot does not need.

Discord sends all of this today. It has left fields out before, and other servers that speak its
protocol do; a question should not be lost for the want of an avatar.
"""

from __future__ import annotations

from typing import Any

#: What Discord allows where it does not say otherwise.
_UPLOAD_BYTES = 10 * 1024 * 1024
_LISTS = ("mentions", "mention_roles", "attachments", "embeds", "components")
_TEXT, _DIRECT = 0, 1

Payload = dict[str, Any]


def mend(event: str, data: Any) -> None:
    """Fill in, in place, what is missing or null in a message or an interaction."""
    if not isinstance(data, dict):
        return
    if event in {"MESSAGE_CREATE", "MESSAGE_UPDATE"}:
        _mend_message(data)
    elif event == "INTERACTION_CREATE":
        _mend_interaction(data)


def _mend_interaction(data: Payload) -> None:
    _default(data, version=1, attachment_size_limit=_UPLOAD_BYTES, entitlements=[])
    _default(data, app_permissions="0", authorizing_integration_owners={})
    if not data.get("channel") and data.get("channel_id"):
        kind = _TEXT if data.get("guild_id") else _DIRECT
        data["channel"] = {"id": data["channel_id"], "type": kind, "name": "", "position": 0}
    if isinstance(options := data.get("data"), dict) and options.get("options", ...) is None:
        options["options"] = []
    if isinstance(data.get("message"), dict):
        _mend_message(data["message"])
    elif "message" in data:
        del data["message"]
    _mend_person(data.get("user"))
    _mend_member(data.get("member"))


def _mend_message(data: Payload) -> None:
    _default(data, type=0, content="", **{name: [] for name in _LISTS if not _is_list(data, name)})
    _mend_person(data.get("author"))
    _mend_member(data.get("member"))
    if data.get("member", ...) is None:
        del data["member"]
    for person in data["mentions"]:
        _mend_person(person)
        _mend_member(person.get("member") if isinstance(person, dict) else None)
    replied = data.get("referenced_message")
    if isinstance(replied, dict):
        _mend_message(replied)


def _is_list(data: Payload, name: str) -> bool:
    return isinstance(data.get(name), list)


def _mend_member(data: Any) -> None:
    if isinstance(data, dict):
        _default(data, flags=0, roles=[])
        _mend_person(data.get("user"))


def _mend_person(data: Any) -> None:
    if isinstance(data, dict) and "id" in data:
        data.setdefault("avatar", None)
        _default(data, username=f"user {data['id']}", discriminator="0")


def _default(data: Payload, **values: Any) -> None:
    for key, value in values.items():
        if data.get(key) is None:
            data[key] = value
