"""Finds the files to read in the folders and files that the operator named."""

from __future__ import annotations

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
        try:
            found = list(_walk(source)) if source.is_dir() else [(source.name, source)]
            if not source.exists():
                raise FileNotFoundError
        except FileNotFoundError:
            problems.append(
                SourceError(
                    f"There is no file or folder {source}.",
                    cure="Correct FOOTNOTE_SOURCES, or put the document there.",
                )
            )
            continue
        except OSError as error:
            problems.append(
                SourceError(
                    f"The folder {source} cannot be read ({error.strerror}).",
                    cure="Give the user who runs Footnote permission to read it.",
                )
            )
            continue
        for name, path in found:
            if path in files:
                continue
            if source.is_dir() and path.suffix.lower() not in SUFFIXES:
                problems.append(_unsupported(path))
                continue
            if source.is_dir() and _is_marked_skip(path):
                continue
            files[path] = SourceFile(_unique(name, path, taken), path)
    return tuple(files.values()), tuple(problems)


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or path.name.endswith(SIDECAR_SUFFIX):
            continue
        if path.is_file():
            yield "/".join(parts), path


def _is_marked_skip(path: Path) -> bool:
    if path.suffix.lower() not in MARKDOWN_SUFFIXES:
        return False
    try:
        with path.open("rb") as file:
            return file.read(len(SKIP_MARK)) == SKIP_MARK.encode()
    except OSError:
        return False  # loading it will tell the reason


def _unique(name: str, path: Path, taken: set[str]) -> str:
    """``name``, or with as many parent folders as tell it from the names already taken."""
    parents = [part for part in path.parent.parts if part != path.anchor]
    while name in taken and parents:
        name = f"{parents.pop()}/{name}"
    taken.add(name)
    return name


def _unsupported(path: Path) -> SourceError:
    kinds = ", ".join(sorted(SUFFIXES))
    return SourceError(
        f"{path.name} was left out: only plain text and Markdown are read ({kinds}).",
        cure="Save it as text or Markdown, or move it out of the source folder.",
    )
