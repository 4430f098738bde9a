"""The package for Classroom 50: its bundle is run as the runner runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import UsageError
from grader.packaging import Wanted, classroom50
from tests.packaging import built
from tests.platforms import made
from tests.platforms.test_classroom50 import ENVIRONMENT, checkout, validated

IMAGE = "registry.example/course/grade:1"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package."""
    return built.package("classroom50", tmp_path_factory.mktemp("classroom50"), "--image", IMAGE)


def test_public_image(package: Path) -> None:
    """The image, which must be public, holds nothing that is hidden, and is the one of the runtime."""
    runtime = json.loads((package / "runtime.json").read_text())

    assert built.hidden(built.contents(package / "image")) == []
    assert runtime["container"] == {"image": IMAGE, "user": "root"}
    assert "apt" not in runtime, "there may be only one of the two"
    assert "COPY course" not in (package / "image/Dockerfile").read_text()


def test_grades(package: Path, tmp_path: Path) -> None:
    """A right answer has all points, in a checkout in which an older result lies."""
    bundle = tmp_path / "runtime" / "mini"
    shutil.copytree(package / "autograders/mini", bundle)
    script = bundle / "autograder.py"
    script.write_bytes(built.installed(script.read_bytes()))
    where = checkout(tmp_path / "checkout", {"mini.py": made.RIGHT.encode()} | made.OTHERS)

    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, str(script)], cwd=where, capture_output=True, text=True, timeout=200, check=False,
        env={"PATH": os.environ["PATH"], "CLASSROOM50_BUNDLE_DIR": str(bundle)} | ENVIRONMENT,
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    result = validated((where / "result.json").read_bytes())
    assert (result["score"], result["max-score"]) == (1000, 1000)


def test_a_bundle_that_is_too_large(tmp_path: Path) -> None:
    """A bundle that Classroom 50 would refuse is not made."""
    from grader.assignment import load

    shutil.copytree(made.MINI, tmp_path / "course")
    (tmp_path / "course/solutions/mini/data.bin").write_bytes(os.urandom(11 << 20))

    with pytest.raises(UsageError, match="Classroom 50 takes"):
        classroom50.package(Wanted(load("mini", tmp_path / "course"), IMAGE))
