"""What holds on every platform: deadlines, limits of the container, streams, places that cannot be written to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.sandbox.plots import WORDS
from tests.command import MINI, Ran, grade
from tests.platforms.made import RIGHT
from tests.platforms.places import entry, fill, gradescope, other_course, prairielearn
from tests.platforms.rules import gradescope_results

pytestmark = [pytest.mark.slow, pytest.mark.alone]

FACTS = "assignments/mini/assignment.toml"
CHECKS = "solutions/mini/checks.py"
ENDLESS = "def double(x):\n    return 2 * x\n\n\ndef total(x):\n    while True:\n        pass\n"


def test_what_was_graded_before_the_deadline_is_reported(tmp_path: Path) -> None:
    """A loop that never ends costs the checks that it keeps from ending, and the platform's own time-out none."""
    course = other_course(
        tmp_path, {FACTS: ("check_seconds = 1", "check_seconds = 60"), CHECKS: ("@shared(1)", "@shared(60)")}
    )
    path = gradescope(tmp_path, {"mini.py": ENDLESS})

    start = time.monotonic()
    ran = entry("gradescope", tmp_path, course=course, env={"TIMEOUT_SECONDS": "15"})
    took = time.monotonic() - start

    results = gradescope_results(path, 10)
    assert (ran.code, results["score"]) == (0, 3)
    assert took < 15
    lost = [test["output"] for test in results["tests"] if test.get("score") == 0]
    assert len(lost) == 3
    assert all("The time for the whole submission was over" in output for output in lost)


@pytest.mark.parametrize("seconds", [12.5, 60], ids=["too slow", "hanging"])
def test_time_that_our_own_checks_took_costs_no_student_a_point(tmp_path: Path, seconds: float) -> None:
    """A check of staff's that takes the platform's time is our fault: no score, and before the platform ends us."""
    course = other_course(
        tmp_path,
        {CHECKS: ("    x = draw.tensor(8", f"    import time\n\n    time.sleep({seconds})\n    x = draw.tensor(8")},
    )
    path = gradescope(tmp_path, {"mini.py": RIGHT})

    start = time.monotonic()
    ran = entry("gradescope", tmp_path, course=course, env={"TIMEOUT_SECONDS": "15"})

    assert time.monotonic() - start < 15
    assert (ran.code, path.exists()) == (3, False)
    assert "the time that the platform gives was" in ran.err


BIG = f"import torch\n\nones = torch.ones(45_000_000)\ndel ones\n{RIGHT}"


def _with_left(root: Path, memory_mb: int | None, processes: int | None) -> Ran:
    """Run the entry in a container that leaves so much."""
    code = (
        "from grader.sandbox import cgroup\n"
        f"cgroup.memory_left_mb, cgroup.processes_left = lambda: {memory_mb}, lambda: {processes}\n"
        "from grader.cli import main\n"
        "main()\n"
    )
    env = {"PYTHONHASHSEED": "0"}  # as in our image, where nothing is started over
    command = (sys.executable, "-c", code)
    return grade("platform", "gradescope", "--root", root, "--course", MINI, command=command, env=env)


def test_memory_that_the_container_lacks_costs_no_student_a_point(tmp_path: Path) -> None:
    """What the assignment allows and the container does not have is our fault; staff read what to change."""
    path = gradescope(tmp_path, {"mini.py": BIG})

    enough = _with_left(tmp_path, 230, 50)
    assert gradescope_results(path, 10)["score"] == 10, enough.err
    short = _with_left(tmp_path, 100, None)

    assert (short.code, path.exists()) == (3, False)
    assert "it needed more than the 100 MB that are left here, and it may take 256 MB" in short.err


@pytest.mark.parametrize(
    ("memory", "processes", "said"), [(20, None, "20 MB of memory"), (None, 1, "no more processes")]
)
def test_a_container_that_is_too_small_says_so(
    tmp_path: Path, memory: int | None, processes: int | None, said: str
) -> None:
    """Nothing is graded where nothing could be, and the sentence says what to give."""
    path = gradescope(tmp_path, {"mini.py": RIGHT})

    ran = _with_left(tmp_path, memory, processes)

    assert (ran.code, path.exists()) == (3, False)
    assert said in ran.err


def test_a_place_that_is_not_there_is_made_and_one_that_is_closed_is_told(tmp_path: Path) -> None:
    """Without a place for the result no code says that all is well."""
    path = prairielearn(tmp_path, {"mini.py": RIGHT})
    assert not path.parent.exists()
    assert entry("prairielearn", tmp_path).code == 0
    assert path.exists()
    path.unlink()
    path.parent.rmdir()
    path.parent.write_text("a file where the folder should be")

    ran = entry("prairielearn", tmp_path)

    assert ran.code == 3
    assert "the result could not be written" in ran.err


def test_nothing_but_the_reply_is_on_standard_output(tmp_path: Path) -> None:
    """What checks, torch or a submission print never gets there."""
    course = other_course(
        tmp_path, {CHECKS: ("    x = draw.tensor(8", "    print('of a check')\n    x = draw.tensor(8")}
    )
    gradescope(tmp_path, {"mini.py": f"import os\nos.write(1, b'of a student')\n{RIGHT}"})

    assert entry("gradescope", tmp_path, course=course).out == ""


def test_a_course_of_several_assignments_has_to_be_told_which(tmp_path: Path) -> None:
    """By the platform, by an option or by the environment; else it is no score, and the sentence lists them."""
    course = other_course(tmp_path, {})
    for folder in ("assignments", "solutions"):
        fill(
            course / folder / "other",
            {path.name: path.read_bytes() for path in (course / folder / "mini").iterdir() if path.is_file()},
        )
    path = gradescope(tmp_path, {"mini.py": RIGHT})

    unknown = entry("gradescope", tmp_path, course=course)
    assert (unknown.code, path.exists()) == (3, False)
    assert "the course has mini, other: say which is meant, by GRADE_ASSIGNMENT." in unknown.err
    assert entry("gradescope", tmp_path, course=course, env={"GRADE_ASSIGNMENT": "mini"}).code == 0
    assert path.exists()


@pytest.mark.parametrize(
    "code", ["import matplotlib.pyplot as plt", "%pylab inline", "frame.plot()", "networkx.draw(graph)"]
)
def test_what_draws_is_known(code: str) -> None:
    """Where matplotlib is left out a figure is none, so that it is there for whatever may make one, also for others."""
    assert any(word in code.encode() for word in WORDS)


def test_one_thread_whatever_the_platform_has_set(tmp_path: Path) -> None:
    """Tango, Jobe and VPL count threads as processes: there is one for torch, whatever the environment asks for."""
    count = "raise ValueError(f'{torch.get_num_threads()} thread')"
    path = gradescope(tmp_path, {"mini.py": f"import torch\n\n\ndef double(x):\n    {count}\n"})

    entry("gradescope", tmp_path, env={"OMP_NUM_THREADS": "8", "MKL_NUM_THREADS": "8"})

    assert "ValueError: 1 thread" in gradescope_results(path, 10)["tests"][0]["output"]


def test_where_all_waits_for_a_person_that_is_told(tmp_path: Path) -> None:
    """There is no score then, and staff are not sent to look for a fault."""
    course = other_course(tmp_path, {FACTS: ("max_points = 15", "max_points = 5")})
    by_hand = '@points(5)\n@covers("reflection")\n@manual\ndef check_reflection():\n    """Read by a person."""\n'
    (course / CHECKS).write_text(f"from grader.checks import covers, manual, points\n\n\n{by_hand}")
    path = gradescope(tmp_path, {"mini.py": RIGHT})

    ran = entry("gradescope", tmp_path, course=course)

    assert (ran.code, path.exists()) == (3, False)
    assert "all checks of mini wait for a person" in ran.err


def test_the_course_is_never_the_students_folder(tmp_path: Path) -> None:
    """A student who hands in a course is not graded by it: where none is named, there is no score."""
    path = gradescope(tmp_path, {"mini.py": RIGHT})
    course = other_course(tmp_path, {})

    ran = grade("platform", "gradescope", "--root", tmp_path, cwd=course)

    assert (ran.code, path.exists()) == (3, False)
    assert "say where the course is, with --course or by GRADE_COURSE." in ran.err


def test_without_a_home_or_a_disk_to_write_to_it_runs(tmp_path: Path) -> None:
    """In a container with a read-only root and no HOME, what torch and matplotlib keep goes to a temporary folder."""
    path = gradescope(tmp_path, {"mini.py": RIGHT})
    command = [sys.executable, "-m", "grader", "platform", "gradescope", "--root", str(tmp_path), "--course", str(MINI)]

    done = subprocess.run(  # noqa: S603 - our own command
        command,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
        cwd=MINI.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert gradescope_results(path, 10)["score"] == 10


def test_a_platform_that_is_none_is_refused_and_nowhere_is_nothing_recognised(tmp_path: Path) -> None:
    """One sentence, and what would be right."""
    wrong, nowhere = entry("blackboard", tmp_path), entry("auto", tmp_path)

    assert (wrong.code, nowhere.code) == (2, 2)
    assert "there is no platform 'blackboard': give auto or one of gradescope, " in wrong.err
    assert "this looks like none of the platforms gradescope, " in nowhere.err
