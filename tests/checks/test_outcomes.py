"""Each way a check can end has one outcome; what is not the student's fault is never put down to them."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from grader.checks.outcomes import OURS, CheckRun, Recorder, Verdict, verdict_of
from grader.errors import (
    BelowFloorError,
    CheckFailed,
    GradeError,
    Rejected,
    SandboxError,
    StudentCrashed,
    StudentFault,
    StudentRaised,
    StudentTimedOut,
)
from grader.sandbox.wire import WireError

PHASES = ["setup", "call", "teardown"]


def verdict(error: BaseException | None, phases: list[str] = PHASES) -> Verdict:
    """Judge a check that ended with this exception."""
    return verdict_of(CheckRun(phases=phases, error=error))


@pytest.mark.parametrize(
    ("error", "outcome", "message"),
    [
        (CheckFailed("wrong in 3 values", hint="look", detail="a, b"), "failed", "wrong in 3 values"),
        (StudentRaised("ValueError: no", "ValueError", "sub.py, line 3"), "raised", "ValueError: no"),
        (StudentRaised("MemoryError", "MemoryError", "sub.py, line 1", out_of_memory=True), "raised", "MemoryError"),
        (StudentTimedOut("It did not finish."), "timed_out", "It did not finish."),
        (StudentCrashed("It left."), "crashed", "It left."),
        (StudentCrashed("Memory.", out_of_memory=True), "crashed", "Memory."),
        (AssertionError("total should be 4\nassert 3 == 4"), "failed", "total should be 4"),
        (AssertionError("assert 3 == 4"), "failed", "What this check asks for does not hold."),
        (AssertionError(), "failed", "What this check asks for does not hold."),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else None,
)
def test_what_the_student_did_is_named(error: Exception, outcome: str, message: str) -> None:
    """A failed check and each fault of submitted code have an outcome of their own, and their own words."""
    found = verdict(error)

    assert (found.outcome, found.message) == (outcome, message)
    assert found.detail


def test_facts_of_a_failed_check_are_kept_apart() -> None:
    """Hints are for students, details for staff."""
    found = verdict(CheckFailed("message", hint="hint", detail="detail"))

    assert (found.message, found.hint, found.detail) == ("message", "hint", "detail")


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("a handle is good within one check alone"),
        AttributeError("x"),
        TypeError(),
        KeyError("inputs"),
        MemoryError(),
        RecursionError(),
        OSError(28, "no space"),
        WireError("a message is too large"),
        SandboxError("the nursery has ended"),
        BelowFloorError("x"),
        GradeError("x"),
        Rejected("x"),
        StudentFault("of no known kind"),
        pytest.skip.Exception("for a reason of its own"),
        pytest.exit.Exception("stop"),
        SystemExit(0),
        KeyboardInterrupt(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_all_else_is_ours(error: BaseException) -> None:
    """Whatever is not on the list is an internal error, which costs no points and tells students nothing of it."""
    found = verdict(error)

    assert found.outcome == "internal_error"
    assert "not in your code" in found.message
    assert str(error) == "" or str(error) not in found.message


@pytest.mark.parametrize("phases", [[], ["setup"], ["setup", "teardown"], ["setup", "call"], ["call", *PHASES]])
def test_check_that_did_not_run_has_not_passed(phases: list[str]) -> None:
    """Without an error there is a pass only where all three phases ran, once."""
    assert verdict(None, phases).outcome == "internal_error"
    assert verdict(None).outcome == "passed"


CHECKS = '''
import pytest
from grader.checks import needs, points
from grader.errors import StudentRaised

@points(1)
def check_fails():
    """The first title."""
    raise StudentRaised("NameError: x", "NameError")

@points(1)
@needs(check_fails)
def check_needs_it():
    """The second title."""

@points(1)
def check_passes():
    """The third title."""

@pytest.fixture
def broken():
    yield 1
    raise ValueError("in a teardown")

@points(1)
def check_with_broken_teardown(broken):
    """The fourth title."""

@points(1)
def check_skips_itself():
    """The fifth title."""
    pytest.skip("a reason")
'''


WHOSE = """
import sys
sys.path.insert(0, {folder!r})
from helper_of_ours import must_hold, must_fit
from grader.checks import points

@points(1)
def check_own_assertion():
    "The check says no."
    assert 1 == 2, "one is not two"

@points(1)
def check_helper_that_says_no():
    "A helper says no, by raising what is meant for that."
    must_fit()

@points(1)
def check_assertion_of_a_helper():
    "A helper finds itself wrong."
    must_hold()

@points(1)
def check_assertion_of_a_helper_caught():
    "What a check makes of it is the check's."
    try:
        must_hold()
    except AssertionError:
        assert False, "in my own words"
"""

HELPER = """
from grader.errors import CheckFailed

def must_hold():
    assert 1 == 2, "an invariant of ours"

def must_fit():
    raise CheckFailed("it does not fit")
"""


class Loop:
    """Run the collected checks under a recorder, as a job does."""

    def __init__(self) -> None:
        self.recorder = Recorder()

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Tell the recorder which checks there are."""
        self.recorder.start([item for item in session.items if isinstance(item, pytest.Function)])


def judged(folder: Any) -> dict[str, Verdict]:
    """Run the checks.py of a folder under pytest, and return the verdicts by name."""
    loop = Loop()
    pytest.main(
        ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", f"--rootdir={folder}", "--noconftest", "--capture=no",
         "--import-mode=importlib", "-o", "python_functions=check_", str(folder / "checks.py")],
        plugins=[loop.recorder, loop],
    )  # fmt: skip
    del sys.modules["checks"]  # or the next of this name would be the same
    return loop.recorder.verdicts


def test_an_assertion_is_the_checks_or_ours(tmp_path: Any) -> None:
    """`assert` in checks.py fails the check; one that fails in a helper is a mistake of ours, and costs no points."""
    (tmp_path / "helper_of_ours.py").write_text(HELPER)
    (tmp_path / "checks.py").write_text(WHOSE.format(folder=str(tmp_path)))

    verdicts = judged(tmp_path)

    assert {name: (verdict.outcome, verdict.message) for name, verdict in verdicts.items()} == {
        "check_own_assertion": ("failed", "one is not two"),
        "check_helper_that_says_no": ("failed", "it does not fit"),
        "check_assertion_of_a_helper": ("internal_error", OURS),
        "check_assertion_of_a_helper_caught": ("failed", "in my own words"),
    }


def test_recorder_sees_every_check(tmp_path: Any) -> None:
    """Under pytest each check gets its verdict, by name; what waits for a failed one is skipped and says for which."""
    (tmp_path / "checks.py").write_text(CHECKS)
    verdicts = judged(tmp_path)

    assert {name: verdict.outcome for name, verdict in verdicts.items()} == {
        "check_fails": "raised",
        "check_needs_it": "skipped",
        "check_passes": "passed",
        "check_with_broken_teardown": "internal_error",
        "check_skips_itself": "internal_error",
    }
    assert verdicts["check_needs_it"].message == "Not judged yet: it waits for: The first title."
