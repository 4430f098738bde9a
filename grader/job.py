"""A job: the trusted process that grades submissions one after the other, in one pytest session.

    Hello, then one Done for each Work, until the orders end;  or Stranded or Unusable, once

It is forked from the warm `grade` process, loads the checks and the solution, and owns one nursery.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from typing import NoReturn

import msgspec
import pytest

from grader.checks.collect import pytest_arguments, silence
from grader.checks.outcomes import Recorder
from grader.errors import GradeError, SandboxError, UsageError, WallError
from grader.frames import receive, send
from grader.grading import Grader, judging_for
from grader.plugin import JUDGING
from grader.results import CheckResult, GradedSubmission
from grader.rubric import only_check, rubric_of
from grader.sandbox import forks
from grader.sandbox.host import NurseryHandle, Sandbox
from grader.shared_answers import SharedAnswers
from grader.submission import Submission
from grader.task import Task, limits_of


class Work(msgspec.Struct, tag="work", frozen=True):
    """Grade this submission; `sha256` is of its files as they were when it was found."""

    submission: Submission
    sha256: str


class Hello(msgspec.Struct, tag="hello", frozen=True):
    """The checks were collected; this is how each looks before it has run."""

    checks: tuple[CheckResult, ...]


class Done(msgspec.Struct, tag="done", frozen=True):
    """One submission was graded and its files are written."""

    graded: GradedSubmission


class Stranded(msgspec.Struct, tag="stranded", frozen=True):
    """The wall broke, and this job ends: what it has in hand is not graded, and another nursery is needed."""

    reason: str


class Unusable(msgspec.Struct, tag="unusable", frozen=True):
    """No submission can be graded by this job; `exit_code` is 2 where the assignment is at fault."""

    message: str
    exit_code: int


def run_job(
    task: Task, answers: SharedAnswers, handle: NurseryHandle, orders: int, replies: int, not_ours: Sequence[int]
) -> NoReturn:
    """Be a job: collect the checks, grade what is ordered, and leave without unwinding.

    `not_ours` are descriptors of the other jobs: an end of a pipe kept open would keep them alive.
    """
    code = 1
    try:
        forks.follow_the_parent()
        for descriptor in not_ours:
            os.close(descriptor)
        _serve(task, answers, handle, orders, replies)
        code = 0
    except WallError as error:
        send(replies, Stranded(str(error)))
    except GradeError as error:
        send(replies, Unusable(str(error), error.exit_code))
    except BaseException as error:  # noqa: BLE001 - the edge of a process: say it, and leave
        send(replies, Unusable(f"{type(error).__name__}: {error}", 3))
    finally:
        os._exit(code)


def _serve(task: Task, answers: SharedAnswers, handle: NurseryHandle, orders: int, replies: int) -> None:
    sandbox = Sandbox(handle, limits_of(task.assignment, task.room))
    try:
        sandbox.clear()
    except SandboxError as error:
        raise WallError(str(error)) from error
    plugin = _JobPlugin(task, answers, sandbox, orders, replies)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = pytest.main(pytest_arguments(task.assignment.checks_path), plugins=[plugin.recorder, plugin])
    if plugin.error is not None:
        raise plugin.error
    if code != pytest.ExitCode.OK:
        why = plugin.problems or said.getvalue()
        raise UsageError(f"the checks of {task.assignment.slug} could not be collected: {why}")


class _JobPlugin:
    """Replaces pytest's loop over tests by one over submissions, each run through the same collected checks."""

    def __init__(self, task: Task, answers: SharedAnswers, sandbox: Sandbox, orders: int, replies: int) -> None:
        self.recorder = Recorder()
        self.error: GradeError | None = None
        self.problems = ""
        self._task = task
        self._answers = answers
        self._sandbox = sandbox
        self._orders, self._replies = orders, replies

    def pytest_configure(self, config: pytest.Config) -> None:
        """Put the solution where the fixtures find it."""
        config.stash[JUDGING] = judging_for(self._task.assignment, self._task.seed)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a checks file could not be imported."""
        if report.failed:
            self.problems += str(report.longrepr)[-2000:]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Grade until the orders end."""
        if session.testsfailed:
            return True
        try:
            silence(session.config)
            items = [item for item in session.items if isinstance(item, pytest.Function)]
            rubric = rubric_of(self._task.assignment, items, self._task.seed)
            if self._task.check is not None:
                rubric = only_check(rubric, self._task.check)
            judging, room = session.config.stash[JUDGING], self._task.room
            grader = Grader(
                rubric, self.recorder, judging, self._sandbox, self._sandbox.layers, self._answers, room=room
            )
            send(self._replies, Hello(rubric.blank))
            for submission in self._ordered():
                self._grade(grader, submission)
        except GradeError as error:
            self.error = error
        except OSError as error:
            self.error = SandboxError(f"the results could not be written: {error}")
        session.testsfailed = 0
        return True

    def _ordered(self) -> Iterator[Submission]:
        while (work := receive(self._orders, Work)) is not None:
            vars(work.submission)["sha256"] = work.sha256  # the cached one: what is read must still have it
            yield work.submission

    def _grade(self, grader: Grader, submission: Submission) -> None:
        try:
            graded = grader.grade(submission)
        except SandboxError as error:
            raise WallError(str(error)) from error
        self._task.keep(graded)
        send(self._replies, Done(graded))
        sys.stdout.seek(0)
        sys.stdout.truncate()
