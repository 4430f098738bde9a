"""The checks without the wall: the submission runs in this very process, as in the usual graders.

It serves two measurements: the floor (the CPU of the student's own calls, each timed where it is made, in one
warm process) and the usual way (one `python -m pytest` process a submission). It isolates nothing.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from contextlib import chdir
from pathlib import Path
from typing import Any

from grader.plugin import JUDGING
from grader.sandbox import operations, wire
from grader.sandbox.process import Budget, Output
from grader.sandbox.worker import Worker

COLLECTING = frozenset(operations.OPERATIONS.values()) - {operations.gradients, operations.apply}
"""Operations of ours that run none of the student's code: they do not count as the student's work."""


class DirectProcess:
    """Stands in for a worker process: it answers in this process, and counts the CPU of the student's code."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.alive = True
        self.cpu = 0.0
        self.output = Output()
        self._folder = tempfile.TemporaryDirectory()
        for name, data in files.items():
            path = Path(self._folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        self._worker = Worker()
        self._worker.student = self._timed  # type: ignore[method-assign]  # what the benchmark is about

    def _timed(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            if function not in COLLECTING:
                self.cpu += time.process_time() - start

    def request(self, message: wire.Request, budget: Budget) -> Any:  # noqa: ARG002 - there is no limit here
        """Answer at once."""
        with chdir(self._folder.name):
            reply = self._worker.answer(message)
        return wire.decode_reply(wire.frame(reply)[4:])

    def kill(self) -> int:
        """Forget the submission."""
        if self.alive:
            self.alive = False
            self._folder.cleanup()
        return 0


class DirectWall:
    """Opens no worker."""

    def __init__(self) -> None:
        self._opened: list[DirectProcess] = []

    def open(self, files: Mapping[str, bytes]) -> DirectProcess:
        """Take the files as they are."""
        self._opened.append(DirectProcess(files))
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
    session = Session(DirectWall(), loading_of(assignment, submission, 0))  # type: ignore[arg-type]  # a stand-in
    config.stash[JUDGING] = judging_for(assignment, 0)
    config.stash[JUDGING].session = session
