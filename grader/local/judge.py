"""Run the public checks on one file, in this process, as often as is wanted: pytest collects them once."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.assignment import Assignment
from grader.checking import Checker
from grader.checks.collect import pytest_arguments, silence
from grader.checks.marks import covered_names, title_of
from grader.checks.outcomes import Recorder, Verdict
from grader.checks.session import Loading, Session
from grader.checks.text import clean
from grader.errors import GradeError, Rejected, StudentFault, StudentTimedOut
from grader.plugin import JUDGING, Judging
from grader.sandbox.direct import DirectWall
from grader.sandbox.eager import optimizers_without_dynamo
from grader.sandbox.loader import single_process_data_loader
from grader.sandbox.patience import within_budget

_SEED = 0
"""The inputs are the same each time, so that what a student has mended shows."""


@dataclass(frozen=True)
class Judged:
    """One public check and how it ended; `covers` are the names that it judges."""

    title: str
    covers: tuple[str, ...]
    verdict: Verdict


@dataclass(frozen=True)
class Findings:
    """What came of one file: `broken` says why it does not import, and then nothing was judged."""

    checks: tuple[Judged, ...]
    broken: str = ""
    cells: tuple[str, ...] = ()
    output: str = ""
    output_cut: bool = False


Judge = Callable[[Path], Findings]


def with_judge(assignment: Assignment, work: Callable[[Judge], int]) -> int:
    """Collect the public checks, give `work` a function that judges a file by them, and return what it returns."""
    optimizers_without_dynamo()
    single_process_data_loader()
    loop = _Loop(assignment, work)
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = pytest.main(pytest_arguments(assignment.public_checks_path), plugins=[loop.recorder, loop])
    if loop.error is not None:
        raise loop.error
    if loop.result is None:
        why = loop.problems or said.getvalue()
        raise GradeError(f"the public checks of {assignment.slug} could not be collected ({code}): {why}")
    return loop.result


class _Loop:
    """Replaces pytest's loop over tests."""

    def __init__(self, assignment: Assignment, work: Callable[[Judge], int]) -> None:
        self.recorder = Recorder()
        self.result: int | None = None
        self.error: BaseException | None = None
        self.problems = ""
        self._assignment = assignment
        self._work = work
        self._judging = Judging(None, _SEED, b"", assignment.check_seconds)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Put what the fixtures need where they find it; there is no solution."""
        config.stash[JUDGING] = self._judging

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Keep why the checks could not be imported."""
        if report.failed:
            self.problems += str(report.longrepr)[-2000:]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Do the work that pytest was started for."""
        if session.testsfailed:
            return True
        silence(session.config)
        items = [item for item in session.items if isinstance(item, pytest.Function)]
        checker = Checker(items, self.recorder, self._judging)
        try:
            self.result = self._work(lambda path: _judge(self._assignment, checker, path))
        except BaseException as error:  # noqa: BLE001 - pytest would swallow it; it is raised again outside
            self.error = error
        session.testsfailed = 0
        return True


def _judge(assignment: Assignment, checker: Checker, path: Path) -> Findings:
    """Import the file and run every check on it."""
    loading = Loading({path.name: path.read_bytes()}, path.name, assignment.slug, assignment.import_seconds, _SEED)
    session = Session(DirectWall(within_budget), loading)  # type: ignore[arg-type]  # it answers like a process
    checks: tuple[Judged, ...] = ()
    broken = _load(session)
    try:
        if not broken:
            checker.run(session)
            checks = tuple(
                Judged(
                    title_of(item.function),
                    covered_names(item.function, assignment.names),
                    checker.recorder.verdicts[item.name],
                )
                for item in checker.items
            )
    finally:
        session.end()
    cells = tuple(
        f"cell {fault.cell}{f', line {fault.line}' if fault.line else ''}: "
        f"{clean(fault.type_name)}: {clean(fault.message, 200)}"
        for fault in session.cell_faults
    )
    output = clean(session.output.decode(errors="replace"), len(session.output) + 1)
    return Findings(checks, broken, cells, output, session.output_total > len(session.output))


def _load(session: Session) -> str:
    """Import the file; returns one sentence where that fails."""
    try:
        session.load()
    except Rejected as error:
        return str(error)
    except StudentTimedOut as error:
        return f"It was still running when it was imported. {error.message}"
    except StudentFault as error:
        return error.message
    return ""
