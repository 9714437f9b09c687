"""What Discord refuses in a message, a modal or a set of choices, and how it says so.

The numbers are those of Discord's API documentation. Lengths count UTF-16 units: Discord does
not say what it counts, and whoever keeps to this bound keeps to the other one too.
"""

from __future__ import annotations

from collections.abc import Iterable

from tests.fakes.discord import components
from tests.fakes.discord.components import LINK_STYLE, SELECTS, V2_ONLY, Kind
from tests.fakes.discord.errors import FormErrors, bad_form, empty_message
from tests.fakes.discord.payload_types import JsonObject, MessageFlag

CONTENT = 2000
EMBEDS = 10
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1024
EMBED_FOOTER = 2048
EMBED_AUTHOR = 256
EMBED_SUM = 6000
ACTION_ROWS = 5
BUTTONS_A_ROW = 5
V2_COMPONENTS = 40
V2_TEXT = 4000
CUSTOM_ID = 100
BUTTON_LABEL = 80
SELECT_OPTIONS = 25
MODAL_TITLE = 45
MODAL_COMPONENTS = 5
TEXT_INPUT = 4000
LABEL = 45
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
ATTACHMENTS = 10

Path = tuple[str | int, ...]


def length(text: str) -> int:
    """UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Form(FormErrors):
    def text(self, path: Path, value: object, longest: int, shortest: int = 0) -> None:
        """Complains if ``value`` is there and is not a text of a permitted length."""
        if value is None:
            if shortest:
                self.add(path, "BASE_TYPE_REQUIRED", "This field is required")
        elif not isinstance(value, str):
            self.add(path, "STRING_TYPE_CONVERT", "Could not interpret value as string.")
        elif length(value) > longest:
            self.add(path, "BASE_TYPE_MAX_LENGTH", f"Must be {longest} or fewer in length.")
        elif length(value) < shortest:
            self.add(
                path,
                "BASE_TYPE_BAD_LENGTH",
                f"Must be between {shortest} and {longest} in length.",
            )

    def count(self, path: Path, there: int, most: int, least: int = 0) -> None:
        if not least <= there <= most:
            self.add(path, "BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")


def check_message(body: JsonObject, *, files: int = 0, may_be_empty: bool = False) -> None:
    """Raises 50035 or 50006 for a message that Discord would not take.

    ``body`` holds what the message will show: for an edit, the old message under the new fields.
    """
    form = _Form()
    flags = MessageFlag(body.get("flags") or 0)
    tree = body.get("components") or []
    form.text(("content",), body.get("content"), CONTENT)
    _check_embeds(form, body.get("embeds") or [])
    form.count(("attachments",), max(files, len(body.get("attachments") or ())), ATTACHMENTS)
    _check_allowed_mentions(form, body.get("allowed_mentions") or {})
    if MessageFlag.COMPONENTS_V2 in flags:
        _check_v2(form, body, tree)
    else:
        _check_classic(form, tree)
    _check_components(form, tree)
    form.raise_if_any()
    has_text = bool((body.get("content") or "").strip())
    shows = has_text or files or body.get("attachments") or body.get("sticker_ids")
    shows = shows or any(map(_shows, body.get("embeds") or ())) or tree or body.get("poll")
    if not (shows or may_be_empty):
        raise empty_message()


def _check_allowed_mentions(form: _Form, allowed: JsonObject) -> None:
    for kind in ("users", "roles"):
        named = allowed.get(kind) or []
        form.count(("allowed_mentions", kind), len(named), 100)
        if named and kind in (allowed.get("parse") or ()):
            form.add(
                ("allowed_mentions",),
                "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.',
            )


def _shows(embed: JsonObject) -> bool:
    return any(value for key, value in embed.items() if key not in ("type", "color", "flags"))


def _check_embeds(form: _Form, embeds: list[JsonObject]) -> None:
    form.count(("embeds",), len(embeds), EMBEDS)
    total = 0
    for number, embed in enumerate(embeds):
        at: Path = ("embeds", number)
        form.text((*at, "title"), embed.get("title"), EMBED_TITLE)
        form.text((*at, "description"), embed.get("description"), EMBED_DESCRIPTION)
        form.text((*at, "footer", "text"), (embed.get("footer") or {}).get("text"), EMBED_FOOTER)
        form.text((*at, "author", "name"), (embed.get("author") or {}).get("name"), EMBED_AUTHOR)
        fields = embed.get("fields") or []
        form.count((*at, "fields"), len(fields), EMBED_FIELDS)
        for index, field in enumerate(fields):
            form.text((*at, "fields", index, "name"), field.get("name"), FIELD_NAME, 1)
            form.text((*at, "fields", index, "value"), field.get("value"), FIELD_VALUE, 1)
        total += embed_length(embed)
    if total > EMBED_SUM:
        form.add(
            ("embeds",),
            "MAX_EMBED_SIZE_EXCEEDED",
            f"Embed size exceeds maximum size of {EMBED_SUM}",
        )


def embed_length(embed: JsonObject) -> int:
    """The part of an embed that counts towards the 6000."""
    texts = [
        embed.get("title"),
        embed.get("description"),
        (embed.get("footer") or {}).get("text"),
        (embed.get("author") or {}).get("name"),
    ]
    for field in embed.get("fields") or ():
        texts += [field.get("name"), field.get("value")]
    return sum(length(text) for text in texts if isinstance(text, str))


def _check_v2(form: _Form, body: JsonObject, tree: list[JsonObject]) -> None:
    for key in ("content", "embeds", "sticker_ids", "poll"):
        if body.get(key):
            form.add(
                (key,),
                "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2",
            )
    form.count(("components",), len(list(components.walk(tree))), V2_COMPONENTS)
    shown = sum(length(text) for text in components.text_displays(tree))
    if shown > V2_TEXT:
        form.add(
            ("components",),
            "COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED",
            f"Total displayable text exceeds maximum size of {V2_TEXT}",
        )


def _check_classic(form: _Form, tree: list[JsonObject]) -> None:
    form.count(("components",), len(tree), ACTION_ROWS)
    for number, part in enumerate(tree):
        if part["type"] in V2_ONLY:
            form.add(
                ("components", number, "type"),
                "UNION_TYPE_CHOICES",
                f"Value of field 'type' must be one of ({int(Kind.ACTION_ROW)},).",
            )


def _check_components(form: _Form, tree: list[JsonObject]) -> None:
    seen: set[str] = set()
    for at, part in _paths(("components",), tree):
        custom_id = part.get("custom_id")
        if custom_id is not None:
            form.text((*at, "custom_id"), custom_id, CUSTOM_ID, 1)
            if custom_id in seen:
                form.add(
                    (*at, "custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                )
            seen.add(custom_id)
        if part["type"] == Kind.ACTION_ROW:
            form.count((*at, "components"), len(part.get("components") or ()), BUTTONS_A_ROW, 1)
        elif part["type"] == Kind.BUTTON:
            _check_button(form, at, part)
        elif part["type"] == Kind.STRING_SELECT:
            form.count((*at, "options"), len(part.get("options") or ()), SELECT_OPTIONS, 1)
        elif part["type"] == Kind.TEXT_DISPLAY:
            form.text((*at, "content"), part.get("content"), V2_TEXT, 1)
        elif part["type"] == Kind.SECTION:
            form.count((*at, "components"), len(part.get("components") or ()), 3, 1)
        if part["type"] in SELECTS and custom_id is None:
            form.add((*at, "custom_id"), "BASE_TYPE_REQUIRED", "This field is required")


def _check_button(form: _Form, at: Path, button: JsonObject) -> None:
    form.text((*at, "label"), button.get("label"), BUTTON_LABEL)
    is_link = button.get("style") == LINK_STYLE
    wrong = button.get("custom_id") is not None if is_link else button.get("custom_id") is None
    if wrong:
        form.add(
            at,
            "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED",
            "A link button needs a url and no custom id, any other a custom id and no url",
        )
    if is_link and not str(button.get("url")).startswith(("http://", "https://", "discord://")):
        form.add(
            (*at, "url"),
            "URL_TYPE_INVALID_SCHEME",
            "Scheme must be one of ('http', 'https', 'discord').",
        )
    if not (button.get("label") or button.get("emoji")):
        form.add(at, "BUTTON_COMPONENT_INVALID_LABEL", "A button needs a label or an emoji")


def _paths(at: Path, tree: list[JsonObject]) -> Iterable[tuple[Path, JsonObject]]:
    for number, part in enumerate(tree):
        here = (*at, number)
        yield here, part
        yield from _paths((*here, "components"), part.get("components") or [])
        for key in ("accessory", "component"):
            if part.get(key):
                yield (*here, key), part[key]


def check_modal(modal: JsonObject) -> None:
    form = _Form()
    form.text(("data", "title"), modal.get("title"), MODAL_TITLE, 1)
    form.text(("data", "custom_id"), modal.get("custom_id"), CUSTOM_ID, 1)
    tree = modal.get("components") or []
    form.count(("data", "components"), len(tree), MODAL_COMPONENTS, 1)
    seen: set[str] = set()
    for at, part in _paths(("data", "components"), tree):
        custom_id = part.get("custom_id")
        if custom_id is not None:
            form.text((*at, "custom_id"), custom_id, CUSTOM_ID, 1)
            if custom_id in seen:
                form.add(
                    (*at, "custom_id"),
                    "COMPONENT_CUSTOM_ID_DUPLICATED",
                    "Component custom id cannot be duplicated",
                )
            seen.add(custom_id)
        form.text((*at, "label"), part.get("label"), LABEL)
        if part["type"] == Kind.LABEL:
            form.text((*at, "description"), part.get("description"), 100)
        if part["type"] == Kind.TEXT_INPUT:
            form.text((*at, "placeholder"), part.get("placeholder"), 100)
            form.text((*at, "value"), part.get("value"), part.get("max_length") or TEXT_INPUT)
    form.raise_if_any()


def check_choices(choices: list[JsonObject]) -> None:
    form = _Form()
    form.count(("data", "choices"), len(choices), CHOICES)
    for number, choice in enumerate(choices):
        at: Path = ("data", "choices", number)
        form.text((*at, "name"), choice.get("name"), CHOICE_NAME, 1)
        if isinstance(choice.get("value"), str):
            form.text((*at, "value"), choice["value"], CHOICE_VALUE)
    form.raise_if_any()


def check_name(path: Path, name: object, longest: int = 100) -> None:
    form = _Form()
    form.text(path, name, longest, 1)
    form.raise_if_any()


def check_choice(path: Path, value: object, permitted: Iterable[object]) -> None:
    allowed = tuple(permitted)
    if value not in allowed:
        raise bad_form(path, "BASE_TYPE_CHOICES", f"Value must be one of {allowed}.")
