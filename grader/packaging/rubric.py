"""The checks of an assignment, as an instructor enters them on a platform: collected, and none of them carried out."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING

from grader.assignment import Assignment
from grader.errors import GradeError, UsageError
from grader.results import CheckResult

if TYPE_CHECKING:
    import pytest


def checks_of(assignment: Assignment) -> tuple[CheckResult, ...]:
    """List the checks in order; raises UsageError where they cannot be collected, or contradict the assignment."""
    import pytest  # which checks need, and torch: what was asked for wrongly is told before

    from grader.checks.collect import pytest_arguments

    plugin, said = _Collected(assignment), io.StringIO()
    with redirect_stdout(said), redirect_stderr(said), _environment_kept():
        code = pytest.main(pytest_arguments(assignment.checks_path), plugins=[plugin])
    if plugin.error is not None:
        raise plugin.error
    if code != pytest.ExitCode.OK:
        why = plugin.problems or said.getvalue()[-2000:]
        raise UsageError(f"the checks of {assignment.slug} could not be collected: {why}")
    return plugin.checks


@contextmanager
def _environment_kept() -> Iterator[None]:
    """Put the environment back: what keeps plugins from this pytest is not meant for whoever is started later."""
    before = dict(os.environ)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def by_program(checks: Iterable[CheckResult]) -> float:
    """Add up the points that the program gives."""
    return round(sum(check.max_points for check in checks if check.outcome != "manual"), 6)


def by_person(checks: Iterable[CheckResult]) -> float:
    """Add up the points of what a person grades."""
    return round(sum(check.max_points for check in checks if check.outcome == "manual"), 6)


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
        import pytest

        from grader.rubric import rubric_of

        if session.testsfailed:
            return True
        try:
            items = [item for item in session.items if isinstance(item, pytest.Function)]
            self.checks = rubric_of(self._assignment, items, 0).blank
        except GradeError as error:
            self.error = error
        return True
