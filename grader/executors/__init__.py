"""Who grades the submissions of a run: this machine, or a cluster."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from grader.errors import UsageError
from grader.intake.archives import Unpack
from grader.results import GradedSubmission
from grader.submission import Submission
from grader.task import Task


class Executor(Protocol):
    """Grades submissions behind walls; made before anything of a class is known."""

    @property
    def unpack(self) -> Unpack:
        """Give what unpacks an archive, behind a wall."""

    def grade(self, task: Task, submissions: Iterator[Submission]) -> Generator[GradedSubmission]:
        """Grade what comes, and yield each once its files are written; closing it ends what is under way."""


def executor_for(
    name: str, *, jobs: int, sandbox: str, notebooks: bool, archives: bool, hidden: Sequence[Path]
) -> AbstractContextManager[Executor]:
    """Find the executor of a name: `local`, or `dask:` and the address of a scheduler.

    `notebooks` and `archives` tell whether there may be any.
    """
    if name == "local":
        from grader.executors.local import local

        return local(jobs=jobs, sandbox=sandbox, notebooks=notebooks, hidden=hidden)
    if name.startswith("dask:"):
        from grader.executors.dask import dask

        return dask(name.removeprefix("dask:"), sandbox=sandbox, notebooks=notebooks, archives=archives, hidden=hidden)
    raise UsageError(f"there is no executor {name!r}: give local, or dask:ADDRESS such as dask:tcp://10.0.0.5:8786.")


__all__ = ["Executor", "executor_for"]
