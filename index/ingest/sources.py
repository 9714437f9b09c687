"""Finds the files to read in the folders and files that the operator named."""

from __future__ import annotations

import codecs
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.errors import SourceError

PLAIN_SUFFIXES = frozenset({".txt", ".text"})
MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})
SUFFIXES = PLAIN_SUFFIXES | MARKDOWN_SUFFIXES
#: A sidecar holds what is known about the file of the same stem: title, language, date.
SIDECAR_SUFFIX = ".meta.yaml"
#: A Markdown file that begins with this is about the folder, not part of its documents.
SKIP_MARK = "<!-- footnote: skip -->"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read, and the id its document will have."""

    id: str
    path: Path


def find_sources(sources: Iterable[Path]) -> tuple[tuple[SourceFile, ...], tuple[SourceError, ...]]:
    """The files to read, in a stable order, and a problem for each source that is none.

    A folder is searched through; hidden files, sidecars and files that begin with ``SKIP_MARK``
    are left out silently, files of other kinds with a problem. A file that is named is read
    whatever its suffix.
    """
    files: dict[Path, SourceFile] = {}
    problems: list[SourceError] = []
    taken: set[str] = set()
    for source in sources:
        problem = _absent(source)
        if problem is not None:
            problems.append(problem)
            continue
        in_folder = source.is_dir()
        for name, path in _walk(source, problems) if in_folder else [(source.name, source)]:
            if path in files:
                continue
            problem = _unusable(path, in_folder=in_folder)
            if problem is not None:
                problems.append(problem)
            elif not (in_folder and _is_marked_skip(path)):
                files[path] = SourceFile(_unique(name, path, taken), path)
    return tuple(files.values()), tuple(problems)


def missing_sources(sources: Iterable[Path]) -> tuple[SourceError, ...]:
    """A problem for each of ``sources`` that is not there or out of reach."""
    return tuple(problem for source in sources if (problem := _absent(source)))


def _absent(source: Path) -> SourceError | None:
    try:
        return None if source.exists() else _missing(source)
    except OSError as error:  # in a folder that is closed to us, or a name too long
        return _unreachable(source, error)


def _walk(folder: Path, problems: list[SourceError]) -> Iterator[tuple[str, Path]]:
    """The files below ``folder`` with their names, in order. Links to folders are followed, each
    folder is entered once."""
    entered: set[str] = set()

    def unreadable(error: OSError) -> None:
        problems.append(
            SourceError(
                f"The folder {error.filename} cannot be read ({error.strerror}).",
                cure="Give the user who runs Footnote permission to read it.",
            )
        )

    found: list[tuple[str, ...]] = []
    for here, folders, names in os.walk(folder, followlinks=True, onerror=unreadable):
        real = os.path.realpath(here)
        folders[:] = [] if real in entered else [f for f in folders if not f.startswith(".")]
        if real not in entered:
            parts = Path(here).relative_to(folder).parts
            found.extend((*parts, name) for name in names if not name.startswith("."))
        entered.add(real)
    for parts in sorted(found):
        if not parts[-1].endswith(SIDECAR_SUFFIX):
            yield "/".join(parts), folder.joinpath(*parts)


def _unusable(path: Path, *, in_folder: bool) -> SourceError | None:
    """Why ``path`` cannot be a document, if that can be told without reading it."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    if shown != str(path):
        return SourceError(f"The name {shown} is not in UTF-8.", cure="Rename the file or folder.")
    if in_folder and path.suffix.lower() not in SUFFIXES:
        return _unsupported(path)
    try:
        mode = path.stat().st_mode
    except OSError:
        return SourceError(
            f"{path.name} cannot be read: it is a link to something that is not there.",
            cure="Correct the link, or remove it.",
        )
    if not stat.S_ISREG(mode):
        return SourceError(
            f"{path.name} is not a file but a device, a pipe or a socket.",
            cure="Name a text or Markdown file, or a folder of such files.",
        )
    return None


def _is_marked_skip(path: Path) -> bool:
    if path.suffix.lower() not in MARKDOWN_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            # An editor may have put a byte order mark before it.
            begin = file.read(len(codecs.BOM_UTF8) + len(SKIP_MARK))
            return begin.removeprefix(codecs.BOM_UTF8).startswith(SKIP_MARK.encode())
    except OSError:
        return False  # loading it will tell the reason


def _unique(name: str, path: Path, taken: set[str]) -> str:
    """``name``, or with as many parent folders as tell it from the names already taken."""
    parents = [part for part in path.parent.parts if part != path.anchor]
    while name in taken and parents:
        name = f"{parents.pop()}/{name}"
    taken.add(name)
    return name


def _missing(source: Path) -> SourceError:
    return SourceError(
        f"There is no file or folder {source}.",
        cure="Correct FOOTNOTE_SOURCES, or put the document there.",
    )


def _unreachable(source: Path, error: OSError) -> SourceError:
    return SourceError(
        f"{source} cannot be read ({error.strerror or type(error).__name__}).",
        cure="Correct FOOTNOTE_SOURCES, or give the user who runs Footnote permission to read it.",
    )


def _unsupported(path: Path) -> SourceError:
    kinds = ", ".join(sorted(SUFFIXES))
    return SourceError(
        f"{path.name} was left out: only plain text and Markdown are read ({kinds}).",
        cure="Save it as text or Markdown, or move it out of the source folder.",
    )
