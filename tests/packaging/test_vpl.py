"""The package for VPL: its scripts are run as the execution server runs them."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from tests.packaging import built
from tests.platforms import made

EXECUTION_FILES = ("vpl_run.sh", "vpl_evaluate.sh", "grade-course.txt")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package."""
    return built.package("vpl", tmp_path_factory.mktemp("vpl"))


def bash(where: Path, *words: str) -> str:
    """Run a script in the jail; what it prints to either stream is one text."""
    done = subprocess.run(  # noqa: S603 - ours
        words, cwd=where, env={"PATH": os.environ["PATH"], "HOME": str(where)}, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=200, check=False,
    )  # fmt: skip
    return done.stdout


def evaluated(package: Path, where: Path, submitted: dict[str, bytes]) -> str:
    """Evaluate a submission: staff's files over the student's, the script, staff's files away, what it has made."""
    execution = {name: (package / name).read_bytes() for name in EXECUTION_FILES}
    execution["vpl_evaluate.sh"] = built.installed(execution["vpl_evaluate.sh"])
    variables = {"VPL_GRADEMIN": "0", "VPL_GRADEMAX": "15", "VPL_MAXTIME": "240", "MOODLE_USER_NAME": "O'Hara, J"}
    variables |= {f"VPL_SUBFILE{at}": name for at, name in enumerate(submitted)}
    exports = [f"export {name}={shlex.quote(value)}" for name, value in variables.items()]
    names = "\n".join(submitted)
    environment = "\n".join(["#!/bin/bash", *exports, f'export VPL_SUBFILES="{names}\n"', ""])
    made.put(where, submitted | execution | {"vpl_environment.sh": environment.encode()})
    assert bash(where, "bash", "vpl_evaluate.sh") == "", "it would be shown as the compilation's"
    for name in execution:
        (where / name).unlink(missing_ok=True)
    return bash(where, "./vpl_execution")


def test_right(package: Path, tmp_path: Path) -> None:
    """A right answer has the highest grade, and the grade is the last line."""
    out = evaluated(package, tmp_path, {"mini.py": made.RIGHT.encode()} | made.OTHERS)

    assert out.endswith("\n--|>\nGrade :=>> 15\n")


def test_course_is_nobodys_file(package: Path, tmp_path: Path) -> None:
    """A submitted file of the name of the hidden part, which VPL takes for the student's, is not read as that."""
    find = "[p for p in pathlib.Path().rglob('*') if 'course' in p.name or p.name == 'solution.py']"
    answer = f"import pathlib\n\n\ndef double(x):\n    raise ValueError({find})\n\n\ndef total(x):\n    return 0.0\n"

    out = evaluated(package, tmp_path, {"mini.py": answer.encode(), "grade-course.txt": b"mine", "my_course.txt": b""})

    assert "ValueError: [PosixPath('my_course.txt')]" in out
    assert out.endswith("Grade :=>> 0\n")


def test_a_course_of_the_student(package: Path, tmp_path: Path) -> None:
    """Where the hidden part cannot be unpacked there is no grade, even if a student brings a course along."""
    own = {f"course/{name}": data for name, data in built.contents(made.MINI).items()}
    own |= built.contents(made.MINI)
    broken = made.put(tmp_path / "package", {name: (package / name).read_bytes() for name in EXECUTION_FILES})
    (broken / "grade-course.txt").write_text("no base64!")
    execution = (broken / "vpl_evaluate.sh").read_bytes()
    where = made.put(tmp_path / "jail", own | {"mini.py": made.RIGHT.encode(), "grade-course.txt": b"no base64!"})
    made.put(where, {"vpl_evaluate.sh": built.installed(execution), "vpl_environment.sh": b"#!/bin/bash\n"})
    bash(where, "bash", "vpl_evaluate.sh")

    out = bash(where, "env", "VPL_GRADEMIN=0", "VPL_GRADEMAX=15", "VPL_SUBFILE0=mini.py", "./vpl_execution")

    assert "Grade :=>>" not in out
    assert "not in your code" in out


def test_run(package: Path, tmp_path: Path) -> None:
    """The button Run says which button grades."""
    made.put(tmp_path, {"vpl_run.sh": (package / "vpl_run.sh").read_bytes()})

    assert bash(tmp_path, "bash", "vpl_run.sh") == ""
    assert 'Press "Evaluate"' in bash(tmp_path, "./vpl_execution")


def test_settings(package: Path) -> None:
    """What is to be set is told with its figures."""
    text = (package / "README.md").read_text()

    assert "240 seconds" in text
    assert "2048 MB" in text
