"""Is everything in place? One check a concern; none changes anything."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import metadata
from pathlib import Path

from index.errors import FootnoteError, IndexBuildError, SettingsError
from index.settings import Settings, load_settings

OLDEST_PYTHON = (3, 11)


class State(StrEnum):
    OK = "ok"
    #: Nothing is wrong, but worth knowing.
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Check:
    """One finding; ``cure`` says what to do, unless the state is ok."""

    name: str
    state: State
    detail: str
    cure: str = ""


def examine() -> Iterator[Check]:
    """All checks in order, each as soon as it is known. Without usable settings the checks that
    need them are left out."""
    yield check_python()
    yield from check_packages()
    yield from check_models()
    try:
        settings = load_settings()
    except SettingsError as error:
        yield _broken("settings", error)
        return
    yield Check("settings", State.OK, "every setting is known and well formed")
    yield from check_sources(settings)
    yield check_index(settings)
    yield check_ledger(settings.ledger)
    yield check_llm(settings)
    yield check_discord(settings)


def check_python() -> Check:
    version = f"{platform.python_version()} ({sys.executable})"
    if sys.version_info >= OLDEST_PYTHON:
        return Check("python", State.OK, version)
    wanted = ".".join(map(str, OLDEST_PYTHON))
    return Check("python", State.BROKEN, version, f"Install Python {wanted} or newer.")


def check_packages(distribution: str = "footnote") -> Iterator[Check]:
    """Every run-time dependency that the installed project names: there, and new enough."""
    from packaging.requirements import Requirement

    cure = "Run make setup."
    try:
        wanted = [Requirement(text) for text in metadata.requires(distribution) or ()]
    except metadata.PackageNotFoundError:
        yield Check("packages", State.BROKEN, f"{distribution} is not installed", cure)
        return
    found: list[str] = []
    for requirement in wanted:
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            yield Check("packages", State.BROKEN, f"{requirement.name} is missing", cure)
            continue
        if not requirement.specifier.contains(version, prereleases=True):
            detail = f"{requirement.name} is {version}, needed is {requirement.specifier}"
            yield Check("packages", State.BROKEN, detail, cure)
        found.append(f"{requirement.name} {version}")
    yield Check("packages", State.OK, ", ".join(found))


def check_models() -> Iterator[Check]:
    """The shipped model files, each against its known sha256."""
    from index.models.weights import known_sums, read_checked

    try:
        sums = known_sums()
    except FootnoteError as error:
        yield _broken("models", error)
        return
    for name, digest in sums.items():
        try:
            size = len(read_checked(name))
        except FootnoteError as error:
            yield _broken("models", error)
        else:
            detail = f"{name}, {size / 1e6:.1f} MB, sha256 {digest[:12]}"
            yield Check("models", State.OK, detail)


def check_sources(settings: Settings) -> Iterator[Check]:
    """Every document that would be indexed, and everything that would be left out."""
    from index.ingest.load import load_documents
    from index.ingest.sources import find_sources

    files, missing = find_sources(settings.sources)
    documents, unread = load_documents(files)
    for problem in (*missing, *unread):
        yield _broken("sources", problem)
    if documents:
        names = ", ".join(document.id for document in documents[:5])
        more = f" and {len(documents) - 5} more" if len(documents) > 5 else ""
        yield Check("sources", State.OK, f"{names}{more}")
    elif not missing and not unread:
        places = ", ".join(map(str, settings.sources))
        yield Check(
            "sources",
            State.BROKEN,
            f"no documents in {places}",
            "Put a text or Markdown file there, or set FOOTNOTE_SOURCES to where yours are.",
        )


def check_index(settings: Settings) -> Check:
    """Whether there is an index, which, whether it is of the documents as they are, and whole."""
    from index import open_builder
    from index.store.build import Build
    from index.store.folder import IndexFolder

    folder = IndexFolder(settings.index_dir)
    try:
        manifest = folder.current()
        if manifest is None:
            return _unbuilt(settings.index_dir)
        builder = open_builder(settings)
        is_current = builder.is_current()
        if is_current:
            Build.open(folder, manifest, settings.chroma_url).close()
    except (IndexBuildError, FootnoteError) as error:
        return _broken("index", error)
    made = f"{manifest.built_at:%Y-%m-%d %H:%M} UTC"
    made += f", {manifest.documents} documents, {manifest.passages} passages"
    made += f", {manifest.fingerprint.embedder}, build {manifest.build_id}"
    if is_current:
        return Check("index", State.OK, f"current: {made}")
    cure = "It is brought up to date by the next question, or now by: footnote index"
    return Check("index", State.NOTE, f"older than the documents or the program: {made}", cure)


def check_ledger(ledger: Path) -> Check:
    """Whether the bot could write its ledger; nothing is created."""
    blocked = _why_unwritable(ledger)
    if blocked is None:
        return Check("ledger", State.OK, str(ledger))
    return Check(
        "ledger",
        State.BROKEN,
        blocked,
        "Give permission to write there, or set FOOTNOTE_LEDGER to another file.",
    )


def check_llm(settings: Settings) -> Check:
    """Whether the language model that is named can be connected; it is not called."""
    if settings.llm is None:
        return Check("llm", State.OK, "none is named: the reader answers")
    from index.models.llm.providers import open_language_model

    try:
        model = open_language_model(settings, settings.llm)
    except FootnoteError as error:
        return _broken("llm", error)
    return Check("llm", State.OK, f"{model.name} (not called)")


def check_discord(settings: Settings) -> Check:
    """Whether there is a token. None is needed for the terminal; a wrong one only Discord
    knows."""
    token = settings.discord_token
    if token is None:
        cure = "Only footnote discord needs it: docs/discord-setup.md"
        return Check("discord", State.NOTE, "no DISCORD_TOKEN", cure)
    if not re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+", token.get_secret_value()):
        cure = "Copy it anew from the developer portal: docs/discord-setup.md"
        return Check("discord", State.NOTE, "DISCORD_TOKEN does not look like a bot token", cure)
    return Check("discord", State.OK, "DISCORD_TOKEN is set")


def _unbuilt(index_dir: Path) -> Check:
    blocked = _why_unwritable(index_dir / "manifest.json")
    if blocked is None:
        cure = "The first question builds it, or now: footnote index"
        return Check("index", State.NOTE, f"not built yet ({index_dir})", cure)
    return Check(
        "index",
        State.BROKEN,
        blocked,
        "Give permission to write there, or set FOOTNOTE_INDEX_DIR to another folder.",
    )


def _why_unwritable(file: Path) -> str | None:
    """Why ``file`` could not be written or made; None if it could."""
    if file.is_dir():
        return f"{file} is a folder"
    if file.exists():
        return None if os.access(file, os.W_OK) else f"{file} cannot be written"
    parent = next(folder for folder in file.parents if folder.exists())
    if not parent.is_dir():
        return f"{parent} is not a folder"
    if not os.access(parent, os.W_OK | os.X_OK):
        return f"the folder {parent} cannot be written"
    return None


def _broken(name: str, error: FootnoteError) -> Check:
    return Check(name, State.BROKEN, error.what, error.cure)
