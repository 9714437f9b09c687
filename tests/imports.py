"""Reads what the modules of the house import, without importing any."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from index.settings import CHECKOUT


class When(IntEnum):
    """When an import happens, the earlier the smaller."""

    #: With the module.
    AT_ONCE = 0
    #: When a function runs.
    LATER = 1
    #: Never: only for the type checker.
    FOR_TYPES = 2


class Import(NamedTuple):
    """``module`` imports ``name``, a dotted module or a name in one."""

    module: str
    name: str
    when: When

    @property
    def package(self) -> str:
        """The top-level package that is imported."""
        return self.name.partition(".")[0]


def modules(*packages: str) -> Iterator[tuple[str, Path]]:
    """Every module below ``packages``, which are folders of the checkout, and its file."""
    for package in packages:
        for path in sorted((CHECKOUT / package).rglob("*.py")):
            parts = path.relative_to(CHECKOUT).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__"), path


def imports(*packages: str) -> tuple[Import, ...]:
    """Every import of every module below ``packages``."""
    return tuple(
        Import(module, name, when)
        for module, path in modules(*packages)
        for name, when in find_imports(path.read_text("utf-8"))
    )


def find_imports(source: str) -> list[tuple[str, When]]:
    """The names that ``source`` imports, and when. ``from a import b`` is ``a.b``. Raises
    ValueError for a relative import, which the house does not use."""
    return list(_walk(ast.parse(source), When.AT_ONCE))


def _walk(node: ast.AST, when: When) -> Iterator[tuple[str, When]]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.Import(names=names):
                yield from ((alias.name, when) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=0):
                yield from ((f"{module}.{alias.name}", when) for alias in names)
            case ast.ImportFrom(lineno=line):
                raise ValueError(f"line {line}: a relative import")
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=body, orelse=orelse):
                yield from _walk(ast.Module(body, []), When.FOR_TYPES)
                yield from _walk(ast.Module(orelse, []), when)
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                yield from _walk(child, max(when, When.LATER))
            case _:
                yield from _walk(child, when)
