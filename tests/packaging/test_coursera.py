"""The package for Coursera: its entry is run on a folder that is laid out as the container's."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from grader.assignment import load
from grader.packaging import Wanted
from grader.packaging.coursera import upload_options
from grader.platforms.settings import Platforms
from tests.command import MINI
from tests.packaging.unpacked import check_image, packaged, run
from tests.platforms.handmade import WRONG
from tests.platforms.test_coursera import feedback_of, laid_out

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package and unpack it; the zip lies beside."""
    folder = tmp_path_factory.mktemp("made")
    with zipfile.ZipFile(packaged("coursera", folder / "coursera.zip")) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked"


def test_a_submission_is_graded(made: Path, tmp_path: Path) -> None:
    """The entry of the image writes feedback that Coursera's own tool takes, in an environment with nothing of ours."""
    root = laid_out(tmp_path, {"mini.py": WRONG})
    env = {"COURSE": str(made / "course"), "partId": "p1", "userId": "u", "filename": "mini.py"}
    ran = run(["sh", made / "grade-entry", "--root", root], tmp_path, env)

    assert ran.code == 0
    assert feedback_of(root)["fractionalScore"] == 0.7


def test_the_dockerfile_is_at_the_root(made: Path) -> None:
    """Coursera builds it from there; what the grader writes to is open to any user, and nothing depends on ENV."""
    text = check_image(made)

    assert 'ENTRYPOINT ["/opt/grade-entry"]' in text
    assert "chmod -R a+rwx /shared" in text
    assert re.findall(r"^ENV (.*)$", text, re.MULTILINE) == ["LANG=C.UTF-8"]


def test_same_bytes(made: Path, tmp_path: Path) -> None:
    """It is the same whenever it is made."""
    again = packaged("coursera", tmp_path / "again.zip")

    assert again.read_bytes() == (made.parent / "coursera.zip").read_bytes()


@pytest.mark.parametrize(
    ("memory", "seconds", "options"),
    [
        (512, 10, "--grader-cpu 1 --grader-memory-limit 4096 --grader-timeout 300"),
        (4097, 1200, "--grader-cpu 1 --grader-memory-limit 5120 --grader-timeout 1200"),
        (8193, 3600, "--grader-cpu 2 --grader-memory-limit 9216 --grader-timeout 3600"),
    ],
)
def test_only_sizes_that_can_be_had(memory: int, seconds: float, options: str) -> None:
    """Memory is a multiple of 1024 MB that goes with the CPUs, and the time lies within its bounds."""
    assignment = load("mini", MINI)
    settings = Platforms(memory_mb={"coursera": memory}, seconds={"coursera": seconds})

    assert upload_options(Wanted(replace(assignment, platforms=settings))) == options
