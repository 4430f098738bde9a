"""Putting known mistakes through checks, as if they had been handed in, one after the other in one worker.

They are code of ours, so none of them harms the next: what a worker costs to start is paid once, not for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from grader.checking import Checker
from grader.checks.session import Loading, Session, Wall
from grader.diagnosis import Answers
from grader.errors import Rejected, StudentFault
from grader.mistakes import Mistake
from grader.rubric import Rubric
from grader.sandbox.process import WorkerProcess
from grader.shared_answers import SharedAnswers


class Replayer:
    """Runs the code of the solution (`""`) and of each mistake, by slug, through checks that are named."""

    def __init__(
        self, rubric: Rubric, checker: Checker, wall: Wall, shared: SharedAnswers, until: float | None = None
    ) -> None:
        self._until = until
        self._solution = rubric.assignment.solution_path.read_bytes()
        self._files: dict[str, bytes] = {}
        self._rubric, self._checker, self._shared = rubric, checker, shared
        self._wall = _OneWorker(wall)

    def begin(self, mistakes: Iterable[Mistake]) -> None:
        """Make ready for these mistakes, and the solution, until `end`."""
        self._files = {_file_of(mistake.slug): mistake.source.encode() for mistake in mistakes}
        self._files[_file_of("")] = self._solution

    def replay(self, slug: str, names: Sequence[str]) -> Mapping[str, Answers]:
        """Return what it answers in each of these checks, the same at each call; nothing where it does not import."""
        answers = self._shared.get(slug)
        if answers is None:
            answers = self._replay(slug, names)
            self._shared.put(slug, answers)
        return answers

    def _replay(self, slug: str, names: Sequence[str]) -> Mapping[str, Answers]:
        assignment, seed = self._rubric.assignment, self._rubric.seed
        name, seconds = _file_of(slug), assignment.import_seconds
        loading = Loading(self._files, name, assignment.slug, seconds, seed, self._until)
        session = _Visit(self._wall, loading)
        try:
            session.load()
            self._checker.run_alone(session, names)
        except (StudentFault, Rejected):
            return {}
        finally:
            session.end()
        return self._checker.answers()

    def end(self) -> None:
        """End the worker; another is started when it is needed."""
        self._files = {}
        self._wall.end()


class _OneWorker:
    """A wall that opens one worker for all who ask, and another only when it has died."""

    def __init__(self, wall: Wall) -> None:
        self._wall = wall
        self._worker: WorkerProcess | None = None

    def open(self, files: Mapping[str, bytes]) -> WorkerProcess:
        if self._worker is None or not self._worker.alive:
            self._worker = self._wall.open(files)
        return self._worker

    def end(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.kill()


class _Visit(Session):
    """A session that leaves the worker to the next one."""

    def close_worker(self) -> None:
        self._worker = None


def _file_of(slug: str) -> str:
    return f"{slug or 'solution'}.py"
