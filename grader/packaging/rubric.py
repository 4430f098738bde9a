"""The checks of an assignment, as an instructor enters them on a platform: collected, and none of them carried out."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout

import pytest

from grader.assignment import Assignment
from grader.checks.collect import pytest_arguments
from grader.errors import GradeError, UsageError
from grader.results import CheckResult
from grader.rubric import rubric_of


def checks_of(assignment: Assignment) -> tuple[CheckResult, ...]:
    """List the checks in order; raises UsageError where they cannot be collected, or contradict the assignment."""
    plugin, said = _Collected(assignment), io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = pytest.main(pytest_arguments(assignment.checks_path), plugins=[plugin])
    if plugin.error is not None:
        raise plugin.error
    if code != pytest.ExitCode.OK:
        why = plugin.problems or said.getvalue()[-2000:]
        raise UsageError(f"the checks of {assignment.slug} could not be collected: {why}")
    return plugin.checks


class _Collected:
    """Takes the place of pytest's loop over tests."""

    def __init__(self, assignment: Assignment) -> None:
        self.checks: tuple[CheckResult, ...] = ()
        self.error: GradeError | None = None
        self.problems = ""
        self._assignment = assignment

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why a checks file could not be imported."""
        if report.failed:
            self.problems += str(report.longrepr)[-2000:]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Describe what was collected, and run nothing."""
        if session.testsfailed:
            return True
        try:
            items = [item for item in session.items if isinstance(item, pytest.Function)]
            self.checks = rubric_of(self._assignment, items, 0).blank
        except GradeError as error:
            self.error = error
        return True
