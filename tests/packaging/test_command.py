"""`grade package`: what it says, what it refuses, and that nothing of where and when it runs is in a package."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from grader.cli import main
from tests.command import MINI

IMAGE = ("--image", "registry/grade:1")


def package(*words: str | Path, course: Path = MINI) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(main, ["package", *map(str, words), "--course", str(course)])


def test_the_zip_is_named_and_what_to_do_is_told(tmp_path: Path) -> None:
    """It says where the package is, that it holds what is hidden, and what comes next."""
    done = package("mini", "--platform", "gradescope", "-o", tmp_path / "autograder.zip")

    assert done.exit_code == 0, done.output
    assert str(tmp_path / "autograder.zip") in done.stdout
    assert "solution" in done.stdout
    assert "Configure Autograder" in done.stdout
    assert (tmp_path / "autograder.zip").stat().st_mode & 0o777 == 0o600


def test_too_little_memory_is_warned_of_with_its_setting(tmp_path: Path) -> None:
    """What Gradescope gives by itself is too little for torch, and where that is changed is said, aside."""
    done = package("mini", "--platform", "gradescope", "-o", tmp_path / "autograder.zip")

    assert "768 MB" in done.stderr
    assert "Container Resources" in done.stderr
    assert "768 MB" not in done.stdout


def _course(folder: Path, facts: str = "") -> Path:
    shutil.copytree(MINI, folder, ignore=shutil.ignore_patterns("__pycache__"))
    path = folder / "assignments" / "mini" / "assignment.toml"
    path.write_text(path.read_text() + facts)
    return folder


def test_too_little_time_is_warned_of(tmp_path: Path) -> None:
    """An assignment that counts on more seconds than the platform gives by itself has staff told where to set them."""
    course = _course(tmp_path / "course", "\n[platforms.seconds]\ngradescope = 1200\n")

    done = package("mini", "--platform", "gradescope", "-o", tmp_path / "a.zip", course=course)

    assert "600 seconds" in done.stderr
    assert "1200" in done.stderr


def test_an_assignment_that_may_use_more_than_is_asked_for_is_warned_of(tmp_path: Path) -> None:
    """The limit of the assignment is held against what the package asks the platform for."""
    course = _course(tmp_path / "course", "\n[platforms.memory_mb]\ngradescope = 128\n")

    done = package("mini", "--platform", "gradescope", "-o", tmp_path / "a.zip", course=course)

    assert "128 MB" in done.stderr
    assert "[platforms.memory_mb]" in done.stderr


def test_what_the_package_sets_itself_is_not_warned_of(tmp_path: Path) -> None:
    """PrairieLearn's timeout stands in info.json, so nobody is told to set it."""
    done = package("mini", "--platform", "prairielearn", "-o", tmp_path / "question", *IMAGE)

    assert done.exit_code == 0, done.output
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--platform", "gradscope", "-o", "a.zip"], "gradescope"),
        (["--platform", "gradescope", "-o", "a.tar"], ".zip"),
        (["--platform", "gradescope", "-o", "a"], ".zip"),
        (["--platform", "gradescope", "-o", "full.zip"], "is a folder"),
        (["--platform", "prairielearn", "-o", "q"], "Dockerfile"),
        (["--platform", "github", "-o", "q"], "built of the package"),
        (["--platform", "classroom50", "-o", "q"], "built of the package"),
        (["--platform", "prairielearn", "-o", "q", "--image", "a b"], "--image"),
        (["--platform", "prairielearn", "-o", "q", "--image", "--privileged"], "--image"),
        (["--platform", "prairielearn", "-o", "q", "--image", "grade;id"], "--image"),
        (["--platform", "prairielearn", "-o", "full", *IMAGE], "not empty"),
        (["--platform", "prairielearn", "-o", "file", *IMAGE], "is a file"),
        (["--platform", "gradescope", "-o", "a.zip", "--torch-index", "whl/cpu"], "https://"),
        (["--platform", "gradescope", "-o", "a.zip", "--torch-index", "https://host/a\nb"], "no address"),
        (["--platform", "gradescope", "-o", "a.zip", "--torch-index", "https://[host/"], "no address"),
    ],
)
def test_wrong_usage_gets_one_sentence(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each mistake is told in one line that says what is right, with exit code 2, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").write_text("mine")
    for name in ("full", "full.zip"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    done = package("mini", *words)

    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(tmp_path.rglob("*")) == before


def test_without_solutions_nothing_is_packaged(tmp_path: Path) -> None:
    """A course as students have it cannot grade, and that is told."""
    course = _course(tmp_path / "course")
    shutil.rmtree(course / "solutions")

    done = package("mini", "--platform", "gradescope", "-o", tmp_path / "a.zip", course=course)

    assert done.exit_code == 2
    assert "solutions/mini/" in done.stderr
    assert not (tmp_path / "a.zip").exists()


def test_an_empty_folder_is_filled_and_an_older_archive_replaced(tmp_path: Path) -> None:
    """What was made before need not be removed by hand, where nothing of anybody else's can be lost."""
    (tmp_path / "question").mkdir()
    (tmp_path / "a.zip").write_bytes(b"older")

    assert package("mini", "--platform", "prairielearn", "-o", tmp_path / "question", *IMAGE).exit_code == 0
    assert package("mini", "--platform", "gradescope", "-o", tmp_path / "a.zip").exit_code == 0
    assert (tmp_path / "question" / "info.json").is_file()
    assert zipfile.is_zipfile(tmp_path / "a.zip")


def test_folder_and_archives_hold_the_same(tmp_path: Path) -> None:
    """The ending of the name chooses the form, and nothing else."""
    for name in ("q", "q.zip", "q.tar", "q.tar.gz"):
        assert package("mini", "--platform", "prairielearn", "-o", tmp_path / name, *IMAGE).exit_code == 0

    files = {path.relative_to(tmp_path / "q").as_posix() for path in (tmp_path / "q").rglob("*") if path.is_file()}
    with zipfile.ZipFile(tmp_path / "q.zip") as archive:
        assert set(archive.namelist()) == files
    for name in ("q.tar", "q.tar.gz"):
        with tarfile.open(tmp_path / name) as archive:
            assert set(archive.getnames()) == files
            assert {(one.uid, one.gid, one.uname, one.mtime) for one in archive} == {(0, 0, "", 315_532_800)}


def test_a_package_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that is full in the middle leaves neither half a folder nor what it was made in."""
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.name == "checks.py":
            raise OSError("no space left")
        return write(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)

    done = package("mini", "--platform", "prairielearn", "-o", tmp_path / "q", *IMAGE)

    assert done.exit_code == 3
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("platform", "name", "more"), [("gradescope", "a.zip", ()), ("prairielearn", "q.tar.gz", IMAGE)]
)
def test_the_same_input_gives_the_same_bytes(platform: str, name: str, more: tuple[str, ...], tmp_path: Path) -> None:
    """Neither the folder nor the umask, the time zone, the times of the files or the run shows in a package."""
    made = []
    for number, (umask, zone, moment) in enumerate((("022", "UTC", 10**9), ("077", "Asia/Tokyo", 17 * 10**8))):
        course = _course(tmp_path / f"course{number}")
        for path in course.rglob("*"):
            os.utime(path, (moment, moment))
            path.chmod(0o755 if path.is_dir() else (0o644, 0o600)[number])
        (course / "solutions" / "mini" / "__pycache__").mkdir()
        (course / "solutions" / "mini" / "__pycache__" / f"{number}.pyc").write_bytes(b"%d" % number)
        output = tmp_path / f"{number}" / name
        line = ["package", "mini", "--platform", platform, "--course", str(course), "-o", str(output), *more]
        script = 'umask "$1"; shift; exec "$@"'
        subprocess.run(  # noqa: S603 - our own command
            ["/bin/sh", "-c", script, "sh", umask, sys.executable, "-m", "grader", *line],
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": str(number)}, check=True, capture_output=True,
        )  # fmt: skip
        made.append(output.read_bytes())

    assert made[0] == made[1]
