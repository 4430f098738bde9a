"""The package for Submitty: the command of its test case, then its validator, as Submitty runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.errors import UsageError
from grader.packaging.submitty import whole_points
from grader.results import CheckResult
from tests.packaging.unpacked import bytes_of, check_image, packaged, run
from tests.platforms.handmade import WRONG
from tests.platforms.test_submitty import awarded, data_of, work

pytestmark = [pytest.mark.slow, pytest.mark.beside]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package."""
    return packaged("submitty", tmp_path_factory.mktemp("made") / "submitty")


def config_of(made: Path) -> dict[str, Any]:
    """Read the configuration of the gradeable."""
    parsed: dict[str, Any] = json.loads((made / "config" / "config.json").read_text())
    return parsed


def validated(made: Path, folder: Path) -> bytes:
    """Run the validator where Submitty does, after it has copied its code there."""
    command = config_of(made)["testcases"][0]["validation"][0]["command"].split()
    shutil.copy(made / "config" / "custom_validation_code" / "grader.py", folder)
    assert run(command, folder, {}).code == 0
    return (folder / "validation_results.json").read_bytes()


def test_a_submission_is_graded(made: Path, tmp_path: Path) -> None:
    """What the command leaves in the folder of the test case is what Submitty reads in the end."""
    folder = work(tmp_path / "TMP_WORK", {"mini.py": WRONG})
    case = config_of(made)["testcases"][0]
    words = case["command"].replace("/opt/", f"{made}/image/").split()
    ran = run(words, folder / "test01", {"COURSE": str(made / "image" / "course")})

    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert awarded(data_of(validated(made, folder))["score"], case["points"]) == 7


@pytest.mark.parametrize("left", [None, "", "[]", '{"status": 1}'])
def test_nothing_was_left(made: Path, tmp_path: Path, left: str | None) -> None:
    """Where the container was killed, or left what is no result, validation has failed."""
    folder = work(tmp_path / "TMP_WORK", {})
    if left is not None:
        (folder / "test01" / "validation_results.json").write_text(left)

    assert json.loads(validated(made, folder))["status"] == "fail"


def test_limits_are_raised(made: Path) -> None:
    """The limits are whole numbers, and above those in which torch does not start."""
    config = config_of(made)
    limits = config["resource_limits"]

    assert all(type(limit) is int for limit in limits.values())
    assert limits["RLIMIT_NPROC"] > 0
    assert (limits["RLIMIT_CPU"], limits["RLIMIT_RSS"]) == (180, 4_096_000_000)
    assert config["container_options"]["container_image"] == "grade-mini"


def test_no_file_of_students_lies_beside_the_validator(made: Path) -> None:
    """Nothing that students hand in is copied where the validator runs, and no result of theirs to the command."""
    files = config_of(made)["autograding"]

    assert files["submission_to_validation"] == []
    assert not any(pattern.endswith(".json") or pattern == "*" for pattern in files["submission_to_runner"])


def test_image(made: Path) -> None:
    """The image can be read by whatever user Submitty takes."""
    assert "chmod -R a+rX /opt/grade-course" in check_image(made / "image")


def test_same_bytes(made: Path, tmp_path: Path) -> None:
    """It is the same whenever it is made."""
    again = packaged("submitty", tmp_path / "again")

    assert bytes_of(made) == bytes_of(again)


def check(points: float) -> CheckResult:
    """Make a check that is worth so many points."""
    return CheckResult(
        id="x", title="x", covers=(), points=None, max_points=points, outcome="failed", visibility="visible"
    )


def test_whole_points() -> None:
    """Points are multiplied until all are whole; where that is too many it is refused."""
    assert whole_points([check(2), check(3)]) == 5
    assert whole_points([check(2.5), check(3)]) == 11
    assert whole_points([check(0.1), check(0.25)]) == 7
    with pytest.raises(UsageError, match="whole points"):
        whole_points([check(1 / 3)])
    with pytest.raises(UsageError, match="whole points"):
        whole_points([check(4000)])
