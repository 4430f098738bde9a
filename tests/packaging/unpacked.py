"""What the tests of packages share: one is made by the command, and its scripts run with our own grader."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.command import MINI, Ran, grade

INDEX = "https://torch.example/whl/cpu"


def packaged(platform: str, output: Path, *more: str) -> Path:
    """Make the package of the small assignment."""
    words: tuple[str | Path, ...] = ("--platform", platform, "--course", MINI, "--torch-index", INDEX, *more)
    made = grade("package", "mini", *words, "-o", output)
    assert made.code == 0, made.err
    assert INDEX in made.out
    return output


def bytes_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Read all files of a folder, with their modes."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode) for path in files}


def run(command: Sequence[str | Path], cwd: Path, env: dict[str, str]) -> Ran:
    """Run a script of a package as its platform does, with the grader of this checkout in place of the image's."""
    ours = {"GRADE": shlex.join([sys.executable, "-m", "grader"])}
    done = subprocess.run(  # noqa: S603 - our own scripts
        [str(word) for word in command],
        cwd=cwd, env=os.environ | ours | env, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def check_image(folder: Path, *, course: bool = True) -> str:
    """See that all that the Dockerfile copies is there, and that it is one for this platform alone; return its text."""
    text = (folder / "Dockerfile").read_text()
    assert "@{" not in text
    assert f'ARG TORCH_INDEX="{INDEX}"' in text
    for sources in re.findall(r"^COPY (?!--from)(.*) \S+$", text, re.MULTILINE):
        for source in sources.split():
            assert (folder / source).exists(), source
    assert course == (folder / "course" / "solutions" / "mini" / "checks.py").is_file()
    return text
