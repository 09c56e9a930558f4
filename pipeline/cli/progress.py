"""Progress on anything over two seconds: on a terminal, on the error stream, never in what a machine reads."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 2.0
"""Seconds before a progress bar appears."""


class DocumentProgress:
    """A bar over documents that appears when the work takes longer than ``PATIENCE``."""

    def __init__(self, label: str, *, enabled: bool) -> None:
        self._label = label
        self._enabled = enabled
        self._started = time.monotonic()
        self._bar: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        """Show how many of the documents are done."""
        if not self._enabled or total == 0:
            return
        if self._bar is None:
            if time.monotonic() - self._started < PATIENCE or done == total:
                return
            self._bar = self._start()
            self._task = self._bar.add_task(self._label, total=total)
        self._bar.update(self._task, completed=done, total=total)

    def _start(self) -> Progress:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("documents"),
            TimeElapsedColumn(),
        )
        bar = Progress(*columns, console=Console(stderr=True), transient=True)
        bar.start()
        return bar

    def close(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()


@contextmanager
def show_progress(label: str, *, quiet: bool) -> Iterator[DocumentProgress]:
    """Yield a progress bar, silent when ``quiet`` or when the error stream is no terminal."""
    progress = DocumentProgress(label, enabled=not quiet and sys.stderr.isatty())
    try:
        yield progress
    finally:
        progress.close()
