"""One submission, graded in a container that stops at some time and has so much memory."""

from __future__ import annotations

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import FrameType

from grader.assignment import Assignment
from grader.errors import GradeError, Rejected, SandboxError, UsageError
from grader.intake.archives import Unpack, none_here
from grader.intake.files import Finder
from grader.platforms.contract import SHARE, Found
from grader.results import Result
from grader.run_command import tell
from grader.sandbox import cgroup, lockdown, nursery
from grader.sandbox.plots import WORDS
from grader.submission import Submission, display_text, is_archive, is_notebook, read_files
from grader.task import Room, Task

_LATEST = 0.93
"""The share of the platform's time after which nothing is waited for any more, and no score is given."""

_AGAIN = 2.0
"""Seconds until it is said again: where Python ignores exceptions, in a hook of a fork for instance, one is lost."""

_LEAST_MEMORY_MB = 64
_LEAST_THREADS = 4

_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def grade_one(assignment: Assignment, found: Found, *, seconds: float, sandbox: str, seed: int) -> Result:
    """Grade what was found, within `seconds` by the clock from the start of this process; no score where we failed."""
    began = time.monotonic() - _age()
    if assignment.hidden is None:
        raise UsageError(f"there is no solutions/{assignment.slug}/ in this course, so nothing can be graded")
    nursery.one_thread()
    from grader.executors.local import local

    with tempfile.TemporaryDirectory(prefix="grade-") as temporary, _ended_at(began + _LATEST * seconds):
        folder = _laid_out(found, Path(temporary))
        solutions = assignment.hidden.parent if assignment.hidden.parent.name == "solutions" else assignment.hidden
        _close(solutions, sandbox)
        archives = any(is_archive(name) for _, _, names in os.walk(folder) for name in names)
        submission = None if archives else _submission(assignment, folder, found, none_here)
        notebooks = submission is None or any(is_notebook(file.name) for file in submission.files)
        figures = submission is None or _may_draw(submission)
        with local(
            jobs=1, sandbox=sandbox, notebooks=notebooks, figures=figures, several=False, hidden=[solutions]
        ) as executor:
            if submission is None:
                submission = _submission(assignment, folder, found, executor.unpack)
            room = _room(assignment, began + SHARE * seconds)
            for graded in executor.grade(Task(assignment, seed, None, room=room), iter([submission])):
                for detail in graded.evidence.details.values():
                    tell(detail)
                return graded.result
    raise SandboxError("the grading process ended without a result")


def _room(assignment: Assignment, until: float) -> Room:
    """See what the container leaves; raises SandboxError where nothing could run in it."""
    memory, threads = cgroup.memory_left_mb(), cgroup.processes_left()
    if memory is not None and memory < _LEAST_MEMORY_MB:
        raise SandboxError(
            f"this container leaves {memory} MB of memory for a submission, which is too little; "
            f"{assignment.slug} allows {assignment.memory_mb} MB: give the container more memory"
        )
    if threads is not None and threads < _LEAST_THREADS:
        raise SandboxError("this container lets no more processes be started: give it at least 30")
    return Room(memory_mb=memory, threads=threads, until=until)


def _age() -> float:
    """Tell how long this process has run, in seconds, whatever it was before it started over."""
    started = int(Path("/proc/self/stat").read_text().rpartition(")")[2].split()[19]) / _TICKS
    return time.clock_gettime(time.CLOCK_BOOTTIME) - started


@contextmanager
def _ended_at(moment: float) -> Iterator[None]:
    """Give up at a moment, whatever hangs: a check of ours that does must not leave the last word to the platform."""

    def end(_number: int, _frame: FrameType | None) -> None:
        raise SandboxError("the time that the platform gives was nearly over, and the checks had not ended")

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, max(0.001, moment - time.monotonic()), _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _laid_out(found: Found, temporary: Path) -> Path:
    """Name the folder of the student's files; what does not lie in one is put into one."""
    if found.folder is not None:
        return found.folder
    for name, data in found.files.items():
        (temporary / name).parent.mkdir(parents=True, exist_ok=True)
        (temporary / name).write_bytes(data)
    return temporary


def _close(solutions: Path, sandbox: str) -> None:
    """Leave the hidden part to root alone, where nothing but its mode hides it from a worker."""
    if os.geteuid() == 0 and sandbox != "off" and not {"landlock", "namespaces"} & set(lockdown.available()):
        with suppress(OSError):  # mounted read-only, for instance: then whoever needs the mode says so
            solutions.chmod(0o700)


def _may_draw(submission: Submission) -> bool:
    """Tell whether any file speaks of figures; what cannot be read is read again, and told, when it is graded."""
    try:
        return any(word in data for data in read_files(submission).values() for word in WORDS)
    except (Rejected, GradeError, OSError):
        return True


def _submission(assignment: Assignment, folder: Path, found: Found, unpack: Unpack) -> Submission:
    finder = Finder(assignment.slug, assignment.stubs(), assignment.limits, tell, unpack)
    submission = finder.of_folder(folder) if folder.is_dir() else finder.judge.judge("submission", [], [])
    student = display_text(found.student).strip() or "?"
    return replace(submission, id="submission", student=student)
