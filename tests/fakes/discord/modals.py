"""Modals as a user sees and fills them."""

from __future__ import annotations

from dataclasses import dataclass

from tests.fakes.discord import limits
from tests.fakes.discord.components import SELECTS, Kind
from tests.fakes.discord.payload_types import JsonObject

#: What a field answers with: a text, the chosen values, or a tick.
Entry = str | list[str] | bool
_SEVERAL = SELECTS | {Kind.CHECKBOX_GROUP, Kind.FILE_UPLOAD}


@dataclass(frozen=True, slots=True)
class Field:
    custom_id: str
    kind: Kind
    label: str
    form: JsonObject
    #: Whether it stands in a Label component and not in an action row.
    in_label: bool

    def check(self, entry: Entry | None) -> None:
        """ValueError where Discord's client would not let the user send the form."""
        required = self.form.get("required") is not False
        if required and not entry and self.kind is not Kind.CHECKBOX:
            raise ValueError(f"the field {self.label!r} must be filled in")
        if self.kind is Kind.TEXT_INPUT and isinstance(entry, str) and entry:
            least = self.form.get("min_length") or 0
            most = self.form.get("max_length") or limits.TEXT_INPUT
            if not least <= limits.length(entry) <= most:
                raise ValueError(f"{self.label!r} takes {least} to {most} characters")

    def submitted(self, entry: Entry | None) -> JsonObject:
        """The field as it comes back to the application."""
        body: JsonObject = {"type": int(self.kind), "id": 1, "custom_id": self.custom_id}
        if self.kind in _SEVERAL:
            body["values"] = entry if isinstance(entry, list) else [entry] if entry else []
        elif self.kind is Kind.TEXT_INPUT:
            body["value"] = entry or ""
        else:
            body["value"] = entry
        if self.in_label:
            return {"type": int(Kind.LABEL), "id": 1, "component": body}
        return {"type": int(Kind.ACTION_ROW), "id": 1, "components": [body]}


@dataclass(frozen=True, slots=True)
class Modal:
    custom_id: str
    title: str
    fields: tuple[Field, ...]

    @classmethod
    def read(cls, form: JsonObject) -> Modal:
        return cls(form["custom_id"], form["title"], tuple(_fields(form["components"])))

    def fill(self, entries: dict[str, Entry]) -> list[JsonObject]:
        """The components of a submission. Fields are named by custom_id or by label."""
        unknown = set(entries) - {name for f in self.fields for name in (f.custom_id, f.label)}
        if unknown:
            there = [field.label or field.custom_id for field in self.fields]
            raise LookupError(f"no field {sorted(unknown)} in the modal; it has {there}")
        filled = []
        for field in self.fields:
            entry = entries.get(field.custom_id, entries.get(field.label, field.form.get("value")))
            field.check(entry)
            filled.append(field.submitted(entry))
        return filled


def _fields(tree: list[JsonObject]) -> list[Field]:
    found = []
    for part in tree:
        inner = [part["component"]] if "component" in part else part.get("components") or []
        for form in inner:
            label = part.get("label") or form.get("label") or ""
            kind = Kind(form["type"])
            found.append(Field(form["custom_id"], kind, label, form, "component" in part))
    return found
