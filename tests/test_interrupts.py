"""Ctrl-C at any moment ends a run as the contract says: exit code 130, nothing lost, nothing left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.command import MINI, on_record, results
from tests.intake.makers import zipped

RIGHT = "def double(x):\n    return x + x\n\ndef total(x):\n    return float(x.sum())\n"

pytestmark = pytest.mark.alone

SCRIPT = '''
"""Run `grade` again and again in forks of one warm process; the nth run is interrupted right after its nth fork."""

import ctypes, json, os, pathlib, signal, sys, time
from grader.sandbox import nursery

nursery.warm(notebooks=True)
pr_set_child_subreaper = 36
ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)  # what is left of a run becomes a child of ours
real, forks = os.fork, 0


def run(nth):
    def fork():
        global forks
        forks += 1
        here = os.getpid() == runner and forks == nth
        pid = real()
        if here:
            os.kill(os.getpid(), signal.SIGINT)  # in both, as a terminal does it
        return pid

    os.fork, runner = fork, os.getpid()
    from grader.cli import main
    main()


def left():
    end = time.monotonic() + 2  # what was killed takes its time to go
    while time.monotonic() < end:
        try:
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
        except ChildProcessError:
            return 0
        time.sleep(0.01)
    return 1


found = []
while not found or found[-1]["code"] == 130:
    pid = real()
    if pid == 0:
        try:
            run(len(found) + 1)
        except SystemExit as error:
            os._exit(error.code)
        finally:
            os._exit(99)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    names = [path.name for path in pathlib.Path(os.environ["TMPDIR"]).glob("grade-*")]
    found.append({"code": code, "left": left(), "files": names})
print(json.dumps(found))
'''


SLOW = "import time\ntime.sleep(0.3)\n" + RIGHT


def _run(command: list[str], temporary: Path) -> subprocess.CompletedProcess[str]:
    settled = {"PYTHONHASHSEED": "0", "TMPDIR": str(temporary)}
    return subprocess.run(  # noqa: S603 - our own command
        command, env=os.environ | settled, capture_output=True, text=True, timeout=120, check=False
    )


def test_an_interrupt_at_any_fork_leaves_nothing(tmp_path: Path, temporary: Path) -> None:
    """Ctrl-C right after a fork, whichever, ends the run once: exit code 130, no process, no scratch directory."""
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "a.py").write_text(RIGHT)
    (tmp_path / "class" / "b.zip").write_bytes(zipped({"mini.py": RIGHT.encode()}))
    arguments = ["run", "mini", str(tmp_path / "class"), "-o", str(tmp_path / "out"), "--course", str(MINI)]

    done = _run([sys.executable, "-c", SCRIPT, *arguments, "--jobs", "2"], temporary)

    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    assert [run["code"] for run in found] == [130] * (len(found) - 1) + [0], done.stderr
    assert len(found) >= 7
    assert [run for run in found if run["left"] or run["files"]] == []
    assert done.stderr.count("interrupted") == len(found) - 1


@pytest.fixture
def started(
    request: pytest.FixtureRequest, tmp_path: Path, temporary: Path
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Start a run of a slow class of archives, with what stands before the command, and wait for a first record."""
    (tmp_path / "class").mkdir()
    for number in range(8):
        (tmp_path / "class" / f"s{number}.zip").write_bytes(zipped({"mini.py": SLOW.encode()}))
    before: list[str] = getattr(request, "param", [])
    command = [*before, sys.executable, "-m", "grader", "run", "mini", str(tmp_path / "class"), "--course", str(MINI)]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "-o", str(tmp_path / "out"), "--jobs", "2"],
        env=os.environ | {"TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    end = time.monotonic() + 60
    while not on_record(tmp_path / "out") and time.monotonic() < end:
        time.sleep(0.02)
    yield process, tmp_path
    process.kill()
    process.communicate()


def test_more_interrupts_do_not_disturb_the_tidying_up(
    started: tuple[subprocess.Popen[bytes], Path], temporary: Path
) -> None:
    """Whoever presses Ctrl-C again and again gets the same end: what was finished is kept, nothing is left."""
    process, place = started
    end = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < end:
        process.send_signal(signal.SIGINT)
        time.sleep(0.001)
    _, said = process.communicate()

    assert process.returncode == 130, said
    assert said.count(b"interrupted") == 1
    assert (place / "out" / "index.html").exists()
    assert list(temporary.glob("grade-*")) == []


@pytest.mark.parametrize("started", [["nohup"]], indirect=True)
def test_a_hangup_that_is_ignored_stays_ignored(started: tuple[subprocess.Popen[bytes], Path]) -> None:
    """Under `nohup` a run goes on to its end when the terminal is closed, all its processes do."""
    process, place = started
    os.killpg(process.pid, signal.SIGHUP)
    process.communicate(timeout=60)

    assert process.returncode == 0
    assert {result.score for result in results(place / "out").values()} == {10.0}
