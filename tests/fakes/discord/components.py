"""Message components: walking them, giving them ids, and the forms Discord answers them in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from tests.fakes.discord.payload_types import JsonObject


class Kind(IntEnum):
    ACTION_ROW = 1
    BUTTON = 2
    STRING_SELECT = 3
    TEXT_INPUT = 4
    USER_SELECT = 5
    ROLE_SELECT = 6
    MENTIONABLE_SELECT = 7
    CHANNEL_SELECT = 8
    SECTION = 9
    TEXT_DISPLAY = 10
    THUMBNAIL = 11
    MEDIA_GALLERY = 12
    FILE = 13
    SEPARATOR = 14
    CONTAINER = 17
    LABEL = 18
    FILE_UPLOAD = 19
    RADIO_GROUP = 21
    CHECKBOX_GROUP = 22
    CHECKBOX = 23


SELECTS = frozenset(
    {
        Kind.STRING_SELECT,
        Kind.USER_SELECT,
        Kind.ROLE_SELECT,
        Kind.MENTIONABLE_SELECT,
        Kind.CHANNEL_SELECT,
    }
)
#: What a message may hold only beside the components-v2 flag.
V2_ONLY = frozenset(
    {
        Kind.SECTION,
        Kind.TEXT_DISPLAY,
        Kind.THUMBNAIL,
        Kind.MEDIA_GALLERY,
        Kind.FILE,
        Kind.SEPARATOR,
        Kind.CONTAINER,
    }
)
LINK_STYLE = 5


@dataclass(frozen=True, slots=True)
class Button:
    label: str | None
    custom_id: str | None
    style: int
    emoji: str | None
    url: str | None
    is_disabled: bool

    @property
    def names(self) -> tuple[str | None, ...]:
        """What a test may call it by."""
        return (self.label, self.custom_id, self.emoji)


@dataclass(frozen=True, slots=True)
class Select:
    custom_id: str
    kind: Kind
    placeholder: str | None
    options: tuple[JsonObject, ...]


def walk(tree: Iterable[JsonObject]) -> Iterator[JsonObject]:
    """Every component, each before its children."""
    for each in tree:
        yield each
        yield from walk(each.get("components") or ())
        if accessory := each.get("accessory"):
            yield from walk((accessory,))
        if inner := each.get("component"):
            yield from walk((inner,))


def text_displays(tree: Iterable[JsonObject]) -> list[str]:
    return [each["content"] for each in walk(tree) if each["type"] == Kind.TEXT_DISPLAY]


def buttons(tree: Iterable[JsonObject]) -> list[Button]:
    return [
        Button(
            label=each.get("label"),
            custom_id=each.get("custom_id"),
            style=each["style"],
            emoji=(each.get("emoji") or {}).get("name"),
            url=each.get("url"),
            is_disabled=bool(each.get("disabled")),
        )
        for each in walk(tree)
        if each["type"] == Kind.BUTTON
    ]


def selects(tree: Iterable[JsonObject]) -> list[Select]:
    return [
        Select(
            custom_id=each["custom_id"],
            kind=Kind(each["type"]),
            placeholder=each.get("placeholder"),
            options=tuple(each.get("options") or ()),
        )
        for each in walk(tree)
        if each["type"] in SELECTS
    ]


_ATTACHED = re.compile(r"attachment://(.+)")


def as_answered(tree: Iterable[JsonObject], urls: dict[str, str]) -> list[JsonObject]:
    """Request components as Discord answers them: numbered, with every default filled in.

    ``urls`` are the addresses of the message's attachments by file name.
    """
    used = {each["id"] for each in walk(tree) if each.get("id")}
    numbers = (number for number in range(1, 1_000_000) if number not in used)
    return [_answered(each, numbers, urls) for each in tree]


def _answered(part: JsonObject, numbers: Iterator[int], urls: dict[str, str]) -> JsonObject:
    full = {key: value for key, value in part.items() if value is not None}
    if not full.get("id"):
        full["id"] = next(numbers)
    for key in ("components",):
        if key in full:
            full[key] = [_answered(each, numbers, urls) for each in full[key]]
    if "accessory" in full:
        full["accessory"] = _answered(full["accessory"], numbers, urls)
    kind = full["type"]
    if kind == Kind.CONTAINER:
        full.setdefault("accent_color", None)
        full.setdefault("spoiler", False)
    elif kind in (Kind.THUMBNAIL, Kind.FILE):
        full.setdefault("spoiler", False)
    elif kind == Kind.SEPARATOR:
        full.setdefault("spacing", 1)
        full.setdefault("divider", True)
    elif kind in SELECTS:
        full.setdefault("min_values", 1)
        full.setdefault("max_values", 1)
    if kind == Kind.THUMBNAIL:
        full.setdefault("description", None)
        full["media"] = _media(full["media"], urls)
    elif kind == Kind.MEDIA_GALLERY:
        full["items"] = [
            {
                "media": _media(item["media"], urls),
                "description": item.get("description"),
                "spoiler": bool(item.get("spoiler")),
            }
            for item in full["items"]
        ]
    elif kind == Kind.FILE:
        full["name"] = _file_name(full["file"]["url"])
        full["size"] = None
        full["file"] = _media(full["file"], urls)
    return full


def _file_name(url: str) -> str:
    return url.rsplit("/", 1)[-1]


def _media(media: JsonObject, urls: dict[str, str]) -> JsonObject:
    attached = _ATTACHED.fullmatch(media["url"])
    url = urls.get(attached.group(1), media["url"]) if attached else media["url"]
    return {"id": "1", "url": url, "proxy_url": url, "width": None, "height": None}
