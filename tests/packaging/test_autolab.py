"""The package for Autolab: a job is laid out of it, and `make` is run there as Tango does."""

from __future__ import annotations

import json
import re
import shutil
import sys
import tarfile
from pathlib import Path

import pytest

from grader.packaging.autolab import problems_of
from grader.results import CheckResult
from tests.command import Ran
from tests.packaging.unpacked import bytes_of, check_image, packaged, run
from tests.platforms.handmade import RIGHT, SECRET, WRONG
from tests.platforms.test_autolab import scores_of

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package."""
    return packaged("autolab", tmp_path_factory.mktemp("made") / "autolab")


def job(folder: Path, made: Path, code: str) -> Ran:
    """Lay a job out of the package, as Tango does, and run `make`."""
    folder.mkdir()
    shutil.copy(made / "autograde-Makefile", folder / "Makefile")
    shutil.copy(made / "autograde.tar", folder)
    (folder / "mini.py").write_text(code)
    return run(["make"], folder, {})


def test_a_job_is_graded(made: Path, tmp_path: Path) -> None:
    """The last line of `make` has the points of each problem, and each is one that staff were told to enter."""
    scores = scores_of(job(tmp_path / "autolab", made, WRONG).out)
    told = re.findall(r"^ *\| `(.*)` \| (.*) \|$", (made / "README.md").read_text(), re.MULTILINE)

    assert scores == {"double": 0.0, "total": 7.0}
    assert told[-3:] == [("double", "3"), ("total", "7"), ("reflection", "5")]


def test_our_fault_has_no_result(made: Path, tmp_path: Path) -> None:
    """Where the checks are broken, `make` fails and its last line is no result."""
    with tarfile.open(made / "autograde.tar") as archive:
        archive.extractall(tmp_path / "course", filter="data")
    (tmp_path / "course" / "course" / "solutions" / "mini" / "checks.py").write_text(f"raise OSError('{SECRET}')\n")
    broken = tmp_path / "broken"
    broken.mkdir()
    shutil.copy(made / "autograde-Makefile", broken)
    with tarfile.open(broken / "autograde.tar", "w") as archive:
        archive.add(tmp_path / "course" / "course", "course")
    ran = job(tmp_path / "job", broken, RIGHT)

    assert ran.code != 0
    with pytest.raises(json.JSONDecodeError):
        scores_of(ran.out + ran.err)
    assert SECRET not in ran.out + ran.err


def test_warnings_stand_nowhere(made: Path, tmp_path: Path) -> None:
    """What the grader's process says to standard error is not behind the last line, unless it is asked for."""
    folder = tmp_path / "job"
    folder.mkdir()
    shutil.copy(made / "autograde-Makefile", folder / "Makefile")
    shutil.copy(made / "autograde.tar", folder)
    noisy = {"GRADE": "sh -c 'echo last; echo noise >&2' --"}

    assert run(["make"], folder, noisy) == Ran(0, "last\n", "")
    shutil.copy(made / "autograde.tar", folder)
    assert run(["make", "ERRORS="], folder, noisy) == Ran(0, "last\n", "noise\n")


def test_same_bytes(made: Path, tmp_path: Path) -> None:
    """It is the same whenever it is made."""
    again = packaged("autolab", tmp_path / "again")

    assert bytes_of(made) == bytes_of(again)


def test_the_image_holds_no_assignment(made: Path) -> None:
    """All assignments share the image, whose users are those that Tango knows."""
    text = check_image(made / "image", course=False)

    assert "useradd autolab && useradd autograde" in text
    assert text.endswith("WORKDIR /home\n")
    assert "solution" not in text


def test_the_image_has_what_autodriver_runs(made: Path) -> None:
    """Without `pkill` the program of Tango's says so after the last line, which is then no result for anybody."""
    assert "make procps" in check_image(made / "image", course=False)


def test_the_makefile_prints_no_commands(made: Path) -> None:
    """What `make` prints is what students read: no command of ours stands in it."""
    lines = (made / "autograde-Makefile").read_text().splitlines()

    assert all(line.startswith("\t@") for line in lines if line.startswith("\t"))
    assert sys.executable not in "\n".join(lines)


def test_problems_are_those_of_the_answer() -> None:
    """A check counts for the first name that it covers; one that covers none has a problem of its own."""

    def check(points: float, *covers: str) -> CheckResult:
        return CheckResult(
            id="x", title="x", covers=covers, points=None, max_points=points, outcome="failed", visibility="visible"
        )

    problems = problems_of([check(2.5, "Q1: model"), check(1, "b", "Q1: model"), check(0.5, "Q1: model"), check(1)])

    assert problems == {"Q1 - model": 3.0, "b": 1, "Checks": 1}
