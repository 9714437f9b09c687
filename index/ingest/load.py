"""Reads a file into a Document.

The text is decoded from UTF-8 (a byte order mark is dropped) and its line ends become ``\\n``.
Nothing else is changed, so that a quote is letter for letter what the file says; offsets and
the sha256 refer to that text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import yaml

from index.errors import SourceError
from index.ingest.sources import MARKDOWN_SUFFIXES, SIDECAR_SUFFIX, SourceFile
from index.types import Document

FRONT_MATTER = re.compile(r"\A---\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
#: About four million words, and more than any book. Larger files are logs or dumps, which would
#: take an hour to index and gigabytes of memory.
MAX_FILE_BYTES = 25_000_000
#: More than this share of control characters, and a file is not text.
MAX_CONTROL_SHARE = 0.05
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MARKDOWN_TITLE = re.compile(r"^(?:# (.+)|(.+)\n=+[ \t]*)$", re.MULTILINE)
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_NOTHING = frozenset({"", "~", "null"})
_MAX_TITLE_CHARS = 200


def load_documents(
    files: Iterable[SourceFile],
) -> tuple[tuple[Document, ...], tuple[SourceError, ...]]:
    """The documents that can be read, and a problem for each file that cannot.

    A file with the text of an earlier one is left out, with a problem: an answer from it could
    not say which of the two it cites.
    """
    documents: dict[str, Document] = {}
    problems: list[SourceError] = []
    for file in files:
        try:
            document = load_document(file)
        except SourceError as error:
            problems.append(error)
            continue
        twin = documents.get(document.sha256)
        if twin is None:
            documents[document.sha256] = document
        else:
            problems.append(
                SourceError(
                    f"{document.id} was left out: its text is the same as that of {twin.id}.",
                    cure="Remove one of the two.",
                )
            )
    return tuple(documents.values()), tuple(problems)


def load_document(file: SourceFile) -> Document:
    """Raises SourceError, which names the file and the cure."""
    text = _decode(_read(file.path), file.path.name)
    if not any(char.isalnum() for char in text):
        raise SourceError(
            f"{file.path.name} is empty: it holds no words.", cure="Put text into it, or remove it."
        )
    meta = _front_matter(text, file.path) | _sidecar(file.path)
    return Document(
        id=file.id,
        source=str(file.path),
        title=" ".join(meta.pop("title", "").split()) or _guess_title(text, file.path),
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        published=_date(meta.pop("published", ""), file.path),
        language=meta.pop("language", "").strip() or None,
        metadata={key: value.strip() for key, value in meta.items()},
    )


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= MAX_FILE_BYTES:
            return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path.name} cannot be read ({error.strerror or type(error).__name__}).",
            cure="Check that the file exists and that its permissions allow reading.",
        ) from None
    raise SourceError(
        f"{path.name} is too large: {size / 1e6:,.0f} MB of at most {MAX_FILE_BYTES / 1e6:.0f} MB.",
        cure="Split it into smaller files, or take it out of the sources.",
    )


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Bytes that no text in any single-byte encoding holds tell a binary file.
        if b"\0" in data[:8192] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise _not_text(name) from None
        encoding = "UTF-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "WINDOWS-1252"
        raise SourceError(
            f"{name} is not in UTF-8: byte {error.start} is 0x{data[error.start]:02x}.",
            cure=f"Save it as UTF-8, for example with: iconv -f {encoding} -t UTF-8.",
        ) from None
    if len(_CONTROL.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise _not_text(name)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _not_text(name: str) -> SourceError:
    return SourceError(
        f"{name} is not text: it looks like a binary file.",
        cure="Save its contents as plain text or Markdown in UTF-8.",
    )


def _front_matter(text: str, path: Path) -> dict[str, str]:
    if path.suffix.lower() not in MARKDOWN_SUFFIXES:
        return {}
    match = FRONT_MATTER.match(text)
    return _mapping(match[1], path.name, strict=False) if match else {}


def _sidecar(path: Path) -> dict[str, str]:
    sidecar = path.with_name(path.stem + SIDECAR_SUFFIX)
    try:
        if not sidecar.is_file():
            return {}
    except OSError:  # its name would be too long for the disk
        return {}
    return _mapping(_decode(_read(sidecar), sidecar.name), sidecar.name, strict=True)


def _mapping(source: str, name: str, *, strict: bool) -> dict[str, str]:
    """The keys and values that ``source`` holds, the values as they are written: ``no`` is a
    language, not False, and 2024 a title."""
    try:
        value = yaml.load(source, yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        value = source
    if value is None:  # nothing but comments
        return {}
    if isinstance(value, dict):
        words = {str(key): _words(item) for key, item in value.items()}
        return {_SURROGATE.sub("\ufffd", key): value for key, value in words.items()}
    if not strict:
        return {}  # text between rules that only looks like front matter
    raise SourceError(
        f"{name} is not usable, so what it describes was left out: it must hold lines such as "
        "'title: My document'.",
        cure="Correct it, or remove it; seeds/README.md shows the form.",
    )


def _words(value: object) -> str:
    """A value, or a list of values, in one string; anything deeper is left out."""
    parts = value if isinstance(value, list) else [value]
    text = ", ".join(part for part in parts if isinstance(part, str))
    return _SURROGATE.sub("\ufffd", text)


def _date(value: str, path: Path) -> date | None:
    if value.strip() in _NOTHING:
        return None
    try:
        return date.fromisoformat(value.strip()[:10])
    except ValueError:
        raise SourceError(
            f"The publication date of {path.name} is not usable: {value}.",
            cure="Write it as YYYY-MM-DD, or leave it out.",
        ) from None


def _guess_title(text: str, path: Path) -> str:
    if path.suffix.lower() in MARKDOWN_SUFFIXES and (match := _MARKDOWN_TITLE.search(text)):
        return (match[1] or match[2]).strip().rstrip("#").rstrip() or path.stem
    first = next(line.strip() for line in text.split("\n") if any(c.isalnum() for c in line))
    if len(first) <= _MAX_TITLE_CHARS and not first.endswith((".", "!", ",", ";")):
        return first
    return path.stem.replace("-", " ").replace("_", " ")
