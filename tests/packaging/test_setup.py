"""`setup.sh` of the Gradescope zip, with stand-ins for the programs that it calls."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from grader.assignment import load
from grader.packaging.parts import course_files, rendered
from tests.command import MINI

REAL = ("chmod", "cp", "dirname", "mkdir", "rm", "sed", "cat", "basename")
"""The programs that are not stood in for."""

FAKE = """#!/bin/sh
echo "$(basename "$0") $*" >> "$LOG"
case $(basename "$0"):$* in
    id:*) echo "${ID:-0}" ;;
    *:*version_info*) case " $USABLE " in *" $(basename "$0") "*) ;; *) exit 1 ;; esac ;;
    apt-cache:*) echo "  Candidate: ${CANDIDATE:-(none)}" ;;
    apt-get:install*3.*) cp "$0" "${0%/*}/python3.12" ;;
    apt-get:*) [ -z "${NO_APT:-}" ] ;;
    *:"-m venv"*) mkdir -p "$4/bin"; for name in python uv grade; do cp "$0" "$4/bin/$name"; done ;;
    *"python find"*) cp "$0" "$TOOLS/python-of-uv"; echo "$TOOLS/python-of-uv" ;;
esac
"""
"""Tells what it was called with, and does as much as is needed for the next step."""


@dataclass(frozen=True)
class Setup:
    """The unpacked zip, and a PATH with stand-ins."""

    folder: Path

    def run(self, *pythons: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `setup.sh` where these Pythons are installed; `USABLE` names those that can be used."""
        for name in pythons:
            self._stand_in(name)
        variables = {"PATH": str(self.tools), "TOOLS": str(self.tools), "LOG": str(self.folder / "log"), "USABLE": ""}
        return subprocess.run(  # noqa: S603 - ours, with stand-ins alone in its PATH
            ["/bin/sh", self.folder / "source" / "setup.sh"],
            env=variables | environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    @property
    def tools(self) -> Path:
        """Name the folder of stand-ins."""
        return self.folder / "tools"

    @property
    def log(self) -> list[str]:
        """Read what was called, in order."""
        return (self.folder / "log").read_text().splitlines()

    def prepare(self) -> Setup:
        """Unpack, and put the programs in place."""
        self.tools.mkdir()
        for name in ("id", "apt-get", "apt-cache", "chown"):
            self._stand_in(name)
        for name in REAL:
            path = next(path for path in (Path("/usr/bin", name), Path("/bin", name)) if path.exists())
            (self.tools / name).symlink_to(path)
        script = rendered(
            "gradescope/setup.sh", wheel="grade.whl", torch_index="https://index/cpu",
            venv=self.folder / "grade", course=self.folder / "hidden",
        )  # fmt: skip
        files = {name: member.data for name, member in course_files(load("mini", MINI), "course").items()}
        for name, data in {**files, "setup.sh": script}.items():
            (self.folder / "source" / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / "source" / name).write_bytes(data)
        return self

    def _stand_in(self, name: str) -> None:
        (self.tools / name).write_text(FAKE)
        (self.tools / name).chmod(0o755)


@pytest.fixture
def setup(tmp_path: Path) -> Setup:
    """Make one."""
    return Setup(tmp_path).prepare()


def test_a_python_that_is_there_is_used(setup: Setup) -> None:
    """Where one will do, nothing is installed by apt-get; the newest that is known to do comes first."""
    done = setup.run("python3.11", "python3.12", "python3", USABLE="python3.11 python3.12 python3")

    assert done.returncode == 0, done.stderr
    assert not [line for line in setup.log if line.startswith("apt")]
    assert f"python3.12 -m venv --clear {setup.folder}/grade" in setup.log


def test_else_the_distribution_s_own_is_installed(setup: Setup) -> None:
    """The first Python that apt-get has is taken, with what makes environments."""
    done = setup.run("python3", USABLE="python3.12", CANDIDATE="3.12.3-1ubuntu0.8")

    assert done.returncode == 0, done.stderr
    assert [line for line in setup.log if line.startswith("apt-get install")] == [
        "apt-get install -qq -y --no-install-recommends python3.13-venv"
    ]
    assert f"python3.12 -m venv --clear {setup.folder}/grade" in setup.log


@pytest.mark.parametrize("candidate", ["3.11.0~rc1-1~22.04", "3.14.0~b2-1", "(none)", ""])
def test_where_it_has_none_or_a_candidate_uv_is_asked(candidate: str, setup: Setup) -> None:
    """Ubuntu 22.04 has a release candidate alone, in which torch crashes: uv fetches one, to a place of its own."""
    done = setup.run("python3", USABLE="python-of-uv", CANDIDATE=candidate)

    assert done.returncode == 0, done.stderr
    assert "python3.11-venv" not in "".join(line for line in setup.log if line.startswith("apt-get"))
    assert f"uv python install --quiet --no-bin --install-dir {setup.folder}/grade-python 3.12" in setup.log
    assert f"python-of-uv -m venv --clear {setup.folder}/grade" in setup.log


def test_without_any_it_says_what_to_choose(setup: Setup) -> None:
    """No Python at all ends the build with a sentence, and nothing was made."""
    done = setup.run(NO_APT="1")

    assert done.returncode == 1
    assert "choose another base image" in done.stderr
    assert not (setup.folder / "hidden").exists()


def test_whoever_is_not_root_is_refused(setup: Setup) -> None:
    """A user who tries it gets one sentence, and nothing happens."""
    done = setup.run("python3.12", USABLE="python3.12", ID="1000")

    assert (done.returncode, done.stderr) == (1, "grade: setup failed: setup.sh must run as root.\n")
    assert setup.log == ["id -u"]


def test_what_is_hidden_is_moved_and_closed(setup: Setup) -> None:
    """The course lies where its owner alone can open it, and nowhere else; a second run changes nothing."""
    for _ in range(2):
        assert setup.run("python3.12", USABLE="python3.12").returncode == 0

        hidden = setup.folder / "hidden"
        assert {path.stat().st_mode & 0o077 for path in (hidden, *hidden.rglob("*"))} == {0}
        assert (hidden / "solutions" / "mini" / "checks.py").is_file()
        assert [path.name for path in (setup.folder / "source").iterdir()] == ["setup.sh"]
        assert (setup.folder / "source").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("environment", "given"),
    [
        ({}, "--extra-index-url https://index/cpu "),
        ({"TORCH_INDEX": "https://other/"}, "--extra-index-url https://other/ "),
        ({"TORCH_INDEX": ""}, ""),
    ],
)
def test_torch_comes_from_where_it_is_told(environment: dict[str, str], given: str, setup: Setup) -> None:
    """The index of the package is given to pip, and `$TORCH_INDEX` takes its place, even empty."""
    assert setup.run("python3.12", USABLE="python3.12", **environment).returncode == 0

    (line,) = (line for line in setup.log if "pip install" in line)
    assert f"--constraint {setup.folder}/source/constraints.txt {given}{setup.folder}/source/grade.whl" in line


def test_half_a_zip_is_refused(setup: Setup) -> None:
    """Without the course there is nothing to grade with, and that is said before anything is installed."""
    (setup.folder / "source" / "course").rename(setup.folder / "elsewhere")

    done = setup.run("python3.12", USABLE="python3.12")

    assert done.returncode == 1
    assert "unpack the whole zip" in done.stderr
    assert not os.path.lexists(setup.folder / "grade")
