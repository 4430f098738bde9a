"""What breaks of the wall while a class is graded is our fault: it is tried again, and costs nobody else a thing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.command import MINI, Ran, results, run_mini

CHECKS = '''
import os
from pathlib import Path
from grader.checks import points

@points(15)
def check_double(submission):
    """Something kills a part of the wall, once for each file in a folder, in the middle of one student's check."""
    assert submission.double(3) == 6
    session = submission._session
    nursery, worker = session._wall._handle.pid, session._worker.pid
    if submission.defines("unlucky"):
        for left in Path({folder!r}).iterdir():
            left.unlink()
            os.kill({victim}, 9)
            break
    assert submission.double(3) == 6
    assert not submission.knows()
'''

STUDENT = '''
import gc

def double(x):
    return 2 * x

def knows():
    """Look for what only the grader knows."""
    ours = {"Result", "CheckResult", "GradedSubmission", "Submission", "Row", "Task", "Batch"}
    return sorted({type(one).__name__ for one in gc.get_objects()} & ours)
'''


def _grade(place: Path, victim: str, times: int) -> Ran:
    """Grade four students with one job, where the second one's check meets a death this often."""
    (place / "deaths").mkdir()
    for number in range(times):
        (place / "deaths" / str(number)).touch()
    shutil.copytree(MINI, place / "course")
    checks = CHECKS.format(folder=str(place / "deaths"), victim=victim)
    (place / "course" / "solutions" / "mini" / "checks.py").write_text(checks)
    (place / "class").mkdir()
    for number in range(4):
        (place / "class" / f"s{number}.py").write_text(STUDENT + ("unlucky = 1\n" if number == 1 else ""))
    return run_mini(place / "out", [place / "class"], "--jobs", "1", course=place / "course")


def _scores(place: Path) -> dict[str, float | None]:
    return {name: result.score for name, result in results(place / "out").items()}


@pytest.mark.parametrize("victim", ["nursery", "worker"])
def test_what_died_once_is_replaced(victim: str, tmp_path: Path) -> None:
    """A nursery or a worker that is killed from outside costs its submission another try, and nobody a point.

    What takes the place of a nursery knows no more than the first one did: no name, no result, no check.
    """
    done = _grade(tmp_path, victim, 1)

    assert _scores(tmp_path) == {"s0": 15.0, "s1": 15.0, "s2": 15.0, "s3": 15.0}
    assert done.code == 0, done.err


@pytest.mark.parametrize("victim", ["nursery", "worker"])
def test_what_dies_again_and_again_leaves_one_submission_ungraded(victim: str, tmp_path: Path) -> None:
    """A submission whose wall breaks at each try is not graded and says why; all others are."""
    done = _grade(tmp_path, victim, 9)

    assert _scores(tmp_path) == {"s0": 15.0, "s1": None, "s2": 15.0, "s3": 15.0}
    assert done.code == 3, done.err
    result = results(tmp_path / "out")["s1"]
    assert result.status == "not_graded"
    assert {"nursery": "the nursery has ended", "worker": "killed from outside"}[victim] in result.message
    assert {check.outcome for check in result.checks} == {"internal_error"}
    assert len(list((tmp_path / "deaths").iterdir())) == 7


WAYS_TO_DIE = {
    "kill": "os.kill(os.getpid(), 9)",
    "raise": "signal.raise_signal(9)",
    "thread": "signal.pthread_kill(threading.get_ident(), 9)",
    "timer": "event = (ctypes.c_int * 16)(0, 0, 9); timer = ctypes.c_long()\n"
    "    assert libc.timer_create(1, event, ctypes.byref(timer)) == 0\n"
    "    libc.timer_settime(timer, 0, (ctypes.c_long * 4)(0, 0, 0, 1), None)\n    time.sleep(5)",
    "limit": "resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\n    while True: pass",
    "pipe": "os.close(4)\n    time.sleep(60)",
    "half": "threading.Timer(0.1, lambda: [os.close(4), time.sleep(60)]).start()\n    libc.pthread_exit(0)",
}


def test_nobody_gets_out_of_a_verdict_by_dying(tmp_path: Path) -> None:
    """However submitted code ends itself, it is judged, with no points: it cannot pass for one that was killed."""
    (tmp_path / "class").mkdir()
    for name, way in WAYS_TO_DIE.items():
        source = "import ctypes, os, resource, signal, threading, time\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        (tmp_path / "class" / f"{name}.py").write_text(f"{source}def double(x):\n    {way}\ntotal = double\n")

    done = run_mini(tmp_path / "out", [tmp_path / "class"])

    assert _scores(tmp_path) == dict.fromkeys(WAYS_TO_DIE, 0.0)
    assert done.code == 0, done.err
