"""From what pytest saw of a check to its outcome: the one place where an exception gets a name and a fault."""

from __future__ import annotations

import re
import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

import pytest

from grader.checks.marks import marks_of, title_of
from grader.checks.sentences import form_of_exception
from grader.checks.transcript import Ending
from grader.errors import CheckFailed, StudentCrashed, StudentRaised, StudentTimedOut
from grader.plugin import CHECK_FILES
from grader.results import Outcome
from grader.sandbox.process import OVER

_WAITS = "waits for: "

OURS = "This check could not be carried out; the fault is not in your code."


@dataclass
class CheckRun:
    """One check while it runs: what each phase raised, and the time all of it took."""

    phases: list[str] = field(default_factory=list)
    error: BaseException | None = None
    in_check: bool = True
    seconds: float = 0.0


@dataclass(frozen=True)
class Verdict:
    """How a check ended: for students `message` and `hint`, for staff `detail`."""

    outcome: Outcome
    message: str = ""
    hint: str | None = None
    detail: str = ""
    places: tuple[tuple[str, int], ...] = ()
    """The student's own lines that an exception passed through, with their files, the innermost last."""


class Recorder:
    """A pytest plugin that keeps what each check of the current submission raised."""

    def __init__(self) -> None:
        self.runs: dict[str, CheckRun] = {}
        self.verdicts: dict[str, Verdict] = {}
        self.endings: dict[str, Ending] = {}
        self.titles: dict[str, str] = {}
        self._needs_count = True

    def start(self, items: Sequence[pytest.Function], *, needs_count: bool = True) -> None:
        """Forget the submission before; without `needs_count`, no check waits for another."""
        self._needs_count = needs_count
        self.runs = {item.name: CheckRun() for item in items}
        self.verdicts, self.endings = {}, {}
        self.titles = {item.name: title_of(item.function) for item in items}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip a check that needs one which has not passed."""
        if not isinstance(item, pytest.Function) or not self._needs_count:
            return
        for name in marks_of(item.function).needs:
            verdict = self.verdicts.get(name)
            if verdict is None or verdict.outcome != "passed":
                pytest.skip(_WAITS + self.titles.get(name, name))

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """Run a check in pytest's three phases, without the reports on them, which cost more than most checks."""
        if not isinstance(item, pytest.Function):
            return None
        if not item._request:  # it runs again, for another submission
            item._initrequest()
        run, start = self.runs[item.name], time.monotonic()
        if self._phase(run, "setup", lambda: item.ihook.pytest_runtest_setup(item=item)):
            self._phase(run, "call", item.runtest)
        self._phase(run, "teardown", lambda: item.session._setupstate.teardown_exact(nextitem))
        item._request, item.funcargs = False, None  # type: ignore[assignment]  # as pytest itself leaves it
        run.seconds = time.monotonic() - start
        self.verdicts[item.name] = verdict = verdict_of(run)
        self.endings[item.name] = _ending_of(verdict, run.error)
        run.error = None  # its traceback holds every large value that came back in this check
        return True

    def _phase(self, run: CheckRun, name: str, phase: Callable[[], None]) -> bool:
        """Run one phase and keep what it raised, if nothing before it has; says whether it went through."""
        run.phases.append(name)
        try:
            phase()
        except (KeyboardInterrupt, pytest.exit.Exception):
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it is, `verdict_of` says whose fault
            if run.error is None:
                run.error = error
                run.in_check = _in_checks(list(traceback.walk_tb(error.__traceback__))[-1][0])
            return False
        return True


def verdict_of(run: CheckRun) -> Verdict:
    """Name the outcome; anything that is not on this list is our fault."""
    error = run.error
    if error is None:
        if run.phases == ["setup", "call", "teardown"]:
            return Verdict("passed")
        return Verdict("internal_error", OURS, detail=f"the check did not run: {run.phases}")
    match error:
        case CheckFailed():
            return Verdict("failed", error.message, error.hint, error.detail or _traceback_of(error))
        case StudentRaised():
            return Verdict("raised", error.message, None, error.traceback or _traceback_of(error), error.places)
        case StudentTimedOut():
            hint = None if error.message == OVER else "Is there a loop that never ends?"
            return Verdict("timed_out", error.message, hint, _traceback_of(error))
        case StudentCrashed():
            return Verdict("crashed", error.message, None, _traceback_of(error))
        case pytest.skip.Exception() if str(error).startswith(_WAITS):
            return Verdict("skipped", f"Not judged yet: it {error}")
        case pytest.fail.Exception():
            return Verdict("failed", str(error), None, _traceback_of(error))
        case AssertionError() if run.in_check:
            return Verdict("failed", _plain_message(error), None, _traceback_of(error))
    return Verdict("internal_error", OURS, detail=_traceback_of(error))


def _traceback_of(error: BaseException) -> str:
    """Format a traceback from the check on, without pytest's frames: in Python's way, as pytest's costs 50 ms."""
    inside = error.__traceback__
    while inside is not None and not _in_checks(inside.tb_frame):
        inside = inside.tb_next
    chain = traceback.TracebackException(type(error), error, inside or error.__traceback__)
    return "".join(chain.format())[:20_000]


def _in_checks(frame: FrameType) -> bool:
    return Path(frame.f_code.co_filename).name in CHECK_FILES


def _ending_of(verdict: Verdict, error: BaseException | None) -> Ending:
    """Say how a check ended in a form that can be compared with how it ends on other code."""
    match error:
        case CheckFailed():
            return Ending.of("failed", error.message, error.fact)
        case StudentRaised():
            return Ending("raised", fact=form_of_exception(error.said) or None)
    return Ending(verdict.outcome, verdict.message)


def _plain_message(error: AssertionError) -> str:
    """Take the author's own words of a bare `assert x, "words"`, without pytest's introspection."""
    text = str(error.args[0]) if error.args else ""
    own = re.split(r"\n|\bassert ", text, maxsplit=1)[0].strip()
    return own or "What this check asks for does not hold."
