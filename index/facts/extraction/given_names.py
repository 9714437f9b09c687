"""Given names, as evidence that a name is a person's, and whether "he" or "she" may be meant."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("given_names.txt")


class Gender(StrEnum):
    """Who is called by a name; the groups of the file."""

    FEMALE = "female"
    MALE = "male"
    EITHER = "either"


def is_given_name(word: str) -> bool:
    """Whether people are commonly called that, somewhere in the world: "Thabo", "Anne-Marie"."""
    names = _given_names()
    return word in names or ("-" in word and all(part in names for part in word.split("-")))


def gender_of(word: str) -> Gender:
    """Who is commonly called that; EITHER too for what is no given name."""
    return _given_names().get(word.split("-")[0], Gender.EITHER)


@cache
def _given_names() -> Mapping[str, Gender]:
    names: dict[str, Gender] = {}
    gender = Gender.EITHER
    for line in _FILE.read_text("utf-8").splitlines():
        if line.startswith("["):
            gender = Gender(line.strip("[]"))
        elif not line.startswith("#"):
            names |= dict.fromkeys(line.split(), gender)
    return names
