"""What a run grades with, whoever grades: known without anything heavy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.results import GradedSubmission


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
