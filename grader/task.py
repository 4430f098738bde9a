"""What a run grades with, whoever grades: known without anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.results import GradedSubmission
from grader.sandbox.watcher import Limits

_MOST_CPU_SECONDS = 6 * 3600
"""CPU of one worker, which serves all checks of a submission: each of them has its own limit, far below this."""


@dataclass(frozen=True)
class Room:
    """What the place of a run leaves one submission, where that is less than the assignment allows."""

    memory_mb: int | None = None
    threads: int | None = None
    until: float | None = None
    """The moment, of the monotonic clock, from which on no submitted code runs any more."""


@dataclass(frozen=True)
class Task:
    """What is the same for all submissions of a run."""

    assignment: Assignment
    seed: int
    directory: Path | None
    """Where the files of each submission go; None where whoever takes the results writes them."""
    check: str | None = None
    """The one check to carry out, with those that it needs; None: all."""
    room: Room = Room()

    def keep(self, graded: GradedSubmission) -> None:
        """Write the files of a submission."""
        from grader.report.write import write_submission

        if self.directory is not None:
            write_submission(self.directory, graded, self.assignment.feedback)


def limits_of(assignment: Assignment, room: Room = Room()) -> Limits:
    """Take the limits that the assignment sets, or the place of the run where it leaves less; defaults for the rest."""
    memory = assignment.memory_mb if room.memory_mb is None else min(assignment.memory_mb, room.memory_mb)
    threads = Limits.threads if room.threads is None else min(Limits.threads, room.threads)
    return Limits(memory=memory << 20, threads=threads, cpu_seconds=_MOST_CPU_SECONDS)
