"""The Gradescope zip in a bare Debian image, built and run as Gradescope does it, with no network at run time."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.command import grade
from tests.corpus import cases
from tests.platforms.rules import gradescope_results, submitted

pytestmark = pytest.mark.container

SCRIPT = Path(__file__).parent / "oci.sh"
IMAGE = "localhost/grade-gradescope-test"
ROOT = Path(__file__).parents[2]

DOCKERFILE = r"""
FROM localhost/debian:bookworm-slim
COPY source /autograder/source
RUN cp /autograder/source/run_autograder /autograder/run_autograder && chmod +x /autograder/run_autograder
RUN --mount=type=secret,id=aptconf,target=/etc/apt/apt.conf.d/99-build \
    --mount=type=secret,id=pipconf,target=/etc/pip.conf \
    apt-get update -qq && bash /autograder/source/setup.sh && rm -rf /var/lib/apt/lists/*
WORKDIR /autograder
"""
"""As Gradescope's own, but for the settings that this machine needs to reach its mirrors."""


@dataclass(frozen=True)
class Told:
    """How `run_autograder` ended, and what it left in the folder of results."""

    code: int
    out: str
    left: tuple[str, ...]
    results: Mapping[str, Any]
    """As Gradescope takes them; empty where there are none."""


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build the image out of the zip."""
    folder = tmp_path_factory.mktemp("gradescope")
    made = grade("package", "himmelblau", "--platform", "gradescope", "-o", folder / "autograder.zip", cwd=ROOT)
    assert made.code == 0, made.err
    context = folder / "context"
    (context / "source").mkdir(parents=True)
    with zipfile.ZipFile(folder / "autograder.zip") as archive:
        archive.extractall(context / "source")  # which sets no modes, as some tools do not
    (context / "Dockerfile").write_text(DOCKERFILE)
    built = _oci("build", str(context), IMAGE)
    assert built.returncode == 0, built.stdout[-5000:] + built.stderr[-5000:]
    return IMAGE


def _oci(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *words], capture_output=True, text=True, check=False)  # noqa: S603 - ours


def _shell(image: str, script: str) -> str:
    """Run a line in a new container, and return what it prints."""
    done = _oci("podman", "run", "--rm", "--network=none", image, "sh", "-c", script)
    return done.stdout + done.stderr


def _run(image: str, folder: Path, files: Mapping[str, bytes], *options: str) -> Told:
    """Lay out a submission as the harness does, and start `run_autograder`."""
    submission, results = folder / "submission", folder / "results"
    submission.mkdir()
    results.mkdir()
    for name, data in files.items():
        (submission / name).write_bytes(data)
    (folder / "metadata.json").write_text(
        json.dumps(submitted("2026-02-03T10:11:12-08:00", "2026-02-04T23:59:00-08:00"))
    )
    (results / "results.json").write_text('{"score": 40}')  # of an earlier run, which must not survive
    volumes = (
        f"-v={submission}:/autograder/submission", f"-v={results}:/autograder/results",
        f"-v={folder / 'metadata.json'}:/autograder/submission_metadata.json",
    )  # fmt: skip
    done = _oci("podman", "run", "--rm", "--network=none", *volumes, *options, image, "./run_autograder")
    path = results / "results.json"
    told = gradescope_results(path, total=40) if path.exists() else {}
    left = tuple(sorted(one.name for one in results.iterdir()))
    return Told(done.returncode, done.stdout + done.stderr, left, told)


def test_the_image_keeps_what_is_hidden_from_all_but_root(image: str) -> None:
    """The course is root's alone, nothing of it is left where it was unpacked; the system's Python got nothing."""
    seen = _shell(
        image,
        "stat -c '%U %a' /opt/grade-course /autograder/source /opt/grade-course/solutions/himmelblau/solution.py;"
        "ls /autograder/source; python3 -c 'import torch' 2>/dev/null; echo $?;"
        "grep -rl 'BEGIN SOLUTION' --include=*.py / 2>/dev/null | grep -v -e ^/proc -e ^/opt/grade/",
    )

    assert seen.split() == [
        "root", "700", "root", "700", "root", "600",
        "README.md", "constraints.txt", "grade-0.1.0-py3-none-any.whl", "run_autograder", "setup.sh", "1",
        "/opt/grade-course/solutions/himmelblau/solution.py",
    ]  # fmt: skip


def test_the_solution_gets_all_points(image: str, tmp_path: Path) -> None:
    """A right submission has the points of the assignment, in a `results.json` that Gradescope takes."""
    solution = (ROOT / "solutions" / "himmelblau" / "solution.py").read_bytes()

    told = _run(image, tmp_path, {"himmelblau.py": solution})

    assert (told.code, told.left) == (0, ("results.json",)), told.out
    assert told.results["score"] == 40


def test_without_a_submission_it_is_a_zero_that_says_why(image: str, tmp_path: Path) -> None:
    """Another file than the one that is asked for gets no points, and the sentence says what is missing."""
    told = _run(image, tmp_path, {"notes.txt": b"later"})

    assert told.code == 0, told.out
    assert told.results["score"] == 0
    assert "himmelblau.py" in told.results["output"]


def test_a_submission_that_looks_for_the_solution_finds_none(image: str, tmp_path: Path) -> None:
    """What would solve the exercise with the hidden solution, once it could read it, gets no points."""
    (case,) = (case for case in cases("hostile") if case.name == "read_solution")

    told = _run(image, tmp_path, {"himmelblau.py": (case.folder / "himmelblau.py").read_bytes()})

    assert told.code == 0, told.out
    assert told.results["score"] == 0
    assert {test["score"] for test in told.results["tests"]} == {0}


def test_where_the_grader_fails_there_is_no_score(image: str, tmp_path: Path) -> None:
    """Without its checks there is no `results.json`, so that staff can run it again, and it ends with code 3."""
    stub = (ROOT / "assignments" / "himmelblau" / "himmelblau.py").read_bytes()
    (tmp_path / "nothing").mkdir()

    told = _run(
        image, tmp_path, {"himmelblau.py": stub}, f"-v={tmp_path / 'nothing'}:/opt/grade-course/solutions/himmelblau"
    )

    assert (told.code, told.left) == (3, ())
    assert "not the student's" in told.out
