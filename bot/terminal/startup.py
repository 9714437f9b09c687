"""How a command begins: settings, logging, and the engine with a progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.terminal import logs
from bot.terminal.safety import visible
from bot.terminal.screen import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from index import Engine, Progress
    from index.settings import Settings

Report = Callable[["Progress"], None]


def begin() -> Settings:
    """Reads the settings and sets up logging. Raises SettingsError."""
    from index.settings import load_settings

    settings = load_settings()
    logs.configure(settings.log_level, logs.fault_file(settings.index_dir))
    return settings


def open_reporting(settings: Settings) -> Engine:
    """The engine; where its index has to be built first, with a progress bar on standard error."""
    from index import open_engine

    with progress_bar() as report:
        return open_engine(settings, progress=report)


@contextmanager
def progress_bar() -> Iterator[Report | None]:
    """A receiver of progress that draws a bar, from the first report on; None where nobody
    watches standard error."""
    if not is_terminal(sys.stderr):
        yield None
        return
    bar = _Bar()
    try:
        yield bar.report
    finally:
        bar.close()


class _Bar:
    """A progress bar that appears with the first report."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._stage = ""

    def report(self, progress: Progress) -> None:
        self._bar = bar = self._bar or _open_bar()
        bar.update(
            bar.task_ids[0],
            description=visible(progress.stage),
            completed=progress.done,
            total=progress.total or None,
            # Drawn at once: a short stage would be over before the next of the regular redraws.
            refresh=progress.stage != self._stage,
        )
        self._stage = progress.stage

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _open_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    bar = Bar(
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=20),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    bar.add_task("", total=None)
    bar.start()
    return bar
