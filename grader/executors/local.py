"""One job for each core of this machine, each with a nursery of its own."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from grader import batch
from grader.intake.archives import Unpack, unpacker
from grader.results import GradedSubmission
from grader.submission import Submission
from grader.task import Task


@dataclass(frozen=True)
class Local:
    """Nurseries of this machine, and who unpacks with them."""

    nurseries: batch.Nurseries
    unpack: Unpack

    def grade(self, task: Task, submissions: Iterator[Submission]) -> Generator[GradedSubmission]:
        """Grade with one job a nursery."""
        return batch.grade_all(task, submissions, self.nurseries)


@contextmanager
def local(
    *,
    jobs: int,
    sandbox: str,
    notebooks: bool,
    hidden: Sequence[Path],
    figures: bool = True,
    several: bool = True,
) -> Iterator[Local]:
    """Start nurseries, and stop them afterwards; SandboxError where the wall is below what is asked for."""
    with (
        batch.nurseries(jobs, sandbox, notebooks=notebooks, figures=figures, several=several, hidden=hidden) as started,
        unpacker(started.handles[0]) as unpack,
    ):
        yield Local(started, unpack)
