"""How far a run has come, on standard error: a bar on a terminal, plain lines elsewhere.

rich's own refresh runs on a thread, and a process with threads must not fork: the bar is drawn when it moves.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from grader.results import Result

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

LINES_EVERY = 5.0
BAR_EVERY = 0.1
"""Seconds; ten thousand results that are taken over would else be ten thousand drawings."""


class Progress:
    """Counts submissions as they finish and says so.

    What is taken over from the record counts as done, but neither it nor the time that it took is in the rate.
    """

    def __init__(
        self, total: int, stream: TextIO, bar: Bar | None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = total
        self._stream = stream
        self._bar = bar
        self._task: TaskID | None = bar.add_task("grading", total=total, pace="") if bar else None
        self._clock = clock
        self._done = self._graded = 0
        self._since = self._spoken = clock()

    def advance(self, result: Result, *, reused: bool = False) -> None:
        """Count one submission, and whether it was taken over."""
        now = self._clock()
        self._done += 1
        if reused and not self._graded:
            self._since = now
        self._graded += not reused
        if self._done < self._total and now - self._spoken < (LINES_EVERY if self._bar is None else BAR_EVERY):
            return
        self._spoken = now
        if self._bar is not None and self._task is not None:
            shown = result.submission.id[:30]
            self._bar.update(self._task, completed=self._done, description=shown, pace=self._pace(now))
            self._bar.refresh()
        else:
            pace = self._pace(now)
            line = f"graded {self._done} of {self._total}{', ' if pace else ''}{pace}"
            print(line, file=self._stream, flush=True)

    def _pace(self, now: float) -> str:
        """Say how fast it goes, and how long the rest will take; empty where nothing was graded yet."""
        spent = now - self._since
        if not self._graded or spent <= 0:
            return ""
        rate = self._graded / spent
        left = self._total - self._done
        return f"{_rate(rate)}, {f'{_time(left / rate)} left' if left else f'done in {_time(spent)}'}"


@contextmanager
def show(total: int, console: Console | None = None) -> Iterator[Progress]:
    """Show progress for as long as the block runs, on `console` in place of standard error."""
    stream = sys.stderr
    if console is None and not stream.isatty():
        yield Progress(total, stream, None)
        return
    from rich.console import Console as Made
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
    )
    bar = Bar(*columns, console=console or Made(stderr=True), auto_refresh=False)
    bar.start()
    try:
        yield Progress(total, stream, bar)
    finally:
        bar.stop()


def _rate(rate: float) -> str:
    return f"{rate:.1f} a second" if rate >= 1 else f"{rate * 60:.1f} a minute"


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60:02} min"
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
