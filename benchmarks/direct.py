"""The checks without the wall: the submission runs in this very process, as in the usual graders.

It serves two measurements: the floor (the CPU of the student's own calls, each timed where it is made, in one
warm process) and the usual way (one `python -m pytest` process a submission). It isolates nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.plugin import JUDGING
from grader.sandbox import operations
from grader.sandbox.direct import DirectProcess

COLLECTING = frozenset(operations.OPERATIONS.values()) - {
    operations.gradients,
    operations.apply,
    operations.each,
}
"""Operations of ours that run none of the student's code: they do not count as the student's work."""


class TimedProcess(DirectProcess):
    """Counts the CPU of the student's code."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(files)
        self.worker.student = self._timed  # type: ignore[method-assign]  # what the benchmark is about

    def _timed(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            if function not in COLLECTING:
                self.cpu += time.process_time() - start


class TimedWall:
    """Opens no worker, and adds up."""

    def __init__(self) -> None:
        self._opened: list[TimedProcess] = []

    def open(self, files: Mapping[str, bytes]) -> TimedProcess:
        """Take the files as they are."""
        self._opened.append(TimedProcess(files))
        return self._opened[-1]

    @property
    def cpu(self) -> float:
        """CPU seconds of all the student's code so far."""
        return sum(process.cpu for process in self._opened)


def pytest_configure(config: Any) -> None:
    """Judge the submission that the environment names, as a `-p` plugin of plain pytest."""
    from grader import assignment as assignments
    from grader.checks.session import Session
    from grader.grading import judging_for, loading_of
    from grader.intake.files import discover

    assignment = assignments.load(os.environ["BENCH_ASSIGNMENT"])
    (submission,) = discover([Path(os.environ["BENCH_SUBMISSION"])], assignment.slug)
    session = Session(TimedWall(), loading_of(assignment, submission, 0))  # type: ignore[arg-type]  # a stand-in
    config.stash[JUDGING] = judging_for(assignment, 0)
    config.stash[JUDGING].session = session
