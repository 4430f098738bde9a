"""The image of the GitHub package, built as its README says, and the step of the workflow in a container of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
import yaml

from tests.command import MINI, grade
from tests.platforms import made
from tests.platforms.test_github import Reported, commands, reported

pytestmark = pytest.mark.container

SCRIPT = Path(__file__).parent / "oci.sh"
IMAGE = "localhost/grade-github-test"


def _oci(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([SCRIPT, *words], capture_output=True, text=True, check=False)  # noqa: S603 - ours


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the package and build its image."""
    folder = tmp_path_factory.mktemp("github") / "package"
    done = grade("package", "mini", "--course", MINI, "--platform", "github", "-o", folder, "--image", IMAGE)
    assert done.code == 0, done.err
    built = _oci("build", str(folder / "image"), IMAGE, "--build-arg", "BASE=localhost/debian:bookworm-slim")
    assert built.returncode == 0, built.stdout[-5000:] + built.stderr[-5000:]
    return folder


def _step(package: Path, where: Path, answer: str) -> tuple[int, str, Reported]:
    """Run the step that grades, as GitHub does it: the checkout and its files mounted, root, from the checkout."""
    workflow = yaml.safe_load((package / "repository/.github/workflows/grade.yml").read_text())
    _, step, _ = workflow["jobs"]["grade"]["steps"]
    made.put(where / "work", {"mini.py": answer.encode()} | made.OTHERS)
    made.put(where / "files", {"output": b"", "summary": b""})
    environment = {
        "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": "/__w/hw", "GITHUB_OUTPUT": "/__w/files/output",
        "GITHUB_STEP_SUMMARY": "/__w/files/summary", "HOME": "/github/home",
    }  # fmt: skip
    done = _oci(
        "podman", "run", "--rm", "--workdir=/__w/hw",
        f"-v={where / 'work'}:/__w/hw", f"-v={where / 'files'}:/__w/files",
        *(f"--env={name}={value}" for name, value in environment.items()),
        IMAGE, "sh", "-e", "-c", step["run"],
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr, reported((where / "files/output").read_text())


def test_a_right_answer(package: Path, tmp_path: Path) -> None:
    """In a container of Docker's default confinement a right answer has all points."""
    code, log, said = _step(package, tmp_path, made.RIGHT)

    assert (code, said.points, said.most, said.failed) == (0, 10, 10, False)
    assert commands(log) == []


def test_what_is_hidden_cannot_be_read(package: Path, tmp_path: Path) -> None:
    """Submitted code reads neither the solution in the image nor the file that the score goes to."""
    looks = (
        "import pathlib\n\n\ndef look(path):\n    try:\n        return pathlib.Path(path).read_text()[:20]\n"
        "    except OSError as error:\n        return type(error).__name__\n\n\n"
        "SEEN = [look('/opt/grade-course/solutions/mini/solution.py'), look('/__w/files/output')]\n\n\n"
        "def double(x):\n    raise ValueError(SEEN)\n\n\ndef total(x):\n    return 0.0\n"
    )

    _, _, said = _step(package, tmp_path, looks)

    assert said.points == 0
    assert "PermissionError" in said.log or "FileNotFoundError" in said.log
    assert "The reference" not in said.log
