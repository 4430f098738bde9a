"""How far a run has come, on standard error: a bar on a terminal, plain lines elsewhere.

rich's own refresh runs on a thread, and a process with threads must not fork: the bar is drawn when it moves.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from grader.results import Result

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress:
    """Counts submissions as they finish and says so."""

    def __init__(self, total: int, stream: TextIO, bar: Bar | None) -> None:
        self._total = total
        self._stream = stream
        self._bar = bar
        self._task: TaskID | None = bar.add_task("grading", total=total) if bar else None
        self._done = 0
        self._spoken = time.monotonic()

    def advance(self, result: Result) -> None:
        """Count one submission."""
        self._done += 1
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, advance=1, description=result.submission.id[:30])
            self._bar.refresh()
            return
        now = time.monotonic()
        if self._done == self._total or now - self._spoken >= 5:
            self._spoken = now
            print(f"graded {self._done} of {self._total}", file=self._stream, flush=True)


@contextmanager
def show(total: int) -> Iterator[Progress]:
    """Show progress for as long as the block runs."""
    stream = sys.stderr
    if not stream.isatty():
        yield Progress(total, stream, None)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    bar = Bar(*columns, console=Console(stderr=True), auto_refresh=False)
    bar.start()
    try:
        yield Progress(total, stream, bar)
    finally:
        bar.stop()
