"""The package for GitHub Actions: the steps of its workflow are run in a checkout of its template repository."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.command import grade
from tests.packaging import built
from tests.platforms import made

IMAGE = "registry.example/course/grade:1"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the package."""
    return built.package("github", tmp_path_factory.mktemp("github"), "--image", IMAGE)


@pytest.fixture(scope="module")
def job(package: Path) -> dict[str, Any]:
    """Read the job of the workflow."""
    workflow = yaml.safe_load((package / "repository/.github/workflows/grade.yml").read_text())
    found: dict[str, Any] = workflow["jobs"]["grade"]
    return found


def test_nothing_hidden_for_students(package: Path) -> None:
    """What students get holds nothing that is hidden; the image does."""
    assert built.hidden(built.contents(package / "repository")) == []
    assert len(built.hidden(built.contents(package / "image"))) == 2


def test_image(package: Path, job: dict[str, Any]) -> None:
    """The image is built of what lies beside its Dockerfile, and is the one that the workflow pulls."""
    lines = (package / "image/Dockerfile").read_text()

    assert job["container"]["image"] == IMAGE
    assert "COPY course /opt/grade-course\n" in lines
    assert "chmod 0700 /opt/grade-course/solutions" in lines
    wheel = next((package / "image").glob("*.whl")).name
    assert f"COPY {wheel} constraints.txt /tmp/grade/" in lines


def test_workflow(job: dict[str, Any]) -> None:
    """The reporter is given the result of the grading, whether that failed or not, and no more than it needs."""
    checkout, grading, reporter = job["steps"]

    assert checkout["with"]["persist-credentials"] is False
    assert grading["id"] == "grade"
    assert "cancelled()" in reporter["if"]
    assert reporter["with"]["runners"] == "grade"
    assert reporter["env"] == {"GRADE_RESULTS": "${{ steps.grade.outputs.result }}"}
    assert job["timeout-minutes"] == 25


def test_grades(package: Path, job: dict[str, Any], tmp_path: Path) -> None:
    """A checkout of the template with a right answer has all points."""
    shutil.copytree(package / "repository", tmp_path / "checkout")
    made.put(tmp_path / "checkout", {"mini.py": made.RIGHT.encode()} | made.OTHERS)
    shutil.copytree(package / "image/course", tmp_path / "image")
    command = built.installed(job["steps"][1]["run"].encode()).decode()

    done = subprocess.run(  # noqa: S603 - ours
        ["/bin/sh", "-e", "-c", command.replace("/opt/grade-course", str(tmp_path / "image"))],
        cwd=tmp_path / "checkout", capture_output=True, text=True, timeout=200, check=False,
        env={
            "PATH": "/usr/bin:/bin", "GITHUB_ACTIONS": "true", "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"), "GITHUB_WORKSPACE": str(tmp_path / "checkout"),
        },
    )  # fmt: skip

    assert (done.returncode, done.stderr) == (0, "")
    result = json.loads(base64.b64decode((tmp_path / "output").read_text().strip().removeprefix("result=")))
    assert (result["status"], result["max_score"]) == ("pass", 10)


def test_an_image_is_needed(tmp_path: Path) -> None:
    """Without the name of an image there is no package."""
    done = grade("package", "mini", "--course", made.MINI, "--platform", "github", "-o", tmp_path / "package")

    assert done.code == 2
    assert "--image" in done.err
